import type { Clock } from "#core/time.ts";
import type { ZoneEvent } from "#core/zone/zone-event.ts";
import { type DelayKind, delaySeconds, type ZonePolicy } from "#core/zone/zone-policy.ts";
import type { ZoneState } from "#core/zone/zone-state.ts";
import { ConditionWatch } from "./condition-watch.ts";

/** What a zone's detectors say, as whoever runs the zone has heard it. */
export interface DetectorsNow {
  /** A detector stands in a real alarm that nothing disables. */
  readonly alarms: boolean;
  /** All its detectors are disabled, or in an alarm that a test made, or quiet. */
  readonly mayNotCall: boolean;
}

/** Beside the delay: a report on its way, a tick, and what a reset has answered being old news. */
const boundSlackMs = 10_000;
/** A zone's state is on the disk so long after, when the disk works. */
const savedAfterMs = 1_000;

/** Follows one zone, on a device or on the hub, through restarts of whoever runs it. */
export class ZoneWatch {
  readonly #policy: ZonePolicy;
  readonly #clock: Clock;
  readonly #report: (what: string) => void;
  /** Since when it is in FIRE by anything but a test, and no reset has come. */
  #fireMs: number | null = null;
  #alarmsMs: number | null = null;
  #incident: string | null = null;
  #quietMs: number | null = null;
  readonly #conditions: ConditionWatch;

  constructor(parts: {
    readonly policy: ZonePolicy;
    readonly clock: Clock;
    readonly report: (what: string) => void;
  }) {
    this.#policy = parts.policy;
    this.#clock = parts.clock;
    this.#report = parts.report;
    this.#conditions = new ConditionWatch(parts.clock, parts.report);
  }

  /** The zone says that something happened. */
  happened(event: ZoneEvent): void {
    if (event.type === "zone-level" && event.level === "fire" && !event.test) this.#fireMs ??= this.#nowMs;
    if (event.type !== "reset") return;
    this.#fireMs = null;
    this.#alarmsMs = null;
  }

  /** Whoever runs it is gone; `saved` is what is on the disk, on which everything from before `durableMs` must be. */
  gone(saved: ZoneState | null, durableMs: number): void {
    this.#alarmsMs = null;
    this.#quietMs = null;
    const isSaved = isInFire(saved) || (this.#fireMs ?? 0) <= durableMs - savedAfterMs;
    if (!isSaved) this.#fireMs = null;
  }

  /** Looks whether the zone is as it must be. */
  look(state: ZoneState, now: DetectorsNow): void {
    this.#followFire(state);
    this.#followBound(state, now);
    this.#followQuiet(state, now);
    this.#conditions.look(state);
  }

  /** Only a reset ends FIRE, and a restart that comes before it was on the disk. */
  #followFire(state: ZoneState): void {
    if (isInFire(state)) this.#fireMs ??= this.#nowMs;
    else if (this.#fireMs !== null) {
      this.#report("A zone in FIRE was forgotten without a reset.");
      this.#fireMs = null;
    }
  }

  #followBound(state: ZoneState, { alarms }: DetectorsNow): void {
    const mayWait = state.disabled !== null || state.test !== null || state.incident?.stage === "unverified";
    if (!alarms || mayWait || isInFire(state)) this.#alarmsMs = null;
    else this.#alarmsMs ??= this.#nowMs;
    const kinds: readonly DelayKind[] = [this.#policy.staffedDelay, this.#policy.unstaffedDelay];
    const boundMs = 1_000 * Math.max(...kinds.map((kind) => delaySeconds(this.#policy, kind))) + boundSlackMs;
    if (this.#alarmsMs !== null && this.#nowMs - this.#alarmsMs > boundMs)
      this.#report(`A detector's alarm stands, and its zone is not in FIRE after ${boundMs / 1_000} s.`);
  }

  /** An incident that begins while no detector may call one comes of a call point. */
  #followQuiet({ incident }: ZoneState, { mayNotCall }: DetectorsNow): void {
    this.#quietMs = mayNotCall ? (this.#quietMs ?? this.#nowMs) : null;
    const id = incident?.id ?? null;
    if (id === this.#incident) return;
    this.#incident = id;
    if (incident?.kind !== "real" || this.#quietMs === null) return;
    const isQuiet = this.#nowMs - this.#quietMs > boundSlackMs;
    if (isQuiet && incident.causes.every(({ source }) => source === "detector"))
      this.#report("A detector that is disabled or in test has called its zone.");
  }

  get #nowMs(): number {
    return this.#clock.monotonicMs();
  }
}

/** True for FIRE that no test made. */
export function isInFire(state: ZoneState | null): boolean {
  return state?.incident?.stage === "fire" && state.incident.kind === "real";
}
