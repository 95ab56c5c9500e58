import assert from "node:assert/strict";
import type { Clock } from "#core/time.ts";

/** A clock on which every wait is over at the next turn, for one driver that waits for one thing at a time. */
export function hastyClock(): Clock {
  let ms = 0;
  return {
    nowMicros: () => ms * 1_000,
    monotonicMs: () => ms,
    after(delayMs, callback) {
      let isCancelled = false;
      void Promise.resolve().then(() => {
        if (isCancelled) return;
        ms += delayMs;
        callback();
      });
      return () => {
        isCancelled = true;
      };
    },
    every: () => assert.fail("nothing repeats"),
  };
}
