import type { RecorderConcern } from "#wire/recorder-messages.ts";

/**
 * What can fail to be kept: the state now, events now, events for want of room, recordings, commands
 * that are done, self-tests, and what was lost before the start.
 */
export type DiskConcern =
  | "state"
  | "events"
  | "dropped"
  | RecorderConcern
  | "commands"
  | "self-tests"
  | "config"
  | "start";

/** Gathers what stands in the way of saving into one trouble; losses stand until somebody resets. */
export class DiskTrouble {
  readonly #problems = new Map<DiskConcern, string>();
  readonly #onChange: (text: string | null) => void;

  /** `onChange` is given the whole trouble in words, null when there is none. */
  constructor(onChange: (text: string | null) => void) {
    this.#onChange = onChange;
  }

  /** Says what is wrong, null when it is well. */
  set(concern: DiskConcern, problem: string | null): void {
    if (problem === null) this.#problems.delete(concern);
    else this.#problems.set(concern, problem);
    this.tell();
  }

  /** Whoever resets has read that something was lost. */
  forgetLosses(): void {
    const told = [this.#problems.delete("start"), this.#problems.delete("dropped")];
    if (told.includes(true)) this.tell();
  }

  /** True while this concern stands. */
  has(concern: DiskConcern): boolean {
    return this.#problems.has(concern);
  }

  /** Tells how it is now, for a listener that could not hear before. */
  tell(): void {
    const all = [...this.#problems.values()].join(" ");
    this.#onChange(all === "" ? null : `The device cannot rely on its disk: ${all}`);
  }
}
