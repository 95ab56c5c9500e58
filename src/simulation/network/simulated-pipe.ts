import type { Random } from "#core/random.ts";
import type { Cancel, Clock } from "#core/time.ts";

/** How one direction of a line is. */
export interface PipeCondition {
  /** "stalled": nothing arrives, and what is sent meanwhile arrives when it flows again, as TCP has it. */
  flow: "flows" | "stalled";
  /** Shortest and longest time between two arrivals. */
  delayMs: { readonly shortest: number; readonly longest: number };
}

interface Parcel {
  readonly bytes: number;
  readonly sentMs: number;
  readonly arrive: () => void;
}

/** One direction of a TCP connection: everything arrives in order, or from some point on nothing does. */
export class SimulatedPipe {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #condition: Readonly<PipeCondition>;
  #parcels: Parcel[] = [];
  #bytes = 0;
  #cancel: Cancel | null = null;
  #open = true;

  /** `condition` may change at any time; `wake` then makes it count. */
  constructor(options: {
    readonly clock: Clock;
    readonly random: Random;
    readonly condition: Readonly<PipeCondition>;
  }) {
    this.#clock = options.clock;
    this.#random = options.random;
    this.#condition = options.condition;
  }

  /** Sends something that arrives later or never. */
  push(bytes: number, arrive: () => void): void {
    if (!this.#open) return;
    this.#parcels.push({ bytes, sentMs: this.#clock.monotonicMs(), arrive });
    this.#bytes += bytes;
    this.wake();
  }

  /** Bytes under way. */
  get bytes(): number {
    return this.#bytes;
  }

  /** How long the oldest parcel has been under way; 0 when none is. */
  get oldestMs(): number {
    const oldest = this.#parcels[0];
    return oldest === undefined ? 0 : this.#clock.monotonicMs() - oldest.sentMs;
  }

  /** Goes on if it may. */
  wake(): void {
    if (this.#cancel !== null || !this.#open || this.#parcels.length === 0) return;
    if (this.#condition.flow === "stalled") return;
    const { shortest, longest } = this.#condition.delayMs;
    this.#cancel = this.#clock.after(this.#random.between(shortest, longest), () => this.#arrive());
  }

  /** Nothing more arrives, of what is under way neither. */
  cut(): void {
    this.#open = false;
    this.#parcels = [];
    this.#bytes = 0;
    this.#cancel?.();
    this.#cancel = null;
  }

  #arrive(): void {
    this.#cancel = null;
    // It may have been stalled meanwhile.
    if (this.#condition.flow === "stalled") return;
    const parcel = this.#parcels.shift();
    if (parcel === undefined) return;
    this.#bytes -= parcel.bytes;
    parcel.arrive();
    this.wake();
  }
}
