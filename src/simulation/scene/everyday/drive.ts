import type { FloorPlace } from "../itinerary.ts";

/** Where something that rolls is, and which way it faces (0 towards the camera's wall, π/2 to the right). */
export interface Rolling {
  readonly x: number;
  readonly z: number;
  readonly heading: number;
  readonly metresPerSecond: number;
}

interface Leg {
  readonly from: FloorPlace;
  readonly to: FloorPlace;
  readonly heading: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly metresPerSecond: number;
}

/** Turning on the spot between two legs takes this long. */
const turnSeconds = 1.2;

/** A drive along straight legs with pauses, over and over when told so. */
export class Drive {
  readonly #legs: readonly Leg[];
  readonly #repeatSeconds: number | null;

  constructor(drive: {
    readonly startSeconds: number;
    readonly stops: readonly FloorPlace[];
    readonly metresPerSecond: number;
    /** Stands this long at each stop; 0 when left out. */
    readonly standSeconds?: number;
    /** Drives it all again after this pause; null to stay where the drive ends. */
    readonly pauseSeconds: number | null;
  }) {
    const legs: Leg[] = [];
    let at = drive.startSeconds;
    for (let i = 1; i < drive.stops.length; i += 1) {
      const [from, to] = [drive.stops[i - 1]!, drive.stops[i]!];
      const seconds = Math.max(0.1, Math.hypot(to.x - from.x, to.z - from.z) / drive.metresPerSecond);
      const heading = Math.atan2(to.x - from.x, from.z - to.z);
      const { metresPerSecond } = drive;
      legs.push({ from, to, heading, startSeconds: at, endSeconds: at + seconds, metresPerSecond });
      at += seconds + turnSeconds + (drive.standSeconds ?? 0);
    }
    this.#legs = legs;
    this.#repeatSeconds = drive.pauseSeconds === null ? null : at - drive.startSeconds + drive.pauseSeconds;
  }

  /** When the last leg ends for the first time. */
  get arrivesAtSeconds(): number {
    return this.#legs.at(-1)!.endSeconds;
  }

  /** Where it is at a time. */
  at(seconds: number): Rolling {
    const first = this.#legs[0]!;
    const since = seconds - first.startSeconds;
    const own =
      this.#repeatSeconds === null || since < 0
        ? seconds
        : first.startSeconds + (since % this.#repeatSeconds);
    let leg = first;
    for (const next of this.#legs) if (own >= next.startSeconds - turnSeconds) leg = next;
    const share = Math.min(1, Math.max(0, (own - leg.startSeconds) / (leg.endSeconds - leg.startSeconds)));
    const before = this.#legs[this.#legs.indexOf(leg) - 1];
    const turning = Math.min(1, Math.max(0, (leg.startSeconds - own) / turnSeconds));
    const back = before === undefined ? 0 : turnBetween(leg.heading, before.heading);
    return {
      x: leg.from.x + share * (leg.to.x - leg.from.x),
      z: leg.from.z + share * (leg.to.z - leg.from.z),
      heading: leg.heading + turning * back,
      metresPerSecond: share > 0 && share < 1 ? leg.metresPerSecond : 0,
    };
  }
}

/** The shorter way from one heading to another. */
function turnBetween(from: number, to: number): number {
  return Math.atan2(Math.sin(to - from), Math.cos(to - from));
}
