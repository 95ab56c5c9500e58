import type { AlarmState } from "../alarm/alarm-state.ts";
import type { Evidence } from "../alarm/evidence.ts";
import { detectorReport, type ReportedDevice, shownBy } from "./detector-report.ts";
import type { ZoneInput } from "./zone-input.ts";
import { initialZoneState, stepZone, type ZoneStep } from "./zone-machine.ts";
import type { ZonePolicy } from "./zone-policy.ts";
import type { ZoneState } from "./zone-state.ts";

/** How an OwnZone is made. */
export interface OwnZoneOptions {
  readonly deviceId: string;
  readonly policy: ZonePolicy;
  /** Saved before a restart; null for a zone that begins. */
  readonly state: ZoneState | null;
}

/**
 * The zone of a device that is alone in it: what drives its outputs to panel and evacuation when no hub does. The
 * device's own output does not come from here and waits for nothing.
 */
export class OwnZone {
  readonly #deviceId: string;
  readonly #onStep: (step: ZoneStep) => void;
  #policy: ZonePolicy;
  #state: ZoneState;
  #evidence: Evidence | null = null;

  constructor({ deviceId, policy, state }: OwnZoneOptions, onStep: (step: ZoneStep) => void) {
    this.#deviceId = deviceId;
    this.#policy = policy;
    this.#onStep = onStep;
    const isOurs = state?.detectors.some((detector) => detector.deviceId === deviceId) ?? false;
    this.#state = state !== null && isOurs ? state : initialZoneState([deviceId]);
  }

  /** The zone as it stands. */
  get state(): ZoneState {
    return this.#state;
  }

  /** Takes another policy from now on: its hours, or its distance from UTC. */
  setPolicy(policy: ZonePolicy): void {
    this.#policy = policy;
  }

  /** What the newest second showed. */
  noteEvidence(evidence: Evidence | null): void {
    this.#evidence = evidence;
  }

  /** The device has taken a step. */
  follow(device: {
    readonly atMicros: number;
    readonly state: AlarmState;
    readonly camera: ReportedDevice["camera"];
  }): void {
    const { atMicros, state, camera } = device;
    const report = detectorReport({
      deviceId: this.#deviceId,
      state,
      evidence: shownBy(this.#evidence),
      camera,
    });
    this.step({ kind: "report", atMicros, report });
  }

  /** Anything else that a zone is told: acts, call points. */
  step(input: ZoneInput): void {
    const step = stepZone(this.#state, input, this.#policy);
    this.#state = step.state;
    this.#onStep(step);
  }
}
