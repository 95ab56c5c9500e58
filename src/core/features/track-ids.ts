import { assert } from "../failure.ts";

/** Numbers for tracks, each given once. */
export class TrackIds {
  #next: number;

  /** `first` is a whole number above 0. */
  constructor(first: number) {
    assert(Number.isSafeInteger(first) && first > 0, "tracks are numbered by whole numbers from 1");
    this.#next = first;
  }

  /** The number that will be given next. */
  get next(): number {
    return this.#next;
  }

  /** Gives the next number. */
  take(): number {
    this.#next += 1;
    return this.#next - 1;
  }
}
