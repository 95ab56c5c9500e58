import { type ArmFigures, fireClassOf, timeFigures, toldAt } from "./alarm-figures.ts";
import type { EpisodeJudgement } from "./episode-judgement.ts";
import { installedArm, strangerArm } from "./evaluation-arms.ts";
import { isNamedTestFire, panMetres, panToleranceMetres } from "./named-test-fires.ts";
import { modelAnswerer } from "./row-answers.ts";
import type { rowFigures } from "./row-figures.ts";

/** Something that the product wants to reach, and what was found. */
export interface Goal {
  readonly goal: string;
  readonly found: string;
  /** Null when too little was judged to say. */
  readonly isMet: boolean | null;
}

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
  /** Named test fires, which stand in no other figure. */
  readonly named: readonly EpisodeJudgement[];
  readonly rows: ReturnType<typeof rowFigures>;
  readonly arms: readonly ArmFigures[];
}): readonly Goal[] {
  const installed = found.arms.find(({ arm }) => arm === installedArm)!;
  const stranger = found.arms.find(({ arm }) => arm === strangerArm)!;
  const { flaming } = installed.fires;
  const cold = stranger.coldNuisances;
  return [
    areaGoal(found.rows),
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
    panGoal(found.named, { metres: panMetres.near, seconds: 10 }),
    panGoal(found.named, { metres: panMetres.far, seconds: 30 }),
    slowGoal(found.named, "TF2"),
    slowGoal(found.named, "TF3"),
    slowGoal(found.judged, "all slow"),
    yearlyGoal(installed, stranger),
  ];
}

function areaGoal(rows: ReturnType<typeof rowFigures>): Goal {
  const goal = "ROC AUC by row of at least .99 from first visible heat (and from ignition beside it)";
  const { figures: visible, by } = rows["fire, from first visible heat"][modelAnswerer]!;
  const { figures: ignition } = rows["fire, from ignition"][modelAnswerer]!;
  if (visible === null || ignition === null) return { goal, found: by, isMet: null };
  const { value, low, high } = visible.rocAuc;
  return {
    goal,
    found: `${value.toFixed(4)} (95 %: ${low.toFixed(4)} to ${high.toFixed(4)}); from ignition ${ignition.rocAuc.value.toFixed(4)}; answered by ${by}`,
    isMet: Number.isNaN(value) || visible.fireEpisodes < timesMin ? null : value >= 0.99,
  };
}

function yearlyGoal(installed: ArmFigures, stranger: ArmFigures): Goal {
  const yearly = installed.alarmsPerCameraYear;
  const { perCameraYear, upper, families } = yearly;
  const least = families.toSorted((a, b) => a.cameraYears - b.cameraYears)[0];
  const judged = families.reduce((sum, { events }) => sum + events, 0);
  const worth =
    least === undefined
      ? ""
      : `; judged were ${judged} events, in the least judged family (${least.family}) ${least.cameraYears.toPrecision(2)} camera-years' worth; for a bound of 1 with no false alarm every family needs 3.0 camera-years' worth, ${yearly.eventsForOneAYear} episodes in all`;
  return {
    goal: "at most 1 false alarm in a camera-year of the table of events, as installed",
    found: `${perCameraYear.toFixed(2)} (95 %: at most ${upper.toFixed(1)}) from families with ${yearly.judgedEventsPerYear} events a year; without knowledge of the site ${stranger.alarmsPerCameraYear.perCameraYear.toFixed(2)} (at most ${stranger.alarmsPerCameraYear.upper.toFixed(1)}); not judged: ${yearly.unjudgedFamilies.join(", ") || "none"}${worth}`,
    isMet: Number.isNaN(upper) ? null : perCameraYear > 1 ? false : upper <= 1 ? true : null,
  };
}

function panGoal(
  named: readonly EpisodeJudgement[],
  limits: { readonly metres: number; readonly seconds: number },
): Goal {
  const own = named.filter(({ about }) => {
    const isThere = Math.abs((about.distanceMetres ?? Number.NaN) - limits.metres) <= panToleranceMetres;
    return isThere && about.family === "heptane" && fireClassOf(about) === "flaming";
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
    goal: `p95 from first visible flame to alarm of at most ${limits.seconds} s for a pan of 0.33 m (TF5) at ${limits.metres} m`,
    found:
      own.length === 0
        ? "no such fire was judged (a suite holds them)"
        : `${p95 === null ? "not reached" : `${p95} s`} (${times.reached} of ${own.length} fires told of; a family and rooms that training may know)`,
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

/** Slow fires with a goal: a named test fire, or all of the judged families. */
const slowFires = {
  TF2: { name: "a smouldering wood fire (TF2)", isOne: (scenario: string) => scenario.startsWith("tf2-") },
  TF3: { name: "a glowing cotton fire (TF3)", isOne: (scenario: string) => scenario.startsWith("tf3-") },
  "all slow": {
    name: "any slow fire of an unseen family",
    isOne: (scenario: string) => !isNamedTestFire(scenario),
  },
} as const;

function slowGoal(judged: readonly EpisodeJudgement[], which: keyof typeof slowFires): Goal {
  const { name, isOne } = slowFires[which];
  // A smouldering fire that bursts into flame in the end was a slow one before.
  const own = judged.filter(
    ({ about }) =>
      isOne(about.scenario) &&
      (which === "all slow" ? fireClassOf(about) === "slow heat" : fireClassOf(about) !== null),
  );
  const early = own.flatMap(({ about, arms }) => {
    const { prealarm } = toldAt(about, arms[strangerArm]!);
    const isEarly = prealarm !== null && prealarm - about.igniteAt <= (about.seconds - about.igniteAt) / 2;
    return isEarly ? [{ about, prealarm }] : [];
  });
  // A hot plate under smouldering wood is seen long before the wood: what answered is told apart.
  const seen = early.filter(
    ({ about, prealarm }) => about.firstVisibleAt !== null && prealarm >= about.firstVisibleAt,
  ).length;
  const known = which === "all slow" ? "" : "; a family and rooms that training may know";
  return {
    goal: `prealarm before half of the time that ${name} has in its episode, where no hot place is declared`,
    found:
      own.length === 0
        ? "no such fire was judged"
        : `${early.length} of ${own.length}, ${seen} of them when heat of the fuel itself was in view by the labels${known}`,
    isMet: early.length < own.length ? false : own.length < timesMin ? null : true,
  };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
