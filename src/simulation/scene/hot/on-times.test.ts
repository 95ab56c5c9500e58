import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Random } from "#core/random.ts";
import { drawOnTimes, onBefore, onTimeAt, onTimesMax } from "./on-times.ts";

const habits = fc.record({
  seconds: fc.integer({ min: 30, max: 2000 }),
  onSeconds: fc.constantFrom([0.5, 3] as const, [20, 200] as const, [1000, 5000] as const),
  offSeconds: fc.constantFrom([1, 2] as const, [30, 300] as const),
  alreadyOnShare: fc.constantFrom(0, 0.5, 1),
});

test("times are in order, at least one lies in the episode, and their number has a limit", () => {
  fc.assert(
    fc.property(fc.integer(), habits, (seed, options) => {
      const times = drawOnTimes(new Random(seed), options);
      assert.ok(times.length >= 1 && times.length <= onTimesMax);
      assert.ok(times.some(({ fromSeconds, toSeconds }) => fromSeconds < options.seconds && toSeconds > 0));
      times.forEach(({ fromSeconds, toSeconds }, i) => {
        assert.ok(toSeconds > fromSeconds);
        if (i > 0) assert.ok(fromSeconds > times[i - 1]!.toSeconds);
      });
    }),
    { numRuns: 60 },
  );
});

test("the time that holds a second is found as by looking at each", () => {
  fc.assert(
    fc.property(fc.integer(), habits, fc.double({ min: 0, max: 1, noNaN: true }), (seed, options, share) => {
      const times = drawOnTimes(new Random(seed), options);
      const seconds = share * options.seconds;
      const found = times.find((time) => time.fromSeconds <= seconds && seconds < time.toSeconds) ?? null;
      assert.equal(onTimeAt(times, seconds), found);
    }),
    { numRuns: 60 },
  );
});

test("what is on before the episode begins has been on since its time began", () => {
  assert.equal(onBefore([{ fromSeconds: -40, toSeconds: 10 }]), 40);
  assert.equal(onBefore([{ fromSeconds: 5, toSeconds: 10 }]), 0);
  assert.equal(onBefore([{ fromSeconds: -40, toSeconds: -10 }]), 0);
  assert.equal(onBefore([]), 0);
});
