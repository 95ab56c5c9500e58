import { FeatureExtractor } from "#core/features/feature-extractor.ts";
import { leptonHeight, leptonWidth, type ThermalFrame } from "#core/frames/thermal-frame.ts";
import { loadCameraLoops } from "#kernels/web-assembly-camera-loops.ts";
import { loadFeatureKernel } from "#kernels/web-assembly-feature-kernel.ts";
import { loadLens } from "#kernels/web-assembly-lens.ts";
import { Episode } from "#simulation/scenario/episode.ts";
import { type EpisodeEntry, renderEpisode } from "#simulation/scenario/render-episode.ts";
import { scenarioNamed } from "#simulation/scenario/scenario-library.ts";
import { type FrameCost, measureRuns, type RunPlan } from "./measure-runs.ts";

const startMicros = Date.UTC(2026, 0, 1) * 1_000;
const frameSeconds = 12 * 0.009434;
/** Frames of one pass, some 17 s. */
const passFrames = 150;
/** A fire is left to burn so long before anything is measured. */
const burnInSeconds = 20;
/** Long enough for all passes after ignition. */
const episodeSeconds = 1_200;

/** What rendering one scenario costs a frame, stage by stage: each holds the ones before. */
export interface SimulationCost {
  readonly scenario: string;
  /** Things, air and heat stepped, drawn and seen through the lens. */
  readonly radiance: FrameCost;
  /** With noise, counts, telemetry and the air sensor: what `renderEpisode` gives. */
  readonly camera: FrameCost;
  /** With the feature extractor behind it. */
  readonly features: FrameCost;
}

function episodeOf(name: string): Episode {
  return new Episode({
    scenario: scenarioNamed(name),
    seed: 7,
    seconds: episodeSeconds,
    fire: "as-staged",
    flameRenderer: "plume",
    makeLens: loadLens(),
  });
}

/** Pictures from some time after ignition on. */
function* framesOf(episode: Episode): Generator<ThermalFrame, void, undefined> {
  const fromMicros = startMicros + 1e6 * (episode.igniteAtSeconds + burnInSeconds);
  for (const entry of renderEpisode(episode, {
    startMicros,
    loops: loadCameraLoops(),
  }) as Iterable<EpisodeEntry>)
    if (entry.kind === "thermal" && entry.atMicros >= fromMicros) yield entry.frame;
}

function radianceCost(name: string, plan: RunPlan): FrameCost {
  const episode = episodeOf(name);
  let seconds = episode.igniteAtSeconds + burnInSeconds;
  return measureRuns(() => {
    for (let i = 0; i < passFrames; i += 1) {
      seconds += frameSeconds;
      episode.radianceAt(seconds);
    }
    return passFrames;
  }, plan);
}

function frameCost(name: string, plan: RunPlan, take: (frame: ThermalFrame) => void): FrameCost {
  const frames = framesOf(episodeOf(name));
  return measureRuns(() => {
    for (let i = 0; i < passFrames; i += 1) {
      const next = frames.next();
      if (next.done === true) throw new Error("The bench's episode is too short for its passes.");
      take(next.value);
    }
    return passFrames;
  }, plan);
}

/** Measures one scenario of the library. */
export function measureSimulation(name: string, plan: RunPlan): SimulationCost {
  const maps = { badPixels: null, mask: null, background: null };
  const options = { width: leptonWidth, height: leptonHeight, ...maps, kernel: loadFeatureKernel() };
  const extractor = new FeatureExtractor(options, () => {});
  return {
    scenario: name,
    radiance: radianceCost(name, plan),
    camera: frameCost(name, plan, () => {}),
    features: frameCost(name, plan, (frame) => void extractor.addFrame(frame)),
  };
}
