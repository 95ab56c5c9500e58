import type { ArmOutcome } from "./alarm-arm.ts";
import { poissonUpperBound, shareUpperBound } from "./episode-bootstrap.ts";
import type { EpisodeJudgement, JudgedEpisode } from "./episode-judgement.ts";
import { type WeightedRate, weightedRate } from "./event-rates.ts";

/** What a fire showed: what is asked of a detector depends on it. */
export type FireClass = "flaming" | "slow heat" | "hidden" | "too short";

/** A fire is missed only when it had this long to be found. */
export const flamingSecondsMin = 20;
/** See `flamingSecondsMin`. */
export const slowHeatSecondsMin = 60;

/** The class of a lit episode, by what was to be seen of its fire; null for an episode without fire. */
export function fireClassOf(about: JudgedEpisode): FireClass | null {
  if (about.fire !== "lit") return null;
  if (about.shows === "hidden") return "hidden";
  if (about.flamingSeconds >= flamingSecondsMin) return "flaming";
  return about.slowHeatSeconds >= slowHeatSecondsMin ? "slow heat" : "too short";
}

/** Times of many episodes; an episode in which it never came to that counts as infinitely late. Null: not reached. */
export interface TimeFigures {
  readonly episodes: number;
  readonly reached: number;
  readonly medianSeconds: number | null;
  readonly p95Seconds: number | null;
  /** All, ascending, for plots; those not reached left out. */
  readonly seconds: readonly number[];
}

/** What an arm made of the fires of one class. */
export interface FireFigures {
  readonly episodes: number;
  /** Alarmed before the fire: no detection, and a false alarm. */
  readonly alarmedBefore: number;
  readonly alarmed: number;
  readonly prealarmed: number;
  /** Neither prealarm nor alarm. */
  readonly unnoticed: number;
  /** Without an alarm, and the 95 % upper bound of their share. */
  readonly missed: number;
  readonly missedShareUpper: number;
  readonly alarmAfterIgnition: TimeFigures;
  readonly prealarmAfterIgnition: TimeFigures;
  readonly alarmAfterVisible: TimeFigures;
  readonly prealarmAfterVisible: TimeFigures;
}

/** What an arm made of episodes in which nothing burns. */
export interface QuietFigures {
  readonly episodes: number;
  readonly seconds: number;
  readonly alarmed: number;
  readonly alarmedShareUpper: number;
  readonly prealarmed: number;
  /** Alarms in the time that was judged, and the 95 % upper bound of their rate. */
  readonly alarmsPerCameraDay: number;
  readonly alarmsPerCameraDayUpper: number;
}

/** One family of episodes without fire. */
export interface FamilyFigures extends QuietFigures {
  readonly family: string;
  readonly isHotProcess: boolean;
}

/** All that is counted for an arm. */
export interface ArmFigures {
  readonly arm: string;
  readonly fires: Readonly<Record<FireClass, FireFigures>>;
  /** Nuisances, quiet rooms and unlit twins together. */
  readonly withoutFire: QuietFigures;
  readonly nuisances: QuietFigures;
  readonly coldNuisances: QuietFigures;
  readonly families: readonly FamilyFigures[];
  readonly alarmsPerCameraYear: WeightedRate;
  readonly prealarmsPerCameraYear: WeightedRate;
}

const fireClasses: readonly FireClass[] = ["flaming", "slow heat", "hidden", "too short"];
const secondsPerDay = 86_400;

/** Counts what an arm made of the episodes. */
export function armFigures(arm: string, judged: readonly EpisodeJudgement[]): ArmFigures {
  const fires = fireClasses.map((name) => [
    name,
    fireFigures(
      arm,
      judged.filter(({ about }) => fireClassOf(about) === name),
    ),
  ]);
  const withoutFire = judged.filter(({ about }) => about.fire !== "lit");
  const nuisances = withoutFire.filter(({ about }) => about.kind === "nuisance");
  const names = [
    ...new Set(withoutFire.filter(({ about }) => about.kind !== "fire").map(({ about }) => about.family)),
  ];
  const families = names.sort().map((family) => {
    const own = withoutFire.filter(({ about }) => about.family === family);
    return { family, isHotProcess: own.some(({ about }) => about.isHotProcess), ...quietFigures(arm, own) };
  });
  const counted = (wrong: "alarmed" | "prealarmed") =>
    weightedRate(families.map((one) => ({ family: one.family, events: one.episodes, wrong: one[wrong] })));
  return {
    arm,
    fires: Object.fromEntries(fires) as Record<FireClass, FireFigures>,
    withoutFire: quietFigures(arm, withoutFire),
    nuisances: quietFigures(arm, nuisances),
    coldNuisances: quietFigures(
      arm,
      nuisances.filter(({ about }) => !about.isHotProcess),
    ),
    families,
    alarmsPerCameraYear: counted("alarmed"),
    prealarmsPerCameraYear: counted("prealarmed"),
  };
}

/** When a fire was told of: the first prealarm (or alarm) and the alarm from its ignition on; null when never. */
export function toldAt(
  about: JudgedEpisode,
  outcome: ArmOutcome,
): { readonly prealarm: number | null; readonly alarm: number | null; readonly before: "alarm" | "nothing" } {
  const alarmedBefore = outcome.alarmAt !== null && outcome.alarmAt < about.igniteAt;
  if (alarmedBefore) return { prealarm: null, alarm: null, before: "alarm" };
  const { alarmAt } = outcome;
  const prealarms = outcome.prealarmsAt.filter((at) => at >= about.igniteAt);
  const first = Math.min(...prealarms, alarmAt ?? Number.POSITIVE_INFINITY);
  return { prealarm: Number.isFinite(first) ? first : null, alarm: alarmAt, before: "nothing" };
}

function fireFigures(arm: string, judged: readonly EpisodeJudgement[]): FireFigures {
  const told = judged.map(({ about, arms }) => ({ about, ...toldAt(about, arms[arm]!) }));
  const after = (which: "prealarm" | "alarm", from: (about: JudgedEpisode) => number | null): TimeFigures =>
    timeFigures(
      told.map((one) => {
        const start = from(one.about);
        const at = one[which];
        return start === null || at === null ? Number.POSITIVE_INFINITY : at - start;
      }),
    );
  const ignition = ({ igniteAt }: JudgedEpisode) => igniteAt;
  const visible = (about: JudgedEpisode) =>
    fireClassOf(about) === "flaming" ? about.firstFlameAt : about.firstVisibleAt;
  const alarmed = told.filter(({ alarm }) => alarm !== null).length;
  const prealarmed = told.filter(({ prealarm }) => prealarm !== null).length;
  return {
    episodes: told.length,
    alarmedBefore: told.filter(({ before }) => before === "alarm").length,
    alarmed,
    prealarmed,
    unnoticed: told.length - prealarmed,
    missed: told.length - alarmed,
    missedShareUpper: shareUpperBound(told.length - alarmed, told.length),
    alarmAfterIgnition: after("alarm", ignition),
    prealarmAfterIgnition: after("prealarm", ignition),
    alarmAfterVisible: after("alarm", visible),
    prealarmAfterVisible: after("prealarm", visible),
  };
}

/** Figures of times; infinity is "never". */
export function timeFigures(times: readonly number[]): TimeFigures {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number | null => {
    const value = sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
    return value === undefined || !Number.isFinite(value) ? null : value;
  };
  const seconds = sorted.filter(Number.isFinite);
  return {
    episodes: sorted.length,
    reached: seconds.length,
    medianSeconds: at(0.5),
    p95Seconds: at(0.95),
    seconds,
  };
}

function quietFigures(arm: string, judged: readonly EpisodeJudgement[]): QuietFigures {
  const outcomes = judged.map(({ arms }) => arms[arm]!);
  const seconds = judged.reduce((sum, { about }) => sum + about.seconds, 0);
  const alarmed = outcomes.filter(({ alarmAt }) => alarmAt !== null).length;
  const days = seconds / secondsPerDay;
  return {
    episodes: judged.length,
    seconds,
    alarmed,
    alarmedShareUpper: shareUpperBound(alarmed, judged.length),
    prealarmed: outcomes.filter(({ alarmAt, prealarmsAt }) => alarmAt !== null || prealarmsAt.length > 0)
      .length,
    alarmsPerCameraDay: alarmed / days,
    alarmsPerCameraDayUpper: poissonUpperBound(alarmed, days),
  };
}
