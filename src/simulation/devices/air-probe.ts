import type { AirSample } from "#core/frames/air-sample.ts";
import type { Random } from "#core/random.ts";
import { relativeHumidityPercent } from "../fire/humidity.ts";
import type { LocalAir } from "../fire/local-air.ts";
import type { Point } from "../scene/pinhole-camera.ts";
import type { RoomSpace } from "../scene/room-layout.ts";

/** Time between readings of an SCD41 in periodic mode. */
export const airPeriodSeconds = 5;

/** First-order response times to 63 % (SCD4x data sheet: CO2 60 s, temperature 120 s, humidity 90 s). */
const co2ResponseSeconds = 60;
const temperatureResponseSeconds = 120;
const humidityResponseSeconds = 90;
/** The air inside a slotted housing follows that outside within this time to 63 %; drawn for each unit (assumed). */
const shortestHousingSeconds = 8;
const longestHousingSeconds = 25;
/** Air of an occupied room moves at about this speed (ISO 7730: drafts begin at 0.15 to 0.2 m/s); a ceiling jet is faster (assumed). */
const roomAirMetresPerSecond = 0.15;
const ceilingAirMetresPerSecond = 0.5;
const ceilingShare = 0.12;
/** Longest delay that is kept. */
const transportSecondsMax = 300;
/** Airs on their way at most: those of the longest delay at ten a second. */
const airsUnderWayMax = 10 * transportSecondsMax + 2;
/** Repeatability (SCD4x data sheet), taken as one standard deviation. */
const co2NoisePpm = 10;
const temperatureNoiseKelvin = 0.1;
const humidityNoisePercent = 0.4;
/**
 * One unit's error: normal, cut off at the data sheet's limits of ±(50 ppm + 2.5 %), ±0.8 K and ±6 %, of which the
 * deviation is 0.4, 0.375 and 0.25 (assumed).
 */
const co2Offset: UnitError = { deviation: 20, limit: 50 };
const co2Gain: UnitError = { deviation: 0.01, limit: 0.025 };
const temperatureOffset: UnitError = { deviation: 0.3, limit: 0.8 };
const humidityOffset: UnitError = { deviation: 1.5, limit: 6 };
/** Range of the sensor's output. */
const highestCo2Ppm = 40_000;
/** A word of the sensor spans 175 K or 100 %. */
const temperatureSpanKelvin = 175;
const temperatureLowCelsius = -45;
const wordMax = 65_535;

/** How much one unit errs, and at most. */
interface UnitError {
  readonly deviation: number;
  readonly limit: number;
}

function drawn({ deviation, limit }: UnitError, random: Random): number {
  return Math.max(-limit, Math.min(limit, deviation * random.normal()));
}

/** What of the air an SCD41 measures. */
export type ProbedAir = Pick<LocalAir, "co2Ppm" | "celsius" | "vapour">;

/** How an air sensor hangs in its room. */
export interface AirProbePlace {
  /** How long the air takes to it from where it mixes; 0 by default, at most 300 s. */
  readonly transportSeconds?: number;
}

/**
 * How long a room's air takes to a place on its wall or ceiling from the middle of the room: with the ceiling jet where
 * it hangs in the uppermost 12 % of the height, else with the slow air of a room.
 */
export function transportSecondsTo(place: Point, space: RoomSpace): number {
  const middleX = (space.leftX + space.rightX) / 2;
  const way = Math.hypot(place.x - middleX, place.z - space.depth / 2);
  const isAtCeiling = place.y > (1 - ceilingShare) * space.height;
  const speed = isAtCeiling ? ceilingAirMetresPerSecond : roomAirMetresPerSecond;
  return Math.min(transportSecondsMax, way / speed);
}

/** Air that has left where it mixes and is on its way to the sensor. */
interface AirUnderWay {
  readonly leftAtSeconds: number;
  readonly air: ProbedAir;
}

/**
 * The emulated SCD41: gets the air late by its way through the room, lags behind it by its housing and its own response,
 * adds its noise and bias, and rounds to what its words can say.
 */
export class AirProbe {
  readonly #random: Random;
  readonly #bias: {
    readonly co2: number;
    readonly co2Gain: number;
    readonly temperature: number;
    readonly humidity: number;
  };
  readonly #housingSeconds: number;
  readonly #transportSeconds: number;
  readonly #underWay: AirUnderWay[];
  #seconds = 0;
  #housing: ProbedAir;
  #co2Ppm: number;
  #celsius: number;
  #humidity: number;

  constructor(random: Random, air: ProbedAir, place: AirProbePlace = {}) {
    this.#random = random;
    this.#bias = {
      co2: drawn(co2Offset, random),
      co2Gain: drawn(co2Gain, random),
      temperature: drawn(temperatureOffset, random),
      humidity: drawn(humidityOffset, random),
    };
    this.#housingSeconds = random.between(shortestHousingSeconds, longestHousingSeconds);
    this.#transportSeconds = Math.min(transportSecondsMax, place.transportSeconds ?? 0);
    const { co2Ppm, celsius, vapour } = air;
    this.#housing = { co2Ppm, celsius, vapour };
    this.#underWay = [{ leftAtSeconds: 0, air: this.#housing }];
    this.#co2Ppm = air.co2Ppm;
    this.#celsius = air.celsius;
    this.#humidity = relativeHumidityPercent(air);
  }

  /** Lets the sensor follow the air for a while: `air` is what the room has at the end of it. */
  follow(air: ProbedAir, seconds: number): void {
    this.#seconds += seconds;
    this.#send(air);
    const outside = this.#arriving();
    const inHousing = this.#housing;
    const entered = -Math.expm1(-seconds / this.#housingSeconds);
    const housing = {
      co2Ppm: inHousing.co2Ppm + (outside.co2Ppm - inHousing.co2Ppm) * entered,
      celsius: inHousing.celsius + (outside.celsius - inHousing.celsius) * entered,
      vapour: inHousing.vapour + (outside.vapour - inHousing.vapour) * entered,
    };
    this.#housing = housing;
    this.#co2Ppm += (housing.co2Ppm - this.#co2Ppm) * -Math.expm1(-seconds / co2ResponseSeconds);
    this.#celsius += (housing.celsius - this.#celsius) * -Math.expm1(-seconds / temperatureResponseSeconds);
    const humidity = relativeHumidityPercent(housing);
    this.#humidity += (humidity - this.#humidity) * -Math.expm1(-seconds / humidityResponseSeconds);
  }

  #send({ co2Ppm, celsius, vapour }: ProbedAir): void {
    this.#underWay.push({ leftAtSeconds: this.#seconds, air: { co2Ppm, celsius, vapour } });
    const arrived = this.#seconds - this.#transportSeconds;
    // What left before the newest that has arrived is past; above the limit the oldest counts as arrived early.
    while (
      this.#underWay.length > 1 &&
      (this.#underWay[1]!.leftAtSeconds <= arrived || this.#underWay.length > airsUnderWayMax)
    )
      this.#underWay.shift();
  }

  /** The air that reaches the housing now, between the two that left just before and after. */
  #arriving(): ProbedAir {
    const [before, after] = this.#underWay as [AirUnderWay, AirUnderWay | undefined];
    if (after === undefined) return before.air;
    const arrived = this.#seconds - this.#transportSeconds - before.leftAtSeconds;
    const share = Math.min(1, Math.max(0, arrived / (after.leftAtSeconds - before.leftAtSeconds)));
    const mix = (one: number, other: number) => one + share * (other - one);
    return {
      co2Ppm: mix(before.air.co2Ppm, after.air.co2Ppm),
      celsius: mix(before.air.celsius, after.air.celsius),
      vapour: mix(before.air.vapour, after.air.vapour),
    };
  }

  /** One reading. */
  read(sampledAtMicros: number): AirSample {
    const random = this.#random;
    const co2 = (1 + this.#bias.co2Gain) * this.#co2Ppm + this.#bias.co2 + co2NoisePpm * random.normal();
    const celsius = this.#celsius + this.#bias.temperature + temperatureNoiseKelvin * random.normal();
    const humidity = this.#humidity + this.#bias.humidity + humidityNoisePercent * random.normal();
    return {
      sampledAtMicros,
      co2Ppm: Math.round(Math.min(highestCo2Ppm, Math.max(1, co2))),
      temperatureCelsius:
        temperatureLowCelsius +
        temperatureSpanKelvin * toWord((celsius - temperatureLowCelsius) / temperatureSpanKelvin),
      humidityPercent: 100 * toWord(humidity / 100),
    };
  }
}

/** Rounds a share of the sensor's span to what a 16-bit word can say. */
function toWord(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * wordMax) / wordMax;
}
