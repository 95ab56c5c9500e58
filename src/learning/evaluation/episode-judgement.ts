import type { ArmOutcome } from "./alarm-arm.ts";

/** What is true of an episode as a whole. Times are seconds since it began; null where it never comes to that. */
export interface JudgedEpisode {
  readonly episode: number;
  readonly pair: number;
  readonly scenario: string;
  readonly family: string;
  readonly kind: string;
  readonly shows: string;
  readonly room: string;
  readonly seed: number;
  readonly fire: string;
  readonly flameRenderer: string;
  readonly isHotProcess: boolean;
  readonly seconds: number;
  readonly igniteAt: number;
  readonly firstVisibleAt: number | null;
  /** First second with a flame in the picture. */
  readonly firstFlameAt: number | null;
  /** Seconds labelled flaming, and slow-heat. */
  readonly flamingSeconds: number;
  readonly slowHeatSeconds: number;
  /** Distance of the fire from the lens, metres; null without a fire. */
  readonly distanceMetres: number | null;
}

/** Seconds of an episode with a valid picture, with what was said of each, by the name of who said it. */
export interface JudgedSeconds {
  /** Second of the episode at which each row closed. */
  readonly second: readonly number[];
  /** Codes of `labelNames`. */
  readonly label: readonly number[];
  /** 1 where a fire cools down and nothing is labelled. */
  readonly cooling: readonly number[];
  /** Null where no package has a head for it. Logs of older software hold zeros there: reports go by the manifests. */
  readonly scores: Readonly<Record<string, readonly number[] | null>>;
}

/** Sizes of contributions, added up over explained seconds, by feature; log-odds before calibration. */
export interface HeadContributions {
  readonly seconds: number;
  readonly sums: Readonly<Record<string, number>>;
}

/** All that is kept of an episode that was judged. Plain JSON. */
export interface EpisodeJudgement {
  readonly about: JudgedEpisode;
  readonly rows: JudgedSeconds;
  readonly arms: Readonly<Record<string, ArmOutcome>>;
  /** What the first package's heads went by where they should say yes, by head and sensors: "flaming fused". */
  readonly contributions: Readonly<Record<string, HeadContributions>>;
}
