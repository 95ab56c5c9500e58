import type { TroubleCode } from "../alarm/trouble.ts";
import type { AirSample } from "../frames/air-sample.ts";
import { secondsBetween } from "../time.ts";
import { type AirFaults, airFaults } from "./air-faults.ts";
import {
  co2PpmMax,
  followReading,
  implausibleReading,
  isBelowOutdoorAir,
  isPlausibleCo2,
  isStuck,
  type RepeatedReading,
} from "./sensor-health-air.ts";
import { WatchTime } from "./watch-time.ts";
import type { FaultReport } from "./watched-fault.ts";

/** Seconds without a new reading after which a source that does not say its period is silent. */
const silentSecondsWithoutPeriod = 30;

/**
 * Periods without a new reading after which a sensor that says its period is silent: a reading may be missed, a second
 * one not. With ticks of a second an SCD41 (5 s) is silent between 11 and 12 s after its last reading.
 */
const silentPeriods = 2.3;

/** A gap between readings counts for no more than this towards a fault that takes long. */
const readingSecondsMax = 120;

/** What a driver knows of its sensor, and what explains its silence better than "silent" does. */
const causesOfSilence: ReadonlySet<TroubleCode> = new Set(["air-not-answering", "air-checksum-errors"]);

/** How an AirWatch is made. */
export interface AirWatchOptions {
  readonly expected: "required" | "absent";
  /** Time between two readings; null when the source does not say. */
  readonly periodSeconds: number | null;
  readonly standing: ReadonlySet<TroubleCode>;
  readonly report: FaultReport;
}

/** Finds out whether the air sensor lives and tells the truth. */
export class AirWatch {
  readonly #expected: "required" | "absent";
  readonly #silentSeconds: number;
  readonly #time = new WatchTime();
  readonly #faults: AirFaults;
  readonly #causes: Set<TroubleCode>;
  #secondsSinceSample = 0;
  #seenAny = false;
  /** What the newest reading lacked to be of use. */
  #lacks: "nothing" | "co2" | "time" = "nothing";
  #last: AirSample | null = null;
  #repeated: RepeatedReading | null = null;

  constructor(options: AirWatchOptions) {
    const { expected, periodSeconds, standing, report } = options;
    this.#expected = expected;
    this.#silentSeconds = periodSeconds === null ? silentSecondsWithoutPeriod : silentPeriods * periodSeconds;
    this.#faults = airFaults(standing, report);
    this.#causes = new Set([...causesOfSilence].filter((code) => standing.has(code)));
  }

  /**
   * Judges a reading whose time is believed, or not. Answers it for the features: a CO2 value that cannot be true made
   * absent (NaN), one past the sensor's range as the end of that range, because it is at least that much; null when it
   * is of no time and so of no use.
   */
  addAir(sample: AirSample, time: "believed" | "wrong"): AirSample | null {
    if (time === "wrong") {
      this.#lacks = "time";
      return null;
    }
    const last = this.#last;
    const isRepeat = last?.sampledAtMicros === sample.sampledAtMicros;
    this.#last = sample;
    this.#lacks = Number.isNaN(sample.co2Ppm) ? "co2" : "nothing";
    if (this.#lacks === "co2" || isRepeat) return sample;
    this.#seenAny = true;
    // One reading after a silence does not end it: a sensor that reads too seldom would come and go for ever.
    if (this.#secondsSinceSample < this.#silentSeconds) this.#faults.silent.clear(sample.sampledAtMicros);
    this.#secondsSinceSample = 0;
    this.#judge(sample, last);
    if (sample.co2Ppm > co2PpmMax) return { ...sample, co2Ppm: co2PpmMax };
    return isPlausibleCo2(sample.co2Ppm) ? sample : { ...sample, co2Ppm: Number.NaN };
  }

  /** A driver says that a fault came or went. */
  noteReported(fault: { readonly code: TroubleCode; readonly active: boolean }): void {
    if (!causesOfSilence.has(fault.code)) return;
    if (fault.active) this.#causes.add(fault.code);
    else if (this.#causes.delete(fault.code)) this.#secondsSinceSample = 0;
  }

  /** Time went by. */
  tick(atMicros: number): void {
    const seconds = this.#time.tick(atMicros);
    this.#secondsSinceSample += seconds;
    if (this.#expected === "required") {
      const isSilent = this.#secondsSinceSample >= this.#silentSeconds && this.#causes.size === 0;
      this.#faults.silent.watch({
        atMicros,
        sign: isSilent ? true : null,
        seconds,
        ...(this.#lacks === "nothing" ? {} : { text: silentTexts[this.#lacks] }),
      });
      return;
    }
    for (const fault of [this.#faults.silent, ...(this.#seenAny ? [] : this.#sayings())])
      fault.clear(atMicros);
  }

  /** Faults that only a reading can prove or end. */
  #sayings(): readonly AirFaults["silent"][] {
    const { implausible, stuck, calibration } = this.#faults;
    return [implausible, stuck, calibration];
  }

  #judge(sample: AirSample, last: AirSample | null): void {
    const atMicros = sample.sampledAtMicros;
    const { implausible, stuck, calibration } = this.#faults;
    const wrong = implausibleReading(sample);
    implausible.watch({
      atMicros,
      sign: wrong !== null,
      seconds: 1,
      ...(wrong === null ? {} : { text: wrong }),
    });
    this.#repeated = followReading(this.#repeated, sample);
    stuck.watch({ atMicros, sign: isStuck(this.#repeated), seconds: 1 });
    const gap = last === null ? 0 : secondsBetween(last.sampledAtMicros, atMicros);
    calibration.watch({
      atMicros,
      sign: wrong === null ? isBelowOutdoorAir(sample) : null,
      seconds: Math.min(readingSecondsMax, Math.max(0, gap)),
    });
  }
}

const silentTexts = {
  co2: "The air sensor sends readings without a CO2 value: switch it off and on, then replace it. The room's air is not watched.",
  time: "The air sensor's readings have times that cannot be true: check its driver and the clock. The room's air is not watched.",
} as const;
