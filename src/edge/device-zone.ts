import { type ZoneHappening, zoneHappening } from "#core/device-event.ts";
import { type ZoneOutputs, zoneOutputs } from "#core/zone/zone-conditions.ts";
import type { ZoneStep } from "#core/zone/zone-machine.ts";
import type { ZoneState } from "#core/zone/zone-state.ts";

/** What a device's own zone is told to. */
export interface DeviceZoneOptions {
  readonly deviceId: string;
  /** The outputs to panel and evacuation, at once when one of them changes. */
  readonly onOutputs: (outputs: ZoneOutputs) => void;
  readonly onEvent: (event: ZoneHappening) => void;
}

/** Carries what a device's own zone decides to its outputs first, and then to whoever is told. */
export class DeviceZone {
  readonly #options: DeviceZoneOptions;
  #outputs: ZoneOutputs | null = null;

  constructor(options: DeviceZoneOptions) {
    this.#options = options;
  }

  /** What a zone from before a restart asks for; FIRE is not interrupted. */
  show(state: ZoneState): void {
    this.#drive(zoneOutputs(state));
  }

  /** The zone took a step. */
  take({ outputs, events }: ZoneStep): void {
    this.#drive(outputs);
    for (const event of events) this.#options.onEvent(zoneHappening(this.#options.deviceId, event));
  }

  #drive(outputs: ZoneOutputs): void {
    const { panel, evacuation } = outputs;
    if (this.#outputs?.panel === panel && this.#outputs.evacuation === evacuation) return;
    this.#outputs = outputs;
    this.#options.onOutputs(outputs);
  }
}

/** A device's own zone as a message tells it; nothing where it runs none. */
export function toldZone(device: { readonly zoneState: ZoneState | null }): { readonly zone?: ZoneState } {
  return device.zoneState === null ? {} : { zone: device.zoneState };
}
