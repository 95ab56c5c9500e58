import type { Reason, ReasonCode } from "../alarm/reason.ts";
import type { AirFeatures } from "../features/feature-second.ts";
import type { Co2Policy } from "./detection-policy.ts";
import { inWords } from "./rule.ts";
import { all, newSustained, reaches, type Sustained, sustain, type Verdict } from "./sustained.ts";

/** What CO2 says about one second. It never says FIRE. */
export interface Co2Finding {
  readonly prealarm: readonly Reason[];
  readonly supervisory: readonly Reason[];
  readonly gasHazard: readonly Reason[];
  /** True while CO2 rises as it does over a fire, for the thermal rules. */
  readonly rises: boolean;
}

/** The CO2 rules. An absent reading or slope holds everything as it was. */
export class Co2Rules {
  readonly #policy: Co2Policy;
  readonly #rise: Sustained = newSustained();
  readonly #supervisory: Sustained = newSustained();
  readonly #hazard: Sustained = newSustained();
  /** Readings of the last `riseSeconds` seconds, oldest first; that many at most. */
  readonly #readingsPpm: number[] = [];
  #lastPpm = Number.NaN;
  #lastSlope = Number.NaN;

  constructor(policy: Co2Policy) {
    this.#policy = policy;
  }

  /** Takes in one second. */
  evaluate(air: AirFeatures): Co2Finding {
    const { co2Ppm, co2SlopePpmPerSecond } = air;
    if (!Number.isNaN(co2Ppm)) this.#lastPpm = co2Ppm;
    if (!Number.isNaN(co2SlopePpmPerSecond)) this.#lastSlope = co2SlopePpmPerSecond;
    this.#watchRise(air);
    const { supervisoryPpm, supervisoryEndPpm, hazardPpm, hazardEndPpm } = this.#policy;
    this.#watchLevel(this.#supervisory, { co2Ppm, beginPpm: supervisoryPpm, endPpm: supervisoryEndPpm });
    this.#watchLevel(this.#hazard, { co2Ppm, beginPpm: hazardPpm, endPpm: hazardEndPpm });
    return {
      prealarm: this.#rise.active ? [this.#riseReason()] : [],
      supervisory: this.#supervisory.active ? [this.#levelReason("co2-level", supervisoryPpm)] : [],
      gasHazard: this.#hazard.active ? [this.#levelReason("gas-hazard", hazardPpm)] : [],
      rises: co2SlopePpmPerSecond >= this.#policy.confidencePpmPerSecond,
    };
  }

  #watchRise({ co2Ppm, co2SlopePpmPerSecond }: AirFeatures): void {
    const { risePpmPerSecond, riseSeconds, riseEndPpmPerSecond, riseShare } = this.#policy;
    const steep = reaches(co2SlopePpmPerSecond, risePpmPerSecond);
    const risen: Verdict =
      this.#readingsPpm.length < riseSeconds
        ? "yes"
        : reaches(co2Ppm - this.#readingsPpm[0]!, riseShare * risePpmPerSecond * riseSeconds);
    sustain(this.#rise, {
      begin: all(steep, risen),
      end: reaches(riseEndPpmPerSecond, co2SlopePpmPerSecond),
      seconds: riseSeconds,
      gapSeconds: 1,
    });
    if (Number.isNaN(co2Ppm)) return;
    this.#readingsPpm.push(co2Ppm);
    if (this.#readingsPpm.length > riseSeconds) this.#readingsPpm.shift();
  }

  #watchLevel(
    level: Sustained,
    now: { readonly co2Ppm: number; readonly beginPpm: number; readonly endPpm: number },
  ): void {
    sustain(level, {
      begin: reaches(now.co2Ppm, now.beginPpm),
      end: Number.isNaN(now.co2Ppm) ? "unknown" : now.co2Ppm < now.endPpm ? "yes" : "no",
      seconds: this.#policy.levelSeconds,
      gapSeconds: 0,
    });
  }

  #riseReason(): Reason {
    const { risePpmPerSecond, riseSeconds } = this.#policy;
    return {
      code: "co2-rise",
      text: `Possible hidden fire: CO2 has risen by more than ${inWords(risePpmPerSecond)} ppm a second for ${inWords(riseSeconds)} s and stands at ${wholePpm(this.#lastPpm)} ppm.`,
      value: this.#lastSlope,
      limit: risePpmPerSecond,
      unit: "ppm/s",
      location: null,
    };
  }

  #levelReason(code: ReasonCode, limitPpm: number): Reason {
    const reading = `CO2 stands at ${wholePpm(this.#lastPpm)} ppm, the limit is ${inWords(limitPpm)} ppm`;
    return {
      code,
      text:
        code === "gas-hazard"
          ? `Do not enter without breathing apparatus: ${reading}.`
          : `Ventilate the room and find the source: ${reading}.`,
      value: this.#lastPpm,
      limit: limitPpm,
      unit: "ppm",
      location: null,
    };
  }
}

/** No CO2 sensor resolves less than 1 ppm: digits after the point would only claim what nobody knows. */
function wholePpm(ppm: number): string {
  return inWords(Math.round(ppm));
}
