import { type ArmFigures, fireClassOf, timeFigures, toldAt } from "./alarm-figures.ts";
import type { EpisodeJudgement } from "./episode-judgement.ts";
import { installedArm, strangerArm } from "./evaluation-arms.ts";
import { scoreNames } from "./judge-episode.ts";
import type { rowFigures } from "./row-figures.ts";

/** Something that the product wants to reach, and what was found. */
export interface Goal {
  readonly goal: string;
  readonly found: string;
  /** Null when too little was judged to say. */
  readonly isMet: boolean | null;
}

/** Fires in a pan, whose time to alarm has a goal by distance. */
const panFamilies = ["heptane", "spirits", "decalin"];
/** A pan fire counts as one at 12 m, or at 25 m, within these distances, metres. */
const near = [9, 15] as const;
const far = [20, 30] as const;
/** With fewer visible fires the goal of none missed proves nothing. */
const visibleFiresMin = 300;
const nuisanceShareMax = 0.02;
/** With none of fewer episodes alarming, the 95 % bound of the share is still above the goal (0.95 = 0.98^149). */
const nuisancesMin = 149;
/** Fewer times have no 95th percentile to speak of. */
const timesMin = 20;

/** Judges the goals on the whole; nothing is chosen by them. */
export function judgeGoals(found: {
  readonly judged: readonly EpisodeJudgement[];
  readonly rows: ReturnType<typeof rowFigures>;
  readonly arms: readonly ArmFigures[];
}): readonly Goal[] {
  const installed = found.arms.find(({ arm }) => arm === installedArm)!;
  const stranger = found.arms.find(({ arm }) => arm === strangerArm)!;
  const visible = found.rows["fire, from first visible heat"][scoreNames.flaming]!;
  const ignition = found.rows["fire, from ignition"][scoreNames.flaming]!;
  const { flaming } = installed.fires;
  const cold = stranger.coldNuisances;
  const yearly = installed.alarmsPerCameraYear;
  return [
    {
      goal: "ROC AUC by row of at least .99 from first visible heat",
      found: `${visible.rocAuc.value.toFixed(4)} (95 %: ${visible.rocAuc.low.toFixed(4)} to ${visible.rocAuc.high.toFixed(4)}); from ignition ${ignition.rocAuc.value.toFixed(4)}`,
      isMet: Number.isNaN(visible.rocAuc.value) ? null : visible.rocAuc.value >= 0.99,
    },
    {
      goal: `no visible flaming fire of at least ${visibleFiresMin} missed`,
      found: `${flaming.missed} of ${flaming.episodes} missed (95 %: at most ${percent(flaming.missedShareUpper)})`,
      isMet: flaming.missed > 0 ? false : flaming.episodes >= visibleFiresMin ? true : null,
    },
    {
      goal: "at most 2 % of the nuisance episodes outside of declared hot zones alarm",
      found: `${cold.alarmed} of ${cold.episodes} (95 %: at most ${percent(cold.alarmedShareUpper)}), by a device that knows no hot place`,
      isMet:
        cold.alarmed > nuisanceShareMax * cold.episodes ? false : cold.episodes < nuisancesMin ? null : true,
    },
    panGoal(found.judged, { metres: near, seconds: 10, name: "12 m" }),
    panGoal(found.judged, { metres: far, seconds: 30, name: "25 m" }),
    slowGoal(found.judged),
    {
      goal: "at most 1 false alarm in a camera-year of the table of events, as installed",
      found: `${yearly.perCameraYear.toFixed(2)} (95 %: at most ${yearly.upper.toFixed(1)}) from families with ${yearly.judgedEventsPerYear} events a year; without knowledge of the site ${stranger.alarmsPerCameraYear.perCameraYear.toFixed(2)} (at most ${stranger.alarmsPerCameraYear.upper.toFixed(1)}); not judged: ${yearly.unjudgedFamilies.join(", ") || "none"}`,
      isMet: Number.isNaN(yearly.upper)
        ? null
        : yearly.perCameraYear > 1
          ? false
          : yearly.upper <= 1
            ? true
            : null,
    },
  ];
}

function panGoal(
  judged: readonly EpisodeJudgement[],
  limits: {
    readonly metres: readonly [from: number, to: number];
    readonly seconds: number;
    readonly name: string;
  },
): Goal {
  const own = judged.filter(({ about }) => {
    const metres = about.distanceMetres ?? Number.NaN;
    const isThere = metres >= limits.metres[0] && metres < limits.metres[1];
    return isThere && panFamilies.includes(about.family) && fireClassOf(about) === "flaming";
  });
  const times = timeFigures(
    own.map(({ about, arms }) => {
      const { alarm } = toldAt(about, arms[installedArm]!);
      return alarm === null || about.firstFlameAt === null
        ? Number.POSITIVE_INFINITY
        : alarm - about.firstFlameAt;
    }),
  );
  const p95 = times.p95Seconds;
  return {
    goal: `p95 from first visible flame to alarm of at most ${limits.seconds} s for a pan fire at about ${limits.name}`,
    found: own.length === 0 ? "no such fire was judged" : `${p95 ?? "not reached"} s (${own.length} fires)`,
    isMet:
      p95 !== null && p95 <= limits.seconds
        ? own.length < timesMin
          ? null
          : true
        : own.length === 0
          ? null
          : false,
  };
}

function slowGoal(judged: readonly EpisodeJudgement[]): Goal {
  const own = judged.filter(({ about }) => fireClassOf(about) === "slow heat");
  const early = own.filter(({ about, arms }) => {
    const { prealarm } = toldAt(about, arms[strangerArm]!);
    return prealarm !== null && prealarm - about.igniteAt <= (about.seconds - about.igniteAt) / 2;
  }).length;
  return {
    goal: "prealarm before half of a slow fire's time in the episode, where no hot place is declared",
    found: own.length === 0 ? "no such fire was judged" : `${early} of ${own.length}`,
    isMet: own.length === 0 ? null : early === own.length,
  };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
