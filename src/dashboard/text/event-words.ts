import type { Tone } from "../model/lamps.ts";

/** One event in words. */
export interface EventText {
  readonly title: string;
  /** Why, one sentence each. */
  readonly details: readonly string[];
  readonly tone: Tone;
}
