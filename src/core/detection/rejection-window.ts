import type { FrameVerdict } from "../features/feature-extractor.ts";

/** Ticks, which come once a second, over which rejected frames are counted. */
export const rejectionTicks = 30;

/** Fewer frames than this are too few to judge by. */
const framesMin = 10;

/** Share of frames of a wrong size or out of order from which it is a fault. */
const brokenShare = 0.2;

/** Share of frames unusable for any cause, FFC included (which takes 2.5 s of 180), over a full window. */
const unusableShare = 0.5;

const words: Readonly<Record<Exclude<FrameVerdict, "valid" | "raw-counts">, string>> = {
  ffc: "the camera is calibrating itself all the time: restart it",
  settling: "the camera calibrates itself too often: check its temperature and its shutter",
  "wrong-size": "they have the wrong size: set the picture size to that of the camera",
  "out-of-order": "they come out of order or with wrong times: check the driver and the clock",
};

interface Tally {
  frames: number;
  readonly byVerdict: Map<keyof typeof words, number>;
}

/** Counts the frames of the last half minute that could not be used. Raw counts are a fault of their own. */
export class RejectionWindow {
  #now: Tally = { frames: 0, byVerdict: new Map() };
  readonly #past: Tally[] = [];

  /** Takes in a frame. */
  add(verdict: FrameVerdict): void {
    if (verdict === "raw-counts") return;
    this.#now.frames += 1;
    if (verdict !== "valid") this.#now.byVerdict.set(verdict, (this.#now.byVerdict.get(verdict) ?? 0) + 1);
  }

  /** Ends a second; the sentence about a fault, or null when there is none. */
  tick(): string | null {
    this.#past.push(this.#now);
    this.#now = { frames: 0, byVerdict: new Map() };
    if (this.#past.length > rejectionTicks) this.#past.shift();
    const frames = this.#past.reduce((sum, tally) => sum + tally.frames, 0);
    if (frames < framesMin) return null;
    const counts = (Object.keys(words) as (keyof typeof words)[]).map((verdict) => ({
      verdict,
      count: this.#past.reduce((sum, tally) => sum + (tally.byVerdict.get(verdict) ?? 0), 0),
    }));
    const rejected = counts.reduce((sum, { count }) => sum + count, 0);
    const broken = counts
      .filter(({ verdict }) => verdict === "wrong-size" || verdict === "out-of-order")
      .reduce((sum, { count }) => sum + count, 0);
    const fullWindow = this.#past.length === rejectionTicks;
    if (broken < brokenShare * frames && !(fullWindow && rejected >= unusableShare * frames)) return null;
    const worst = counts.reduce((one, other) => (other.count > one.count ? other : one));
    return `${rejected} of the last ${frames} pictures of the thermal camera cannot be used: ${words[worst.verdict]}.`;
  }
}
