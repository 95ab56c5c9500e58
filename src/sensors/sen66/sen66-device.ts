import type { ExtraChipTools } from "../sensirion/extra-chip-sensor.ts";
import type { LadderStep, MeasuringDevice } from "../sensirion/measurement-loop.ts";
import { type StatusBit, statusSentences } from "../sensirion/status-bits.ts";
import { toSigned } from "../sensirion/words.ts";
import { sen66Commands as commands } from "./sen66-commands.ts";

/** How often the status register is read. */
const statusEveryMs = 10_000;

/** Words that mean "unknown" (data sheet): of unsigned values, and of signed ones. */
const unknownUnsigned = 0xffff;
const unknownSigned = 0x7fff;

/** What one unit of each word is worth: four particle masses and CO2 are unsigned, the others signed. */
const scales = [
  { divisor: 10, signed: false },
  { divisor: 10, signed: false },
  { divisor: 10, signed: false },
  { divisor: 10, signed: false },
  { divisor: 100, signed: true },
  { divisor: 200, signed: true },
  { divisor: 10, signed: true },
  { divisor: 10, signed: true },
  { divisor: 1, signed: false },
] as const;

/** The data sheet's status register; all but the fan's speed stay set until they are cleared. */
const statusBits: readonly StatusBit[] = [
  { bit: 21, text: "The SEN66's fan runs at a wrong speed: check its supply and clean its inlet." },
  { bit: 11, text: "The SEN66's particle sensor has failed: replace the SEN66." },
  { bit: 9, text: "The SEN66's CO2 sensor has failed: replace the SEN66." },
  { bit: 7, text: "The SEN66's gas sensor has failed: replace the SEN66." },
  { bit: 6, text: "The SEN66's humidity sensor has failed: replace the SEN66." },
  { bit: 4, text: "The SEN66's fan stands still: free it, or replace the SEN66." },
];

/** The nine values of a measurement, in the order of the words; NaN where the chip does not know. */
export function sen66Values(words: readonly number[]): readonly number[] {
  return scales.map(({ divisor, signed }, index) => {
    const word = words[index] ?? unknownUnsigned;
    if (word === (signed ? unknownSigned : unknownUnsigned)) return Number.NaN;
    return (signed ? toSigned(word) : word) / divisor;
  });
}

/** The SEN66 as the measurement loop sees it. Its CO2 sensor's self-calibration is switched off as the SCD41's is. */
export class Sen66Device implements MeasuringDevice {
  readonly #tools: ExtraChipTools;
  #statusDueMs = 0;
  #selfCalibrationOn = false;

  constructor(tools: ExtraChipTools) {
    this.#tools = tools;
  }

  async bringUp(step: LadderStep): Promise<void> {
    const { chip, clock } = this.#tools;
    chip.forgetMode();
    await chip.send(step === "restart" ? commands.stopMeasurement : commands.reset);
    await chip.send(commands.setAscEnabled, [0]);
    const [asc] = await chip.send(commands.getAscEnabled);
    this.#selfCalibrationOn = asc !== 0;
    await chip.send(commands.startContinuousMeasurement);
    this.#statusDueMs = clock.monotonicMs();
  }

  async poll(): Promise<"new" | "repeat" | "nothing"> {
    const { chip, publish } = this.#tools;
    await this.#readStatus();
    const [flag] = await chip.send(commands.getDataReady);
    if ((flag! & 1) === 0) return "nothing";
    publish(sen66Values(await chip.send(commands.readMeasuredValues)));
    return "new";
  }

  async leave(): Promise<void> {
    await this.#tools.chip.sendLast(commands.stopMeasurement);
  }

  async #readStatus(): Promise<void> {
    const { chip, clock, diagnose } = this.#tools;
    if (clock.monotonicMs() < this.#statusDueMs) return;
    this.#statusDueMs = clock.monotonicMs() + statusEveryMs;
    const sentences = statusSentences(await chip.send(commands.readAndClearStatus), statusBits);
    const asc = "The SEN66's CO2 self-calibration cannot be switched off: replace the SEN66.";
    diagnose(this.#selfCalibrationOn ? [...sentences, asc] : sentences);
  }
}
