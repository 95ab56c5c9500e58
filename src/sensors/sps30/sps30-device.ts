import type { ExtraChipTools } from "../sensirion/extra-chip-sensor.ts";
import type { LadderStep, MeasuringDevice } from "../sensirion/measurement-loop.ts";
import { type StatusBit, statusSentences } from "../sensirion/status-bits.ts";
import { wordsToFloat } from "../sensirion/words.ts";
import { sps30Commands as commands, sps30FloatFormat } from "./sps30-commands.ts";

/** The fan blows for 10 s and the values stand still meanwhile (data sheet, fan cleaning); 2 s to settle. */
const cleaningMs = 12_000;

/** How often the status register is read. */
const statusEveryMs = 10_000;

/** The data sheet's status register. */
const statusBits: readonly StatusBit[] = [
  {
    bit: 21,
    text: "The particle sensor's (SPS30) fan runs at a wrong speed: check its 5 V supply and clean its inlet.",
  },
  { bit: 5, text: "The particle sensor's (SPS30) laser has failed: replace the sensor." },
  { bit: 4, text: "The particle sensor's (SPS30) fan stands still: free it, or replace the sensor." },
];

/** The SPS30 as the measurement loop sees it. */
export class Sps30Device implements MeasuringDevice {
  readonly #tools: ExtraChipTools;
  #cleanUntilMs = Number.NEGATIVE_INFINITY;
  #statusDueMs = 0;

  constructor(tools: ExtraChipTools) {
    this.#tools = tools;
  }

  async bringUp(step: LadderStep): Promise<void> {
    const { chip, clock } = this.#tools;
    chip.forgetMode();
    await chip.send(commands.wakeUp);
    await chip.send(commands.wakeUp);
    if (step === "reset") await chip.send(commands.reset);
    else await chip.send(commands.stopMeasurement);
    await chip.send(commands.startMeasurement, [sps30FloatFormat]);
    this.#statusDueMs = clock.monotonicMs();
    // The chip cleans itself weekly only while it is never switched off; so each start does it.
    if (step !== "start") return;
    await chip.send(commands.startFanCleaning);
    this.#cleanUntilMs = clock.monotonicMs() + cleaningMs;
  }

  async poll(): Promise<"new" | "repeat" | "nothing"> {
    const { chip, clock, publish } = this.#tools;
    await this.#readStatus();
    const [flag] = await chip.send(commands.readDataReady);
    if ((flag! & 1) === 0) return "nothing";
    const words = await chip.send(commands.readMeasuredValues);
    if (clock.monotonicMs() < this.#cleanUntilMs) return "repeat";
    publish(
      Array.from({ length: words.length / 2 }, (_, k) => wordsToFloat(words[2 * k]!, words[2 * k + 1]!)),
    );
    return "new";
  }

  async leave(): Promise<void> {
    await this.#tools.chip.sendLast(commands.stopMeasurement);
  }

  async #readStatus(): Promise<void> {
    const { chip, clock, diagnose } = this.#tools;
    if (clock.monotonicMs() < this.#statusDueMs) return;
    this.#statusDueMs = clock.monotonicMs() + statusEveryMs;
    const sentences = statusSentences(await chip.send(commands.readStatus), statusBits);
    diagnose(sentences);
    // Failures stay set until they are cleared; what persists is set again by the next look.
    if (sentences.length > 0) await chip.send(commands.clearStatus);
  }
}
