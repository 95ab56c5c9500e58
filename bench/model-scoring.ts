import { modelNote, openModel } from "#cli/open-model.ts";
import { badInput } from "#core/failure.ts";
import { FeatureExtractor } from "#core/features/feature-extractor.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";
import { installedModel } from "#edge/installed-model.ts";
import { loadFeatureKernel } from "#kernels/web-assembly-feature-kernel.ts";
import { renderedClip } from "./bench-clips.ts";
import { type FrameCost, measureRuns, type RunPlan } from "./measure-runs.ts";

/** Pictures of the clip: long enough for a background, a fire and its regions. */
const frameCount = 900;

/** Times that a pass goes through the clip's seconds, so that it lasts some tenths of a second. */
const roundsPerPass = 20;

/** The most regions that a device lets its model judge. */
const regionsMax = 4;

/** What a model costs on the way to the alarm: microseconds of CPU time are those of one second of watching. */
export interface ScoringCost {
  readonly note: string;
  readonly seconds: number;
  /** The seconds of a rendered fire as they are, those with a hot region. */
  readonly asTheyAre: FrameCost;
  /** The same seconds with their regions repeated to four, the most there can be. */
  readonly fourRegions: FrameCost;
}

/** Measures the shipped model, or the package named; throws `Failure` where there is none. */
export async function measureScoring(path: string | undefined, plan: RunPlan): Promise<ScoringCost> {
  const choice = await openModel({ values: { model: path }, switches: new Set() });
  const model = installedModel(choice);
  if (model === null) throw badInput("usage", "There is no model to measure: name one with --model FILE.");
  const seconds = burningSeconds();
  const pass = (scored: readonly FeatureSecond[]) => () => {
    for (let round = 0; round < roundsPerPass; round += 1)
      for (const second of scored) model.scorer.score(second);
    return roundsPerPass * scored.length;
  };
  return {
    note: modelNote(choice),
    seconds: seconds.length,
    asTheyAre: measureRuns(pass(seconds), plan),
    fourRegions: measureRuns(pass(seconds.map(crowded)), plan),
  };
}

function burningSeconds(): readonly FeatureSecond[] {
  const { frames } = renderedClip(frameCount);
  const { width, height } = frames[0]!;
  const seconds: FeatureSecond[] = [];
  const maps = { badPixels: null, mask: null, background: null };
  const options = { width, height, ...maps, kernel: loadFeatureKernel() };
  const extractor = new FeatureExtractor(options, (second) => {
    if (second.regions.length > 0) seconds.push(second);
  });
  for (const frame of frames) extractor.addFrame(frame);
  return seconds;
}

function crowded(second: FeatureSecond): FeatureSecond {
  const { regions } = second;
  return { ...second, regions: Array.from({ length: regionsMax }, (_, k) => regions[k % regions.length]!) };
}
