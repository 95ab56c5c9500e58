import type { ArmOutcome } from "#learning/evaluation/alarm-arm.ts";
import type { EpisodeJudgement, JudgedEpisode } from "#learning/evaluation/episode-judgement.ts";
import { evaluationArms } from "#learning/evaluation/evaluation-arms.ts";
import { memberScore, scoreNames } from "#learning/evaluation/row-answers.ts";

/** Nothing was told. */
export const silentOutcome: ArmOutcome = {
  prealarmsAt: [],
  alarmAt: null,
  prealarmReasons: [],
  alarmReasons: [],
};

/** An alarm at a second, with a prealarm before it. */
export function alarmAt(second: number): ArmOutcome {
  return {
    prealarmsAt: [second - 2],
    alarmAt: second,
    prealarmReasons: ["fixed-temperature"],
    alarmReasons: ["model-flaming"],
  };
}

/**
 * A judged episode of 100 s: a flaming fire from second 40, ignited at 30, or whatever is said of it. Every arm has one
 * outcome; scores are `high` while it flames and `low` else.
 */
export function madeJudgement(
  about: Partial<JudgedEpisode>,
  told: { readonly outcome: ArmOutcome; readonly high?: number; readonly low?: number },
): EpisodeJudgement {
  const { outcome, high = 0.9, low = 0.1 } = told;
  const isLit = (about.fire ?? "lit") === "lit";
  const second = Array.from({ length: 100 }, (_, k) => k + 1);
  const label = second.map((at) => (isLit && at >= 40 ? 1 : isLit && at >= 30 ? 3 : 0));
  const whole: JudgedEpisode = {
    episode: 0,
    pair: 0,
    scenario: "heptane",
    family: "heptane",
    kind: "fire",
    shows: "flaming",
    room: "hall",
    seed: 7,
    fire: "lit",
    flameRenderer: "plume",
    isHotProcess: false,
    seconds: 100,
    igniteAt: 30,
    firstVisibleAt: isLit ? 40 : null,
    firstFlameAt: isLit ? 40 : null,
    flamingSeconds: isLit ? 61 : 0,
    slowHeatSeconds: 0,
    distanceMetres: isLit ? 12 : null,
    ...about,
  };
  const scores = label.map((code) => (code === 1 ? high : low));
  return {
    about: { ...whole, pair: about.pair ?? whole.episode },
    rows: {
      second,
      label,
      cooling: second.map(() => 0),
      // The one member of a tiny package beside the scores that every package has.
      scores: Object.fromEntries(
        [...Object.values(scoreNames), memberScore("baseline")].map((name) => [name, scores]),
      ),
    },
    arms: Object.fromEntries(evaluationArms(1).map(({ name }) => [name, outcome])),
    contributions: isLit ? { "flaming fused": { seconds: 2, sums: { t_max: 1, r_peak: 3 } } } : {},
  };
}
