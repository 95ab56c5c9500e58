import { Failure } from "#core/failure.ts";
import type { GpioLine } from "../transport/gpio-line.ts";
import type { Cci } from "./cci.ts";
import { cciCommands } from "./cci-commands.ts";
import { type ConfigurationResult, configureLepton } from "./lepton-configuration.ts";
import type { CameraCounters } from "./lepton-counters.ts";
import type { LeptonSettings } from "./lepton-settings.ts";
import type { StoppableWait } from "./stoppable-wait.ts";

/** One way of bringing a camera back, each stronger than the one before. */
export type RecoveryStep = "configure" | "reboot" | "power-cycle";

/** The supply stays off this long, so that the camera's capacitors are empty. */
export const powerOffMs = 500;

/** After a restart the camera is left alone this long; it does not answer while it boots. */
export const bootQuietMs = 1_000;

/** Rounds of the ladder that follow one another without a pause. */
const eagerRounds = 1;

/** Pause before each further round, doubled each time up to the limit. */
const firstPauseMs = 2_000;
const pauseMaxMs = 30_000;

/** What bringing a camera back works with. */
export interface LeptonRecoveryOptions {
  readonly cci: Cci;
  readonly power: GpioLine | null;
  readonly settings: LeptonSettings;
  readonly counters: CameraCounters;
  readonly wait: StoppableWait;
  /** A step did not succeed; the next one follows. */
  readonly onFailure: (failure: Failure) => void;
}

/**
 * Brings a camera back that does not send pictures: looks its settings through, restarts it by command, switches its
 * supply off and on, and begins again with growing pauses for as long as it takes. `succeeded` starts the ladder from
 * its foot.
 */
export class LeptonRecovery {
  readonly #options: LeptonRecoveryOptions;
  #stepsTaken = 0;

  constructor(options: LeptonRecoveryOptions) {
    this.#options = options;
  }

  /** Pictures come: the next time begins with the mildest step. */
  succeeded(): void {
    this.#stepsTaken = 0;
  }

  /** The next time begins with a restart: the settings are not what is wrong. */
  skipConfiguring(): void {
    this.#stepsTaken = Math.max(this.#stepsTaken, 1);
  }

  /** Takes steps until one succeeds. Throws `Failure` "lepton-stopped". */
  async run(): Promise<ConfigurationResult> {
    for (;;) {
      const ladder: readonly RecoveryStep[] =
        this.#options.power === null ? ["configure", "reboot"] : ["configure", "reboot", "power-cycle"];
      const step = ladder[this.#stepsTaken % ladder.length]!;
      const round = Math.floor(this.#stepsTaken / ladder.length);
      if (step === ladder[0] && round >= eagerRounds) await this.#pause(round - eagerRounds);
      this.#stepsTaken += 1;
      try {
        return await this.#take(step);
      } catch (error) {
        if (!(error instanceof Failure) || this.#options.wait.isStopped) throw error;
        this.#options.onFailure(error);
      }
    }
  }

  async #pause(rounds: number): Promise<void> {
    await this.#options.wait.ms(Math.min(firstPauseMs * 2 ** Math.min(rounds, 16), pauseMaxMs));
  }

  async #take(step: RecoveryStep): Promise<ConfigurationResult> {
    const { cci, settings, counters } = this.#options;
    if (step === "reboot") await this.#reboot();
    if (step === "power-cycle") await this.#powerCycle();
    if (step === "configure") await this.#lookThrough();
    const result = await configureLepton(cci, settings);
    counters.settingsChanged += result.changed.length;
    return result;
  }

  async #lookThrough(): Promise<void> {
    const { power, counters } = this.#options;
    counters.reconfigurations += 1;
    await power?.set("high");
  }

  async #reboot(): Promise<void> {
    const { cci, counters, wait } = this.#options;
    counters.reboots += 1;
    await cci.runWithoutAnswer(cciCommands.reboot);
    await wait.ms(bootQuietMs);
  }

  async #powerCycle(): Promise<void> {
    const { power, counters, wait } = this.#options;
    counters.powerCycles += 1;
    await power?.set("low");
    await wait.ms(powerOffMs);
    await power?.set("high");
    await wait.ms(bootQuietMs);
  }
}
