import type { Reordering } from "./dispatch-lanes.ts";
import type { PipeCondition } from "./simulated-pipe.ts";

/** How long a message takes on a line in order, in ms. */
export const usualDelayMs = { shortest: 0.5, longest: 8 } as const;

/** The cable between one client and the broker, with what is wrong with it; it outlives connections. */
export class SimulatedLine {
  readonly up: PipeCondition = { flow: "flows", delayMs: usualDelayMs };
  readonly down: PipeCondition = { flow: "flows", delayMs: usualDelayMs };
  /** How probable it is that a delivery (QoS 1) comes to its receiver twice. */
  duplicates = 0;
  /** How the broker breaks the order of what it takes from and hands to this client, as far as MQTT lets it; null: not. */
  reordering: Reordering | null = null;
  readonly #listeners = new Set<() => void>();

  /** Called when a condition has changed; returns how to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Stalls directions, or lets them flow. */
  setFlow(flow: { readonly up: PipeCondition["flow"]; readonly down: PipeCondition["flow"] }): void {
    this.up.flow = flow.up;
    this.down.flow = flow.down;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Makes both directions slow, or as they usually are. */
  setDelay(delayMs: PipeCondition["delayMs"]): void {
    this.up.delayMs = delayMs;
    this.down.delayMs = delayMs;
  }
}
