import { Failure } from "#core/failure.ts";
import type { Clock } from "#core/time.ts";
import type { GpioLine } from "../transport/gpio-line.ts";
import { type Pauses, Stopped } from "./pauses.ts";

/** Time between two looks at the chip. */
const pollMs = 1_000;

/** After a failed step the next one waits so long. */
const retryMs = 1_000;

/** Supply off for so long empties every capacitor; after it came back a chip is given so long to boot. */
const powerOffMs = 1_000;

/** The longest of the boot times in the data sheets (SCD4x 1.1–1.3; version 1.5 says 30 ms). */
const bootMs = 1_000;

/** The supply is cut no more often than this, however long a chip stays dead. */
const powerCycleEveryMs = 60_000;

/** Polls in a row that may fail before the chip is started again. */
const failedPollsMax = 3;

/**
 * Steps of the ladder that brings a chip back: "start" at the beginning; "restart" stops and starts the measurement;
 * "reset" also makes the chip load its settings anew; "power-cycle" has cut its supply.
 */
export type LadderStep = "start" | "restart" | "reset" | "power-cycle";

/** A chip that measures by itself, or is asked to, as the loop sees it. */
export interface MeasuringDevice {
  /** Brings the chip from whatever it does to measuring; the supply has been switched already. */
  bringUp(step: LadderStep): Promise<void>;
  /**
   * Looks for a measurement, once a second: "new", "repeat" (the same to the last bit as the one before), or "nothing".
   */
  poll(): Promise<"new" | "repeat" | "nothing">;
  /** A last word to the chip before leaving. */
  leave(): Promise<void>;
}

/** Who hangs on a chip's supply line: it alone, or others too, for whom it is switched on and never off. */
export type SupplyUse = "own" | "shared";

/** What a loop needs. */
export interface MeasurementLoopOptions {
  readonly clock: Clock;
  readonly pauses: Pauses;
  readonly device: MeasuringDevice;
  /** Switches the chip's supply, high = on; null when it cannot be switched. */
  readonly power: GpioLine | null;
  /** Whether the chip may be cut off: never where others hang on the same line. Left out, it is the chip's own. */
  readonly supply?: SupplyUse | undefined;
  /** No measurement for so long: the ladder is climbed. */
  readonly silenceMs: number;
  /** The same measurement for so long: the ladder is climbed; null where equal values are natural. */
  readonly stuckMs: number | null;
  /** Told each time the measurement has come to nothing and is started again. */
  readonly onStall: (stall: Stall) => void;
  /** Told the sentence of a failure that keeps the chip from being brought up; once until it measures again. */
  readonly onFailure: (text: string) => void;
}

/** Why a measurement came to nothing: looks failed, nothing new came, or the same came again and again. */
export type Stall = "unreadable" | "silent" | "stuck";

/** How often the ladder was climbed. */
export interface LoopCounters {
  readonly restarts: number;
  readonly resets: number;
  readonly powerCycles: number;
}

/**
 * Runs a chip for ever: brings it up, looks for measurements each second, and climbs the ladder (restart → reset →
 * power cycle) when it fails, falls silent or repeats itself. It never gives up and never invents a measurement. The
 * first new measurement brings it back to the foot of the ladder.
 */
export class MeasurementLoop {
  readonly #options: MeasurementLoopOptions;
  #running: Promise<void> | null = null;
  #failedSteps = 0;
  #lastPowerCycleMs = Number.NEGATIVE_INFINITY;
  #counters: LoopCounters = { restarts: 0, resets: 0, powerCycles: 0 };

  constructor(options: MeasurementLoopOptions) {
    this.#options = options;
  }

  /** How often the ladder was climbed. */
  get counters(): LoopCounters {
    return this.#counters;
  }

  /** Begins; called once. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends the loop and says goodbye to the chip; safe to call twice. */
  async stop(): Promise<void> {
    this.#options.pauses.stop();
    if (this.#running === null) return;
    await this.#running;
    this.#running = null;
    try {
      await this.#options.device.leave();
    } catch (error) {
      // A chip that does not answer goes on measuring; the next start stops it first.
      if (!(error instanceof Failure)) throw error;
    }
  }

  async #run(): Promise<void> {
    let step: LadderStep = "start";
    for (;;) {
      try {
        await this.#climb(step);
        this.#options.onStall(await this.#measure());
      } catch (error) {
        if (error instanceof Stopped) return;
        if (!(error instanceof Failure)) throw error;
        if (this.#failedSteps === 0) this.#options.onFailure(error.message);
        if (!(await this.#paused())) return;
      }
      step = this.#nextStep();
    }
  }

  async #paused(): Promise<boolean> {
    try {
      await this.#options.pauses.wait(retryMs);
      return true;
    } catch (error) {
      if (error instanceof Stopped) return false;
      throw error;
    }
  }

  /** After the top of the ladder it is climbed again from "reset", and the supply is cut when it may be. */
  #nextStep(): LadderStep {
    this.#failedSteps += 1;
    const { clock, power, supply = "own" } = this.#options;
    if (this.#failedSteps === 1) return "restart";
    const isCuttable = power !== null && supply === "own";
    const mayCut = isCuttable && clock.monotonicMs() - this.#lastPowerCycleMs >= powerCycleEveryMs;
    return this.#failedSteps > 2 && mayCut ? "power-cycle" : "reset";
  }

  async #climb(step: LadderStep): Promise<void> {
    const { power, pauses, clock, device } = this.#options;
    const { restarts, resets, powerCycles } = this.#counters;
    if (step === "restart") this.#counters = { ...this.#counters, restarts: restarts + 1 };
    if (step === "reset") this.#counters = { ...this.#counters, resets: resets + 1 };
    if (step === "power-cycle") {
      this.#counters = { ...this.#counters, powerCycles: powerCycles + 1 };
      this.#lastPowerCycleMs = clock.monotonicMs();
      await power?.set("low");
      await pauses.wait(powerOffMs);
    }
    if (step === "power-cycle" || step === "start") {
      await power?.set("high");
      await pauses.wait(bootMs);
    }
    await device.bringUp(step);
  }

  /** Polls on a grid of seconds until something is wrong; what. */
  async #measure(): Promise<Stall> {
    const { clock, pauses, silenceMs, stuckMs } = this.#options;
    const startMs = clock.monotonicMs();
    let lastMs = startMs;
    let lastNewMs = startMs;
    let failed = 0;
    let dueMs = startMs;
    for (;;) {
      dueMs = Math.max(dueMs + pollMs, clock.monotonicMs());
      await pauses.wait(dueMs - clock.monotonicMs());
      const found = await this.#poll();
      failed = found === "failed" ? failed + 1 : 0;
      const nowMs = clock.monotonicMs();
      if (found === "new" || found === "repeat") lastMs = nowMs;
      if (found === "new") {
        lastNewMs = nowMs;
        this.#failedSteps = 0;
      }
      if (failed >= failedPollsMax) return "unreadable";
      if (nowMs - lastMs >= silenceMs) return "silent";
      if (stuckMs !== null && nowMs - lastNewMs >= stuckMs) return "stuck";
    }
  }

  /** A failed look is no end of the measurement: the next one may succeed. */
  async #poll(): Promise<"new" | "repeat" | "nothing" | "failed"> {
    try {
      return await this.#options.device.poll();
    } catch (error) {
      if (error instanceof Failure) return "failed";
      throw error;
    }
  }
}
