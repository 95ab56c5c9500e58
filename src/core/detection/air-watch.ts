import type { TroubleCode } from "../alarm/trouble.ts";
import type { AirSample } from "../frames/air-sample.ts";
import { WatchTime } from "./watch-time.ts";
import { type FaultReport, WatchedFault } from "./watched-fault.ts";

/** Seconds without a new reading after which the air sensor is silent; an SCD41 reads every 5 s. */
const airSilentSeconds = 30;

/**
 * What an SCD41 can read of real air (Sensirion SCD4x data sheet: output to 40,000 ppm, −10 to 60 °C); under 200 ppm
 * of CO2 there is no such air on Earth, and 0 is what unset fields and placeholders hold.
 */
const plausible = {
  co2Ppm: { min: 200, max: 40_000 },
  temperatureCelsius: { min: -10, max: 60 },
  humidityPercent: { min: 0, max: 100 },
} as const;

/** Readings in a row, all three values the same, after which the sensor is taken for frozen: 5 min of an SCD41. */
const identicalReadingsMax = 60;

/** Good readings in a row that end the fault: a minute of an SCD41, so that a sick sensor does not come and go. */
const restoreReadings = 12;

/** Finds out whether the air sensor lives and tells the truth. */
export class AirWatch {
  readonly #expected: "required" | "absent";
  readonly #time = new WatchTime();
  readonly #silent: WatchedFault;
  readonly #implausible: WatchedFault;
  #secondsSinceSample = 0;
  #seenAny = false;
  #last: AirSample | null = null;
  #identical = 0;

  constructor(options: {
    readonly expected: "required" | "absent";
    readonly standing: ReadonlySet<TroubleCode>;
    readonly report: FaultReport;
  }) {
    const { standing, report } = options;
    this.#expected = options.expected;
    this.#silent = new WatchedFault(
      {
        code: "air-silent",
        text: "The air sensor sends no new readings, or less than one in 30 s: check its cable and power. The room's air is not watched.",
        restoredText: "The air sensor sends readings again.",
        raiseSeconds: 0,
        clearSeconds: 0,
        standing: standing.has("air-silent"),
      },
      report,
    );
    this.#implausible = new WatchedFault(
      {
        code: "air-implausible",
        text: "The air sensor's readings cannot be true.",
        restoredText: "The air sensor's readings are plausible again.",
        raiseSeconds: 1,
        clearSeconds: restoreReadings,
        standing: standing.has("air-implausible"),
      },
      report,
    );
  }

  /** Judges a reading; answers it with a CO2 value that cannot be true made absent (NaN). */
  addAir(sample: AirSample): AirSample {
    const isRepeat = this.#last?.sampledAtMicros === sample.sampledAtMicros;
    this.#identical = this.#last !== null && areEqual(this.#last, sample) ? this.#identical + 1 : 0;
    this.#last = sample;
    if (Number.isNaN(sample.co2Ppm) || isRepeat) return sample;
    this.#seenAny = true;
    // One reading after a silence does not end it: a sensor that reads too seldom would come and go for ever.
    if (this.#secondsSinceSample < airSilentSeconds) this.#silent.clear(sample.sampledAtMicros);
    this.#secondsSinceSample = 0;
    const wrong = this.#whatIsWrong(sample);
    this.#implausible.watch({
      atMicros: sample.sampledAtMicros,
      sign: wrong !== null,
      seconds: 1,
      ...(wrong === null ? {} : { text: wrong }),
    });
    return isWithin(sample.co2Ppm, plausible.co2Ppm) ? sample : { ...sample, co2Ppm: Number.NaN };
  }

  /** Time went by. */
  tick(atMicros: number): void {
    const seconds = this.#time.tick(atMicros);
    this.#secondsSinceSample += seconds;
    if (this.#expected === "required") {
      const sign = this.#secondsSinceSample >= airSilentSeconds ? true : null;
      this.#silent.watch({ atMicros, sign, seconds });
      return;
    }
    this.#silent.clear(atMicros);
    if (!this.#seenAny) this.#implausible.clear(atMicros);
  }

  #whatIsWrong(sample: AirSample): string | null {
    const { co2Ppm, temperatureCelsius, humidityPercent } = sample;
    if (co2Ppm > plausible.co2Ppm.max)
      return `The air sensor reads ${co2Ppm} ppm of CO2, more than it can measure: treat the room as dangerous until somebody has measured it otherwise, then check the sensor.`;
    if (!isWithin(co2Ppm, plausible.co2Ppm))
      return `The air sensor reads ${co2Ppm} ppm of CO2, which no room has: check or replace it. Its CO2 is not used.`;
    if (!Number.isNaN(temperatureCelsius) && !isWithin(temperatureCelsius, plausible.temperatureCelsius))
      return `The air sensor reads ${temperatureCelsius} °C, outside its range of -10 to 60 °C: look at the room, then check the sensor.`;
    if (!Number.isNaN(humidityPercent) && !isWithin(humidityPercent, plausible.humidityPercent))
      return `The air sensor reads ${humidityPercent} % of humidity, which cannot be: check or replace it.`;
    if (this.#identical >= identicalReadingsMax)
      return "The air sensor has sent the very same reading for minutes: restart it.";
    return null;
  }
}

function isWithin(value: number, range: { readonly min: number; readonly max: number }): boolean {
  return value >= range.min && value <= range.max;
}

function areEqual(one: AirSample, other: AirSample): boolean {
  return (
    one.co2Ppm === other.co2Ppm &&
    one.temperatureCelsius === other.temperatureCelsius &&
    one.humidityPercent === other.humidityPercent
  );
}
