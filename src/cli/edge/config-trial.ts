import type { DeliveringSensor } from "#edge/sensor-intake.ts";

/** Seconds that a new configuration has to judge before it counts as one that works. */
export const trialJudgedSeconds = 10;

/** What a configuration in trial has to prove: seconds judged, and every sensor that delivered before delivering again. */
export class ConfigTrial {
  readonly commandId: string;
  readonly #missing: Set<DeliveringSensor>;
  #judgedSeconds = 0;

  constructor(by: { readonly commandId: string; readonly delivering: ReadonlySet<DeliveringSensor> }) {
    this.commandId = by.commandId;
    this.#missing = new Set(by.delivering);
  }

  /** A second was judged while these sensors deliver; says what is not proven yet, or null once all is. */
  judged(delivering: ReadonlySet<DeliveringSensor>): string | null {
    this.#judgedSeconds += 1;
    for (const sensor of delivering) this.#missing.delete(sensor);
    return this.unproven;
  }

  /** What is not proven yet, in words; null once all is. */
  get unproven(): string | null {
    if (this.#judgedSeconds < trialJudgedSeconds)
      return `It judged ${this.#judgedSeconds} of ${trialJudgedSeconds} seconds`;
    if (this.#missing.size === 0) return null;
    return `Nothing came from what had delivered before: ${[...this.#missing].join(" and ")}`;
  }
}
