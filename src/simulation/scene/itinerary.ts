import type { Posture } from "./body.ts";

/** A place on the floor in metres. */
export interface FloorPlace {
  readonly x: number;
  readonly z: number;
}

/** What somebody does for a while. `away` is out of the room. */
export type Activity = "away" | "walking" | "standing" | "sitting" | "bending";

/** One stretch of somebody's day; times in seconds since the start of the scene. */
export interface Stretch {
  readonly activity: Activity;
  readonly from: FloorPlace;
  readonly to: FloorPlace;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Which way to face when not walking (see `Posture.heading`). */
  readonly heading: number;
}

/** What is to be done next. */
export interface NextActivity {
  readonly activity: Activity;
  readonly to: FloorPlace;
  readonly seconds: number;
  readonly heading?: number;
}

const walkMetresPerSecond = 1.0;
const shortestWalkSeconds = 0.5;
const stepsRadiansPerSecond = 5.6;
const settleSeconds = 1.2;

/** What somebody does one thing after the other, planned as it goes on. Times are asked for in increasing order. */
export class Itinerary {
  readonly #plan: Stretch[] = [];
  readonly #planAfter: (done: Stretch) => void;

  /** `planAfter` is called when the last planned stretch ends, and appends at least one. */
  constructor(options: { readonly planAfter: (done: Stretch) => void }) {
    this.#planAfter = options.planAfter;
  }

  /** What goes on at a time. */
  at(seconds: number): Stretch {
    for (;;) {
      const stretch = this.#plan[0]!;
      if (seconds < stretch.endSeconds) return stretch;
      if (this.#plan.length === 1) this.#planAfter(stretch);
      this.#plan.shift();
    }
  }

  /** Appends walking from place to place in straight lines. */
  walk(places: readonly FloorPlace[], metresPerSecond = walkMetresPerSecond): void {
    for (const to of places) {
      const { x, z } = this.#plan.at(-1)!.to;
      const seconds = Math.max(shortestWalkSeconds, Math.hypot(to.x - x, to.z - z) / metresPerSecond);
      this.append({ activity: "walking", to, seconds });
    }
  }

  /** Appends one stretch; the first one begins at 0. */
  append(next: NextActivity): void {
    const last = this.#plan.at(-1);
    const startSeconds = last === undefined ? 0 : last.endSeconds;
    this.#plan.push({
      activity: next.activity,
      from: last === undefined ? next.to : last.to,
      to: next.to,
      startSeconds,
      endSeconds: startSeconds + next.seconds,
      heading: next.heading ?? 0,
    });
  }
}

/** How somebody holds themselves in a stretch; null while away. The phases make people fidget differently. */
export function postureIn(
  stretch: Stretch,
  at: { readonly seconds: number; readonly phases: readonly [number, number, number] },
): Posture | null {
  const { activity, from, to } = stretch;
  if (activity === "away") return null;
  const { seconds } = at;
  const share = (seconds - stretch.startSeconds) / (stretch.endSeconds - stretch.startSeconds);
  const walking = activity === "walking";
  const sitting = activity === "sitting" ? settledShare(stretch, seconds) : 0;
  const bend = activity === "bending" ? settledShare(stretch, seconds) : 0;
  const fidget = (period: number, phase: number): number =>
    Math.sin((2 * Math.PI * seconds) / period + phase);
  const [one, two, three] = at.phases;
  const restless = fidget(11, one) * fidget(37, two);
  return {
    x: from.x + share * (to.x - from.x),
    z: from.z + share * (to.z - from.z),
    sitting,
    stride: seconds * stepsRadiansPerSecond,
    swing: walking ? 0.2 : 0,
    lean: 0.012 * fidget(4.1, three) + 0.05 * Math.max(0, restless) * sitting,
    reach: walking ? 0.1 : 0.75 + 0.25 * fidget(6.3, two) * fidget(1.7, one),
    bend: bend * (0.7 + 0.15 * fidget(5.3, one)),
    heading: walking ? Math.atan2(to.x - from.x, from.z - to.z) : stretch.heading,
  };
}

/** Rises from 0 to 1 as somebody settles down and falls as they get up. */
function settledShare(stretch: Stretch, seconds: number): number {
  const settling = (seconds - stretch.startSeconds) / settleSeconds;
  const rising = (stretch.endSeconds - seconds) / settleSeconds;
  const share = Math.min(1, stretch.startSeconds === 0 ? 1 : settling, rising);
  return share * share * (3 - 2 * share);
}
