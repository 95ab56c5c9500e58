import { utcOffsetMinutes } from "#core/time-zone.ts";
import { detectorReport } from "#core/zone/detector-report.ts";
import type { DetectorReport, ZoneInput } from "#core/zone/zone-input.ts";
import { initialZoneState, stepZone, type ZoneStep } from "#core/zone/zone-machine.ts";
import type { ZonePolicy } from "#core/zone/zone-policy.ts";
import type { ZoneState } from "#core/zone/zone-state.ts";
import type { DeviceView } from "#wire/hub-api.ts";
import type { ZoneConfig, ZoneView } from "#wire/zone-api.ts";
import { zonePolicyOf } from "#wire/zone-policy-text.ts";
import { zoneView } from "./zone-view.ts";

/** One zone of several devices, stepped by whoever owns it. */
export class HubZone {
  readonly config: ZoneConfig;
  readonly #policy: ZonePolicy;
  #state: ZoneState;

  /** Goes on from what was saved; a device that is new in the zone is lost until it speaks. */
  constructor(config: ZoneConfig, saved: ZoneState | null) {
    this.config = config;
    const { id: _id, name: _name, devices, timeZone: _timeZone, ...written } = config;
    this.#policy = zonePolicyOf(written);
    const fresh = initialZoneState(devices);
    const detectors = fresh.detectors.map(
      (detector) => saved?.detectors.find(({ deviceId }) => deviceId === detector.deviceId) ?? detector,
    );
    this.#state = { ...(saved ?? fresh), detectors };
  }

  /** The zone as it stands. */
  get state(): ZoneState {
    return this.#state;
  }

  /** One step; its schedules go by the local time of the zone's place. */
  step(input: ZoneInput): ZoneStep {
    const offset = utcOffsetMinutes(this.config.timeZone, input.atMicros);
    const step = stepZone(this.#state, input, { ...this.#policy, utcOffsetMinutes: offset });
    this.#state = step.state;
    return step;
  }

  /** The zone as people see it. */
  view(nowMicros: number): ZoneView {
    const { id, name, devices } = this.config;
    const atMicros = this.#state.lastStepAtMicros ?? nowMicros;
    return zoneView({ id, name, runBy: "hub", devices }, { state: this.#state, atMicros });
  }
}

/** What a device tells its zone, as the hub has heard it; null while its alarm state is not known. */
export function reportOf(view: DeviceView): DetectorReport | null {
  if (view.state === null) return null;
  const watch = view.telemetry?.watch;
  const shown = watch?.evidence === "none" ? "gone" : "present";
  return detectorReport({
    deviceId: view.id,
    state: view.state,
    evidence: watch?.thermal === "seen" ? shown : "unknown",
    camera: watch?.camera ?? "watching",
  });
}
