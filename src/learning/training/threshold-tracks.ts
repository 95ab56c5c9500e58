import { defaultModelPolicy } from "#core/detection/model-detector.ts";
import type { HeadName, Modality } from "#model-package/head.ts";
import { labelNames, regionColumn } from "../dataset/dataset-columns.ts";
import type { DatasetTable } from "../dataset/open-dataset.ts";
import type { TrackProbabilities, VoteRule } from "../ensemble/choose-threshold.ts";
import type { HeadRows } from "./head-table.ts";

/** The vote of the device's model detector for a head: its threshold is chosen for that. */
export function voteRuleOf(head: { readonly name: HeadName; readonly modality: Modality }): VoteRule {
  const policy = defaultModelPolicy;
  if (head.modality === "air-only") return { seconds: policy.airSeconds, ofSeconds: policy.airOfSeconds };
  return head.name === "flaming"
    ? { seconds: policy.flamingSeconds, ofSeconds: policy.flamingOfSeconds }
    : { seconds: policy.slowHeatSeconds, ofSeconds: policy.slowHeatOfSeconds };
}

/**
 * Share of the episodes without fire that a head's vote may answer yes. Flaming raises the alarm: 2 %, a goal of the
 * product. Slow heat and air raise a prealarm, which asks somebody to look and goes away by itself: 5 %, because of two
 * hot things the model is to name the one that burns, and a smouldering fire that is told of nowhere costs more than a
 * look.
 */
export function falseEpisodesMax(head: { readonly name: HeadName; readonly modality: Modality }): number {
  return head.name === "flaming" && head.modality !== "air-only" ? 0.02 : 0.05;
}

/**
 * The probabilities of a head's rows as sequences of one region of one episode. Rows in a declared hot place are left
 * out (they are context's business); what an episode without the head's kind of fire says before, during or after
 * another fire was left out when the rows were chosen.
 */
export function tracksOf(
  rows: HeadRows,
  probabilities: Float64Array,
  data: DatasetTable,
): readonly TrackProbabilities[] {
  const burning = new Set<number>();
  const none = labelNames.indexOf("none");
  for (let second = 0; second < data.rows; second += 1)
    if (data.labels[second] !== none) burning.add(data.groups[second]!);
  const tracks = new Map<string, { episode: number; isFire: boolean; probabilities: number[] }>();
  rows.seconds.forEach((second, row) => {
    const region = rows.regions[row]!;
    const fact = (name: string): number =>
      region < 0 ? Number.NaN : data.numbers.get(regionColumn(region, name))![second]!;
    if (fact("hot_place") === 1) return;
    const episode = data.groups[second]!;
    const isPositive = rows.table.labels[row] === 1;
    // Before its fire, and of its other regions, an episode with fire is judged as one without, under a number of its own.
    const owner = !isPositive && burning.has(episode) ? -1 - episode : episode;
    const key = `${owner}/${fact("track")}`;
    const track = tracks.get(key) ?? { episode: owner, isFire: isPositive, probabilities: [] };
    track.probabilities.push(probabilities[row]!);
    tracks.set(key, track);
  });
  return [...tracks.values()];
}
