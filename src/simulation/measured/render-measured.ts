import type { AirSample } from "#core/frames/air-sample.ts";
import { Random } from "#core/random.ts";
import { microsPerSecond } from "#core/time.ts";
import { AirProbe, airPeriodSeconds, type ProbedAir } from "../devices/air-probe.ts";
import { absoluteHumidity } from "../fire/humidity.ts";
import { Episode } from "../scenario/episode.ts";
import { type EpisodeEntry, renderEpisode } from "../scenario/render-episode.ts";
import { ambientCo2Ppm, type MeasuredCo2, measuredCo2Ppm } from "./measured-co2.ts";
import {
  type MeasuredFireSize,
  type MeasuredFireSizeOptions,
  measuredFireSize,
} from "./measured-fire-size.ts";
import { measuredScenario } from "./measured-scenario.ts";
import { withMeasuredCo2 } from "./with-measured-co2.ts";

/** How long a measured recording is quiet before ignition. */
export const quietSeconds = 60;
/** Longest recording: a day. */
export const measuredSecondsMax = 86_400;

/** An experiment of which something was measured. */
export interface MeasuredExperiment {
  /** Null where no heat release was measured: then only the air side runs. */
  readonly fire: Omit<MeasuredFireSizeOptions, "ignitionSeconds"> | null;
  /** Null where no CO2 was measured: then it is that of the modelled room. */
  readonly co2: MeasuredCo2 | null;
  readonly ignitionSeconds: number;
  readonly distanceMetres: number;
  readonly seed: number;
  /** Length of the recording, with `quietSeconds` before ignition; null to the end of what was measured. */
  readonly seconds: number | null;
}

/** A measured experiment ready to be rendered. */
export interface MeasuredRendering {
  readonly seconds: number;
  /** Null where only the air side runs. */
  readonly size: MeasuredFireSize | null;
  /** Pictures, readings and what is true; readings alone where only the air side runs. */
  entries(startMicros: number): Generator<EpisodeEntry, void, undefined>;
}

/** Air of an ordinary room before a fire, and where only CO2 is known. */
export const ordinaryCelsius = 21;
/** Its relative humidity. */
export const ordinaryHumidityPercent = 45;
const conditions = {
  insideCelsius: ordinaryCelsius,
  outsideCelsius: 10,
  humidityPercent: ordinaryHumidityPercent,
  co2Ppm: ambientCo2Ppm,
  outdoorCo2Ppm: ambientCo2Ppm,
  hourOfDay: 12,
} as const;

/** Makes ready to render an experiment as a camera and an air sensor beside it would have recorded it. */
export function measuredRendering(experiment: MeasuredExperiment): MeasuredRendering {
  const { fire, ignitionSeconds } = experiment;
  const measuredEnd = Math.max(fire?.heatRelease.endSeconds ?? 0, experiment.co2?.series.endSeconds ?? 0);
  const whole = Math.floor(measuredEnd - ignitionSeconds) + quietSeconds;
  const seconds = Math.min(measuredSecondsMax, Math.max(1, experiment.seconds ?? whole));
  const size = fire === null ? null : measuredFireSize({ ...fire, ignitionSeconds });
  return {
    seconds,
    size,
    entries: (startMicros) =>
      size === null
        ? airAlone(experiment, { seconds, startMicros })
        : picturesAndAir(experiment, { seconds, startMicros, kilowatts: size.kilowatts }),
  };
}

function* picturesAndAir(
  experiment: MeasuredExperiment,
  at: { readonly seconds: number; readonly startMicros: number; readonly kilowatts: readonly number[] },
): Generator<EpisodeEntry, void, undefined> {
  const { kilowatts, seconds, startMicros } = at;
  const { distanceMetres, seed } = experiment;
  const episode = new Episode({
    scenario: measuredScenario({ kilowatts, distanceMetres, igniteAtSeconds: quietSeconds }),
    seed,
    fire: "as-staged",
    flameRenderer: "plume",
    seconds,
    climate: conditions,
    background: "none",
  });
  const entries = renderEpisode(episode, { startMicros });
  const air = measuredAir(experiment);
  if (air === null) yield* entries;
  else yield* withMeasuredCo2(entries, { air, random: episode.random("air-sensor"), startMicros });
}

function* airAlone(
  experiment: MeasuredExperiment,
  at: { readonly seconds: number; readonly startMicros: number },
): Generator<EpisodeEntry, void, undefined> {
  const air = measuredAir(experiment);
  if (air === null) return;
  const probe = new AirProbe(new Random(experiment.seed), air(0));
  for (let second = 1; second <= at.seconds; second += 1) {
    probe.follow(air(second), 1);
    if (second % airPeriodSeconds !== 0) continue;
    const atMicros = at.startMicros + second * microsPerSecond;
    const sample: AirSample = probe.read(atMicros);
    yield { kind: "air", atMicros, sample };
  }
}

/** Measured CO2 in otherwise ordinary air, by seconds of the recording; null where none was measured. */
function measuredAir(experiment: MeasuredExperiment): ((seconds: number) => ProbedAir) | null {
  const { co2, ignitionSeconds } = experiment;
  if (co2 === null) return null;
  const ppmAt = measuredCo2Ppm(co2, ignitionSeconds);
  const vapour = absoluteHumidity(ordinaryCelsius, ordinaryHumidityPercent);
  return (seconds) => ({
    co2Ppm: ppmAt(ignitionSeconds - quietSeconds + seconds),
    celsius: ordinaryCelsius,
    vapour,
  });
}
