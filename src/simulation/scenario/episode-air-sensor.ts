import type { AirSample } from "#core/frames/air-sample.ts";
import type { ChannelSample } from "#core/frames/channel-sample.ts";
import { AirProbe, airPeriodSeconds, transportSecondsTo } from "../devices/air-probe.ts";
import type { SensirionAir } from "../devices/emulated-sensirion-air.ts";
import {
  celsiusToTicks,
  humidityToTicks,
  ticksToCelsius,
  ticksToPercent,
} from "../devices/emulated-sensirion-words.ts";
import { SmokeProbe } from "../devices/smoke-probe.ts";
import { relativeHumidityPercent } from "../fire/humidity.ts";
import type { Episode } from "./episode.ts";

/** The air sensors beside the camera of an episode, as both ways of rendering it make one. */
export class EpisodeAirSensor {
  readonly #episode: Episode;
  readonly #probe: AirProbe;
  readonly #smoke: SmokeProbe;
  /** A reading without the sensors' own faults, of the air as the episode begins. */
  readonly atStart: SensirionAir;

  constructor(episode: Episode) {
    const air = episode.airAt(0);
    this.#episode = episode;
    this.#probe = new AirProbe(episode.random("air-sensor"), air, {
      transportSeconds: transportSecondsTo(episode.airSensorPlace, episode.space),
    });
    this.#smoke = new SmokeProbe(episode.random("smoke-sensor"), air);
    this.atStart = {
      co2Ppm: air.co2Ppm,
      temperatureCelsius: air.celsius,
      humidityPercent: relativeHumidityPercent(air),
    };
  }

  /** One measurement, `seconds` after the episode began: asked for every 5 s. */
  measure(seconds: number, sampledAtMicros: number): AirSample {
    this.#probe.follow(this.#episode.airAt(seconds), airPeriodSeconds);
    const { co2Ppm, temperatureCelsius, humidityPercent } = this.#probe.read(sampledAtMicros);
    // What the chip's words say is what its driver calculates of them, to the last bit.
    return {
      sampledAtMicros,
      co2Ppm,
      temperatureCelsius: ticksToCelsius(celsiusToTicks(temperatureCelsius)),
      humidityPercent: ticksToPercent(humidityToTicks(humidityPercent)),
    };
  }

  /** Carbon monoxide and particles at the time of a measurement. */
  measureSmoke(seconds: number, micros: number): readonly ChannelSample[] {
    return this.#smoke.measure(this.#episode.airAt(seconds), { seconds: airPeriodSeconds, micros });
  }
}
