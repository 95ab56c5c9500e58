import assert from "node:assert/strict";
import { test } from "node:test";
import type { TroubleCode } from "../alarm/trouble.ts";
import { ClockWatch } from "./clock-watch.ts";

/** Ticks once a second, jumping at these seconds; answers when the fault came and went. */
function watch(
  seconds: number,
  options: { readonly jumps: readonly number[]; readonly standing?: readonly TroubleCode[] },
): readonly string[] {
  const told: string[] = [];
  let now = 0;
  const clock = new ClockWatch({
    standing: new Set(options.standing ?? []),
    report: ({ active }) => told.push(`${active ? "on" : "off"} ${now}`),
  });
  for (now = 0; now < seconds; now += 1)
    clock.tick({ atMicros: now * 1e6, jumped: options.jumps.includes(now) });
  return told;
}

test("a clock that is set once or twice is no fault", () => {
  assert.deepEqual(watch(2_000, { jumps: [10, 20] }), []);
});

test("three jumps within ten minutes are a fault, which ends after ten minutes without", () => {
  assert.deepEqual(watch(2_000, { jumps: [10, 300, 609] }), ["on 609", "off 1209"]);
});

test("three jumps in more than ten minutes are none", () => {
  assert.deepEqual(watch(2_000, { jumps: [10, 300, 611] }), []);
});

test("a clock that jumps with every tick is told once", () => {
  assert.deepEqual(watch(300, { jumps: Array.from({ length: 300 }, (_, i) => i) }), ["on 2"]);
});

test("a fault from before a restart ends when the clock has run evenly for ten minutes", () => {
  assert.deepEqual(watch(700, { jumps: [], standing: ["clock-jumps"] }), ["off 599"]);
});
