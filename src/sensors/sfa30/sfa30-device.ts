import type { ExtraChipTools } from "../sensirion/extra-chip-sensor.ts";
import type { MeasuringDevice } from "../sensirion/measurement-loop.ts";
import { toSigned } from "../sensirion/words.ts";
import { sfa30Commands as commands } from "./sfa30-commands.ts";

/** Units of the three words (data sheet, read_measured_values): ppb, % and °C. */
const divisors = [5, 100, 200] as const;

/** Formaldehyde in ppb, humidity in %, temperature in °C of a measurement's three words. */
export function sfa30Values(words: readonly number[]): readonly number[] {
  return divisors.map((divisor, index) => toSigned(words[index]!) / divisor);
}

/** The SFA30 as the measurement loop sees it: it measures twice a second and is read once. */
export class Sfa30Device implements MeasuringDevice {
  readonly #tools: ExtraChipTools;

  constructor(tools: ExtraChipTools) {
    this.#tools = tools;
  }

  async bringUp(): Promise<void> {
    const { chip } = this.#tools;
    chip.forgetMode();
    // Stopping an idle SFA30 is an error to it; a reset is not.
    await chip.send(commands.reset);
    await chip.send(commands.startContinuousMeasurement);
  }

  async poll(): Promise<"new" | "repeat" | "nothing"> {
    const { chip, publish } = this.#tools;
    publish(sfa30Values(await chip.send(commands.readMeasuredValues)));
    return "new";
  }

  async leave(): Promise<void> {
    await this.#tools.chip.sendLast(commands.stopMeasurement);
  }
}
