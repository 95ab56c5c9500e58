import type { TroubleCode } from "../alarm/trouble.ts";

/** Tells that a fault came or went. */
export type FaultReport = (fault: {
  readonly atMicros: number;
  readonly code: TroubleCode;
  readonly active: boolean;
  readonly text: string;
}) => void;

/** What a fault says and how long its signs must last. */
export interface WatchedFaultOptions {
  readonly code: TroubleCode;
  /** What is wrong and what to do. */
  readonly text: string;
  /** What is said when it is over. */
  readonly restoredText: string;
  readonly raiseSeconds: number;
  readonly clearSeconds: number;
  /** True when it stood before a restart: it stands until the sensor itself proves otherwise. */
  readonly standing: boolean;
}

/** One fault of a sensor: comes when its sign has lasted, goes when the opposite has, and says each once. */
export class WatchedFault {
  readonly #options: WatchedFaultOptions;
  readonly #report: FaultReport;
  #active: boolean;
  #presentSeconds = 0;
  #absentSeconds = 0;

  constructor(options: WatchedFaultOptions, report: FaultReport) {
    this.#options = options;
    this.#report = report;
    this.#active = options.standing;
  }

  /** True while the fault stands. */
  get active(): boolean {
    return this.#active;
  }

  /** Takes in `seconds` with the sign (true), without it (false), or without knowing (null: holds). */
  watch(now: {
    readonly atMicros: number;
    readonly sign: boolean | null;
    readonly seconds: number;
    /** Replaces the fault's text where it depends on what was seen. */
    readonly text?: string;
    /** Replaces `raiseSeconds`. */
    readonly raiseSeconds?: number;
  }): void {
    if (now.sign === null) return;
    this.#presentSeconds = now.sign ? this.#presentSeconds + now.seconds : 0;
    this.#absentSeconds = now.sign ? 0 : this.#absentSeconds + now.seconds;
    const { raiseSeconds, clearSeconds, text } = this.#options;
    if (now.sign && !this.#active && this.#presentSeconds >= (now.raiseSeconds ?? raiseSeconds))
      this.#turn(now.atMicros, { active: true, text: now.text ?? text });
    if (!now.sign && this.#active && this.#absentSeconds >= clearSeconds) this.clear(now.atMicros);
  }

  /** Ends the fault at once, if it stands. */
  clear(atMicros: number): void {
    if (this.#active) this.#turn(atMicros, { active: false, text: this.#options.restoredText });
  }

  #turn(atMicros: number, to: { readonly active: boolean; readonly text: string }): void {
    this.#active = to.active;
    this.#report({ atMicros, code: this.#options.code, ...to });
  }
}
