import type { AlarmState } from "#core/alarm/alarm-state.ts";
import type { ZoneState } from "#core/zone/zone-state.ts";
import type { SimulatedDisk } from "#simulation/machine/simulated-disk.ts";
import type { SavedState } from "#wire/saved-device.ts";

/** Knows what the disk of one device has, and has had: what was there once must not get lost. */
export class DiskWatch {
  readonly #disk: () => SimulatedDisk;
  /** Events and batches that a saved state carried. */
  readonly #carried = new Set<string>();
  #saved: AlarmState | null = null;
  #zone: ZoneState | null = null;

  constructor(disk: () => SimulatedDisk) {
    this.#disk = disk;
  }

  /** A file of the device is on its disk. */
  written(path: string, text: string): void {
    if (!path.endsWith(".state.json")) return;
    const { state, unkept, zone } = JSON.parse(text) as SavedState;
    this.#saved = state as AlarmState;
    this.#zone = zone ?? null;
    for (const { id } of unkept ?? []) this.#carried.add(id);
  }

  /** Whether an event or a batch was on the disk at any time, in the event log or with a state. */
  hasHeld(id: string): boolean {
    return this.#carried.has(id) || this.#disk().log.hasHeld(id);
  }

  /** The alarm state as it is on the disk; null while there is none. */
  get saved(): AlarmState | null {
    return this.#saved;
  }

  /** The device's own zone as it is on the disk; null while there is none. */
  get savedZone(): ZoneState | null {
    return this.#zone;
  }
}
