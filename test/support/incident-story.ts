import type { ActEvent, LevelEvent } from "#core/alarm/alarm-event.ts";
import { type DeviceEvent, zoneHappening } from "#core/device-event.ts";
import { type Folded, foldHappening } from "#core/incident/incident-fold.ts";
import type { IncidentHappening } from "#core/incident/incident-happening.ts";
import { IncidentPlaces, type PlacedZone } from "#core/incident/incident-places.ts";
import { type IncidentRecord, incidentState } from "#core/incident/incident-record.ts";
import { microsPerSecond } from "#core/time.ts";
import type { UnnumberedZoneEvent } from "#core/zone/zone-draft.ts";
import { reason } from "#support/alarm-inputs.ts";

/** Begin of every story, by the hub's clock. */
export const storyMicros = 1_750_000_000_000_000;

/** A device's level event, by default an alarm of its incident "one". */
export function levelEvent(changes: Partial<LevelEvent> = {}): DeviceEvent {
  return {
    type: "level",
    sequence: 1,
    atMicros: storyMicros,
    level: "alarm",
    incidentId: "one",
    reasons: [reason("region-growth")],
    test: false,
    ...changes,
  };
}

/** What a person did to a device, by default an acknowledgement of its incident "one". */
export function actEvent(changes: Partial<ActEvent> = {}): DeviceEvent {
  return {
    type: "acknowledged",
    sequence: 1,
    atMicros: storyMicros,
    by: "Ada",
    reason: "",
    incidentId: "one",
    ...changes,
  };
}

/** A device's gas hazard. */
export function gasEvent(active: "comes" | "goes"): DeviceEvent {
  const reasons = [reason("gas-hazard")];
  return { type: "gas-hazard", sequence: 1, atMicros: storyMicros, active: active === "comes", reasons };
}

/** An event of a zone. */
export function zoneEvent(zone: string, event: UnnumberedZoneEvent): DeviceEvent {
  return zoneHappening(zone, { ...event, sequence: 1, atMicros: storyMicros });
}

/** A zone's level event, by default FIRE of its incident "zone-one". */
export function zoneLevelEvent(
  zone: string,
  changes: Partial<Extract<UnnumberedZoneEvent, { type: "zone-level" }>> = {},
): DeviceEvent {
  const fire = {
    level: "fire",
    incidentId: "zone-one",
    reasons: [],
    because: "no-delay",
    test: false,
  } as const;
  return zoneEvent(zone, { type: "zone-level", ...fire, ...changes });
}

/** Events folded one after the other, as a hub does with what it keeps. */
export class IncidentStory {
  readonly records = new Map<string, IncidentRecord>();
  readonly #links = new Map<string, string>();
  readonly #places: IncidentPlaces;
  /** Events of each incident's time line. */
  readonly lines = new Map<string, DeviceEvent[]>();
  nowMicros = storyMicros;

  constructor(zones: readonly PlacedZone[] = []) {
    this.#places = new IncidentPlaces(zones);
  }

  /** Takes events of a source in; answers what the last one made. */
  tell(source: string, ...events: readonly DeviceEvent[]): Folded | null {
    let folded: Folded | null = null;
    for (const event of events) folded = this.#fold({ source, event, receivedAtMicros: this.nowMicros });
    return folded;
  }

  pass(seconds: number): void {
    this.nowMicros += seconds * microsPerSecond;
  }

  /** Each incident as "ID PLACE SEVERITY STATE ALARMS", a test with its mark. */
  get brief(): string[] {
    return [...this.records.values()].map((record) => {
      const { id, place, kind, severity, alarms } = record;
      return `${id} ${place} ${kind === "test" ? "test " : ""}${severity} ${incidentState(record)} ${alarms}`;
    });
  }

  #fold(happening: IncidentHappening): Folded | null {
    const { source, event } = happening;
    const key = event.type === "zone" ? `zone/${event.zone}` : source;
    const told = event.type === "zone" ? event.event : event;
    const incidentId = "incidentId" in told ? told.incidentId : null;
    const linked = this.#links.get(`${key} ${incidentId}`);
    const folded = foldHappening(happening, {
      places: this.#places,
      linked: linked === undefined ? null : this.records.get(linked)!,
      known: [...this.records.values()].reverse(),
      newId: () => String(this.records.size + 1),
    });
    if (folded === null) return null;
    const { record, link } = folded;
    this.records.set(record.id, record);
    this.lines.set(record.id, [...(this.lines.get(record.id) ?? []), event]);
    if (link !== null) this.#links.set(`${link.key} ${link.incidentId}`, record.id);
    return folded;
  }
}
