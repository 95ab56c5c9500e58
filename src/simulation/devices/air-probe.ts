import type { AirSample } from "#core/frames/air-sample.ts";
import type { Random } from "#core/random.ts";
import type { RoomAirState } from "../fire/room-air.ts";
import { relativeHumidityPercent } from "../fire/room-air.ts";

/** Time between readings of an SCD41 in periodic mode. */
export const airPeriodSeconds = 5;

/** First-order response times to 63 % (SCD4x data sheet: CO2 60 s, temperature 120 s, humidity 90 s). */
const co2ResponseSeconds = 60;
const temperatureResponseSeconds = 120;
const humidityResponseSeconds = 90;
/** Repeatability (SCD4x data sheet), taken as one standard deviation. */
const co2NoisePpm = 10;
const temperatureNoiseKelvin = 0.1;
const humidityNoisePercent = 0.4;
/** One unit's error, inside the data sheet's ±(50 ppm + 2.5 %), ±0.8 K and ±6 %. */
const co2BiasPpm = 20;
const temperatureBiasKelvin = 0.3;
const humidityBiasPercent = 1.5;
/** Range of the sensor's output. */
const highestCo2Ppm = 40_000;
/** A word of the sensor spans 175 K or 100 %. */
const temperatureSpanKelvin = 175;
const temperatureLowCelsius = -45;
const wordMax = 65_535;

/** The emulated SCD41: lags behind the air, adds its noise and bias, and rounds to what its words can say. */
export class AirProbe {
  readonly #random: Random;
  readonly #bias: { readonly co2: number; readonly temperature: number; readonly humidity: number };
  #co2Ppm: number;
  #celsius: number;
  #humidity: number;

  constructor(random: Random, air: RoomAirState) {
    this.#random = random;
    this.#bias = {
      co2: co2BiasPpm * random.normal(),
      temperature: temperatureBiasKelvin * random.normal(),
      humidity: humidityBiasPercent * random.normal(),
    };
    this.#co2Ppm = air.co2Ppm;
    this.#celsius = air.celsius;
    this.#humidity = relativeHumidityPercent(air);
  }

  /** Lets the sensor follow the air for a while. */
  follow(air: RoomAirState, seconds: number): void {
    this.#co2Ppm += (air.co2Ppm - this.#co2Ppm) * -Math.expm1(-seconds / co2ResponseSeconds);
    this.#celsius += (air.celsius - this.#celsius) * -Math.expm1(-seconds / temperatureResponseSeconds);
    const humidity = relativeHumidityPercent(air);
    this.#humidity += (humidity - this.#humidity) * -Math.expm1(-seconds / humidityResponseSeconds);
  }

  /** One reading. */
  read(sampledAtMicros: number): AirSample {
    const random = this.#random;
    const co2 = this.#co2Ppm + this.#bias.co2 + co2NoisePpm * random.normal();
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
