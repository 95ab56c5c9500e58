import type { Cancel, Clock } from "#core/time.ts";

/** The clock of one simulated machine: it drifts against true time, and its wall clock can be set. */
export class MachineClock implements Clock {
  readonly #base: Clock;
  /** Seconds of this machine in a true second. */
  readonly #rate: number;
  readonly #startMs: number;
  readonly #startMicros: number;
  #offsetMicros = 0;

  /** `driftPpm` is how much faster than true time it runs, in millionths. */
  constructor(options: { readonly base: Clock; readonly driftPpm: number }) {
    this.#base = options.base;
    this.#rate = 1 + options.driftPpm / 1e6;
    this.#startMs = options.base.monotonicMs();
    this.#startMicros = options.base.nowMicros();
  }

  nowMicros(): number {
    return this.#startMicros + Math.round(this.monotonicMs() * 1_000) + this.#offsetMicros;
  }

  monotonicMs(): number {
    return (this.#base.monotonicMs() - this.#startMs) * this.#rate;
  }

  after(delayMs: number, callback: () => void): Cancel {
    return this.#base.after(delayMs / this.#rate, callback);
  }

  every(periodMs: number, callback: () => void): Cancel {
    return this.#base.every(periodMs / this.#rate, callback);
  }

  /** The wall clock is set forward, or back when negative; timers do not notice. */
  jump(micros: number): void {
    this.#offsetMicros += micros;
  }
}
