import type { ModelScores } from "#core/detection/second-scorer.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";
import type { ModelExplainer } from "#inference/model-explainer.ts";
import { ModelScorer } from "#inference/model-scorer.ts";
import type { Modality } from "#model-package/head.ts";
import type { ModelPackage } from "#model-package/model-package.ts";
import type { EpisodeTruth } from "#simulation/scenario/episode-truth.ts";
import { labelNames, numberColumnNames } from "../dataset/dataset-columns.ts";
import type { EpisodeRecipe, EpisodeRows } from "../dataset/episode-rows.ts";
import { type RenderMeans, renderRows, type SecondWatcher } from "../dataset/render-rows.ts";
import { AlarmArm } from "./alarm-arm.ts";
import { ContributionTally, explainerOf } from "./contribution-tally.ts";
import type { EpisodeJudgement, JudgedEpisode } from "./episode-judgement.ts";
import { type ArmSpec, evaluationArms, rulesArm } from "./evaluation-arms.ts";
import { MemberVotes } from "./member-votes.ts";
import { RememberedScores } from "./remembered-scores.ts";
import { absentScores, besideScore, memberScore, scoreNames } from "./row-answers.ts";
import { seenBy, withSiteKnowledge } from "./seen-second.ts";

/** Judges packages on episodes: renders each again and runs every arm over it, as on a device. */
export class EpisodeJudge {
  readonly #means: RenderMeans;
  readonly #scorers: readonly ModelScorer[];
  readonly #votes: MemberVotes;
  readonly #explainer: ModelExplainer | null;
  readonly #absent: ReadonlySet<string>;

  /** `packages`: one or more; the first is the one at issue. Throws as `ModelScorer` does. */
  constructor(packages: readonly ModelPackage[], means: RenderMeans) {
    this.#means = means;
    this.#scorers = packages.map((read) => new ModelScorer(read));
    this.#votes = new MemberVotes(packages[0]!);
    this.#explainer = explainerOf(packages[0]!);
    this.#absent = absentScores(packages.map(({ manifest }) => manifest));
  }

  /** One recipe, library and set of packages give one judgement. */
  judge(recipe: EpisodeRecipe): EpisodeJudgement {
    const run = new EpisodeRun({ scorers: this.#scorers, votes: this.#votes, explainer: this.#explainer });
    const rows = renderRows(recipe, {
      ...this.#means,
      watcher: (second, facts) => run.take(second, facts),
    });
    return run.judgement(rows, this.#absent);
  }
}

type Facts = Parameters<SecondWatcher>[1];
const sensorSets: readonly Modality[] = ["fused", "thermal-only", "air-only"];

class EpisodeRun {
  readonly #votes: MemberVotes;
  /** By package and sensors. */
  readonly #remembered: readonly (readonly RememberedScores[])[];
  readonly #arms: readonly { readonly spec: ArmSpec; readonly arm: AlarmArm }[];
  readonly #second: number[] = [];
  readonly #label: number[] = [];
  readonly #cooling: number[] = [];
  readonly #scores = new Map<string, number[]>();
  readonly #contributions: ContributionTally;

  constructor(of: {
    readonly scorers: readonly ModelScorer[];
    readonly votes: MemberVotes;
    readonly explainer: ModelExplainer | null;
  }) {
    const { scorers, votes, explainer } = of;
    this.#votes = votes;
    this.#contributions = new ContributionTally(explainer);
    this.#remembered = scorers.map((scorer) => sensorSets.map(() => new RememberedScores(scorer)));
    this.#arms = evaluationArms(scorers.length).map((spec) => {
      const model =
        spec.model === null ? null : this.#remembered[spec.model]![sensorSets.indexOf(spec.sensors)]!;
      return { spec, arm: new AlarmArm({ rules: spec.rules, model }) };
    });
  }

  take(second: FeatureSecond, { truth, hotPlaceOf }: Facts): void {
    const seen = sensorSets.map((sensors) => seenBy(second, sensors));
    const scores = this.#remembered.map((bySensors) => bySensors.map((one, k) => one.begin(seen[k]!)));
    let nearness = 0;
    for (const { spec, arm } of this.#arms) {
      const ofSensors = seen[sensorSets.indexOf(spec.sensors)]!;
      const known = spec.site === "known" ? withSiteKnowledge(ofSensors, hotPlaceOf) : ofSensors;
      const near = arm.evaluate(known, truth.seconds);
      if (spec.name === rulesArm) nearness = near;
    }
    if (second.vector === null) return;
    this.#note(truth);
    const [fused, thermal, air] = scores[0]!;
    sensorSets.forEach((sensors, k) => {
      // Before the air is known, picture and air are the picture alone.
      const said = scores[0]![k];
      if (said?.sensors === sensors) this.#contributions.take(seen[k]!, said, truth.label);
    });
    const foreign = new Set(withSiteKnowledge(second, hotPlaceOf).regions.map(({ trackId }) => trackId));
    this.#score(scoreNames.flaming, most(fused, "flaming"));
    this.#score(scoreNames.slowHeat, most(fused, "slowHeat"));
    this.#score(
      scoreNames.known,
      most(fused, "flaming", (id) => id === null || foreign.has(id)),
    );
    this.#score(scoreNames.thermal, most(thermal, "flaming"));
    this.#score(scoreNames.thermalSlowHeat, most(thermal, "slowHeat"));
    this.#score(scoreNames.air, orZero(air?.airBurning));
    this.#score(scoreNames.rules, nearness);
    const votes = this.#votes.of(second);
    for (const [k, name] of this.#votes.names.entries()) this.#score(memberScore(name), votes[k]!);
    scores.slice(1).forEach(([other], k) => {
      this.#score(besideScore(k + 1, "flaming"), most(other, "flaming"));
      this.#score(besideScore(k + 1, "slowHeat"), most(other, "slowHeat"));
    });
  }

  /** `absent`: scores that no package has a head for. */
  judgement(rows: EpisodeRows, absent: ReadonlySet<string>): EpisodeJudgement {
    const scores = [...this.#scores].map(([name, said]) => [name, absent.has(name) ? null : said]);
    return {
      about: aboutOf(rows),
      rows: {
        second: this.#second,
        label: this.#label,
        cooling: this.#cooling,
        scores: Object.fromEntries(scores),
      },
      arms: Object.fromEntries(this.#arms.map(({ spec, arm }) => [spec.name, arm.outcome])),
      contributions: this.#contributions.sums,
    };
  }

  #note(truth: EpisodeTruth): void {
    this.#second.push(truth.seconds);
    this.#label.push(labelNames.indexOf(truth.label));
    this.#cooling.push(truth.stage === "cooling" ? 1 : 0);
  }

  #score(name: string, value: number): void {
    const known = this.#scores.get(name);
    // Seven digits tell all that is told in ten times as many bytes.
    const rounded = Math.round(value * 1e7) / 1e7;
    if (known === undefined) this.#scores.set(name, [rounded]);
    else known.push(rounded);
  }
}

/** The largest probability of a second's regions; 0 where nothing is hot. */
function most(
  scores: ModelScores | null | undefined,
  of: "flaming" | "slowHeat",
  wanted: (trackId: number | null) => boolean = () => true,
): number {
  return (scores?.regions ?? []).reduce(
    (highest, region) => (wanted(region.trackId) ? Math.max(highest, orZero(region[of])) : highest),
    0,
  );
}

function orZero(value: number | undefined): number {
  return value === undefined || Number.isNaN(value) ? 0 : value;
}

function aboutOf({ words, numbers, rows, labels, numbersByRow }: EpisodeRows): JudgedEpisode {
  const orNull = (value: number) => (Number.isNaN(value) ? null : value);
  const count = (label: (typeof labelNames)[number]) =>
    labels.reduce((sum, code) => sum + (labelNames[code] === label ? 1 : 0), 0);
  const columns = numberColumnNames.length;
  const [at, secondAt] = ["fire_distance_m", "second"].map((name) => numberColumnNames.indexOf(name));
  const firstFlame = labels.findIndex((code) => labelNames[code] === "flaming");
  const numberAt = (row: number, column: number) => numbersByRow[row * columns + column]!;
  let distance = Number.NaN;
  for (let row = 0; row < rows; row += 1)
    if (!Number.isNaN(numberAt(row, at!))) {
      distance = numberAt(row, at!);
      break;
    }
  return {
    episode: numbers.episode,
    pair: numbers.pair,
    scenario: words.scenario,
    family: words.family,
    kind: words.kind,
    shows: words.shows,
    room: words.room,
    seed: numbers.seed,
    fire: words.fire,
    flameRenderer: words.flame_renderer,
    isHotProcess: numbers.is_hot_process === 1,
    seconds: numbers.length_s,
    igniteAt: numbers.ignite_at_s,
    firstVisibleAt: orNull(numbers.first_visible_heat_s),
    firstFlameAt: firstFlame < 0 ? null : numberAt(firstFlame, secondAt!),
    flamingSeconds: count("flaming"),
    slowHeatSeconds: count("slow-heat"),
    distanceMetres: words.fire === "lit" ? orNull(distance) : null,
  };
}
