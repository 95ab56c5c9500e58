import type { ExtraChipTools } from "../sensirion/extra-chip-sensor.ts";
import type { LadderStep, MeasuringDevice } from "../sensirion/measurement-loop.ts";
import { celsiusToTicks, percentToTicks } from "../sensirion/ticks.ts";
import { sgp41Commands as commands } from "./sgp41-commands.ts";

/** Conditioning longer than 10 s damages the sensing material (data sheet); one call a second, so 9 calls at most. */
const conditioningCallsMax = 9;

/** Humidity and temperature that switch the compensation off: 50 %, 25 °C (data sheet). */
const withoutCompensation = [0x8000, 0x6666] as const;

/** Low bits of the self-test's word, of which any set means a failure. */
const selfTestMask = 0x000f;

/** The SGP41 as the measurement loop sees it: tested, conditioned for 9 s, then measured each second. */
export class Sgp41Device implements MeasuringDevice {
  readonly #tools: ExtraChipTools;
  #compensation: readonly number[] = withoutCompensation;
  #conditioningCalls = 0;

  constructor(tools: ExtraChipTools) {
    this.#tools = tools;
  }

  /** Uses the air's humidity and temperature from the next measurement on; NaN in either switches that off. */
  setCompensation(air: { readonly temperatureCelsius: number; readonly humidityPercent: number }): void {
    const words = [percentToTicks(air.humidityPercent), celsiusToTicks(air.temperatureCelsius)];
    this.#compensation = words.some(Number.isNaN) ? withoutCompensation : words;
  }

  async bringUp(step: LadderStep): Promise<void> {
    const { chip, diagnose } = this.#tools;
    // Whoever used the chip before may have left it conditioning.
    await chip.send(commands.turnHeaterOff);
    if (step !== "restart") {
      const [word] = await chip.send(commands.executeSelfTest);
      diagnose(
        (word! & selfTestMask) === 0
          ? []
          : ["The gas sensor (SGP41) has failed its test of itself: replace it."],
      );
    }
    this.#conditioningCalls = 0;
  }

  async poll(): Promise<"new" | "repeat" | "nothing"> {
    const { chip, publish } = this.#tools;
    if (this.#conditioningCalls < conditioningCallsMax) {
      this.#conditioningCalls += 1;
      await chip.send(commands.executeConditioning, withoutCompensation);
      return "repeat";
    }
    publish(await chip.send(commands.measureRawSignals, this.#compensation));
    return "new";
  }

  async leave(): Promise<void> {
    await this.#tools.chip.sendLast(commands.turnHeaterOff);
  }
}
