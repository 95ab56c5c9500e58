import type { Cancel, Clock } from "#core/time.ts";
import type { GpioInput } from "#sensors/transport/gpio-input.ts";

/** The line is read so often. */
const readEveryMs = 50;
/** So many readings in a row make a press: contacts bounce, and a spark of the mains is over sooner. */
const pressedReads = 2;
/** A call point that stays pressed is told of again so often, as long as nothing has come of it. */
const againEveryMs = 1_000;

/** What the watch over a call point needs. */
export interface CallPointWatchOptions {
  readonly clock: Clock;
  /** Takes the line. Throws `TransportFailure`. */
  readonly open: () => Promise<GpioInput>;
  readonly pressedWhen: "high" | "low";
  /** It is pressed. Told again while it stays pressed and `isAnswered` says no: after a reset it is FIRE again. */
  readonly onPress: () => void;
  /** Whether the zone stands in FIRE. */
  readonly isAnswered: () => boolean;
  /** Told what is wrong with the line whenever that changes; null when it can be read. */
  readonly onProblem: (problem: string | null) => void;
}

/** Reads the line of a call point. One that cannot be read is a fault, and tried again. */
export class CallPointWatch {
  readonly #options: CallPointWatchOptions;
  #line: GpioInput | null = null;
  #cancel: Cancel | null = null;
  #reading: Promise<void> | null = null;
  #pressed = 0;
  #toldAtMs = Number.NEGATIVE_INFINITY;
  #problem: string | null = null;
  #isClosed = false;

  constructor(options: CallPointWatchOptions) {
    this.#options = options;
  }

  /** Begins to read. */
  start(): void {
    this.#cancel ??= this.#options.clock.every(readEveryMs, () => {
      this.#reading ??= this.#read().finally(() => {
        this.#reading = null;
      });
    });
  }

  /** Lets the line go; safe to call twice. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancel?.();
    this.#cancel = null;
    await this.#reading;
    const line = this.#line;
    this.#line = null;
    await line?.close();
  }

  async #read(): Promise<void> {
    try {
      this.#line ??= await this.#options.open();
      const level = await this.#line.read();
      this.#report(null);
      if (!this.#isClosed) this.#take(level);
    } catch (error) {
      this.#report(error instanceof Error ? error.message : String(error));
      const broken = this.#line;
      this.#line = null;
      await broken?.close().catch(() => {});
    }
  }

  #take(level: "high" | "low"): void {
    const { pressedWhen, clock, isAnswered, onPress } = this.#options;
    if (level !== pressedWhen) {
      this.#pressed = 0;
      return;
    }
    this.#pressed += 1;
    const isNew = this.#pressed === pressedReads;
    const isDue = clock.monotonicMs() - this.#toldAtMs >= againEveryMs;
    if (!isNew && (this.#pressed < pressedReads || !isDue || isAnswered())) return;
    this.#toldAtMs = clock.monotonicMs();
    onPress();
  }

  #report(problem: string | null): void {
    const said = problem === null ? null : `The call point cannot be read: ${problem}`;
    if (said === this.#problem) return;
    this.#problem = said;
    this.#options.onProblem(said);
  }
}
