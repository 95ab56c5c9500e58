import type { Cancel, Clock } from "#core/time.ts";

/** A connection on which nothing that was sent has got its receipt for so long is down, whatever TCP says. */
export const receiptTimeoutMs = 15_000;

/** Events that are sent before the first of them has its receipt. */
export const unacknowledgedMax = 32;

/** Waits for the receipts of what was sent, at most `receiptTimeoutMs` from one to the next. */
export class ReceiptWatch {
  readonly #clock: Clock;
  readonly #missing = new Set<string>();
  #settle: (outcome: "received" | "timeout" | "broken") => void = () => {};
  #cancel: Cancel = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves when each of these was acknowledged, when the receipts stay away too long, or when the link broke. */
  expect(ids: readonly string[]): Promise<"received" | "timeout" | "broken"> {
    this.#missing.clear();
    for (const id of ids) this.#missing.add(id);
    return new Promise((resolve) => {
      this.#settle = (outcome) => {
        this.#cancel();
        resolve(outcome);
      };
      this.#wait();
    });
  }

  /** The receiver has said that it has these. */
  hear(ids: readonly string[]): void {
    const before = this.#missing.size;
    for (const id of ids) this.#missing.delete(id);
    if (this.#missing.size === before) return;
    if (this.#missing.size === 0) this.#settle("received");
    else this.#wait();
  }

  /** The link broke: nothing more will come on it. */
  giveUp(): void {
    this.#settle("broken");
  }

  #wait(): void {
    this.#cancel();
    this.#cancel = this.#clock.after(receiptTimeoutMs, () => this.#settle("timeout"));
  }
}
