/** A zone as far as it says which devices share a place. */
export interface PlacedZone {
  readonly id: string;
  readonly devices: readonly string[];
}

/**
 * Where an incident is: a zone with its devices, or a device that is in none. Zones that share a device share a place, or
 * one fire would be two incidents; the first of them names it.
 */
export class IncidentPlaces {
  readonly #placeOf = new Map<string, string>();
  readonly #zones: ReadonlySet<string>;

  constructor(zones: readonly PlacedZone[]) {
    this.#zones = new Set(zones.map(({ id }) => id));
    for (const { id, devices } of zones) {
      const known = [id, ...devices].flatMap((source) => this.#placeOf.get(source) ?? []);
      const place = known[0] ?? id;
      for (const [source, other] of this.#placeOf)
        if (known.includes(other)) this.#placeOf.set(source, place);
      for (const source of [id, ...devices]) this.#placeOf.set(source, place);
    }
  }

  /** The place of a device or zone. */
  of(source: string): string {
    return this.#placeOf.get(source) ?? source;
  }

  /** Whether a name is that of a zone of several devices; a device's own zone has the device's. */
  isZone(source: string): boolean {
    return this.#zones.has(source);
  }
}
