import assert from "node:assert/strict";
import { test } from "node:test";
import { type ClipOptions, renderClip } from "./clip-renderer.ts";

const options: ClipOptions = {
  kind: "workshop",
  seed: 3,
  startMicros: 1_800_000_000_000_000,
  seconds: 12,
  igniteAtSeconds: 2,
  extinguishAtSeconds: 8,
};

test("a clip has both sensors' entries in time order, within its length, at their own rates", () => {
  const entries = [...renderClip(options)];
  const times = entries.map((entry) => entry.atMicros - options.startMicros);
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  );
  assert.ok(times[0]! >= 0 && times.at(-1)! < 12e6);
  const air = entries.filter((entry) => entry.kind === "air");
  assert.deepEqual(
    air.map((entry) => entry.atMicros - options.startMicros),
    [5e6, 10e6],
  );
  assert.ok(Math.abs(entries.length - air.length - 104) <= 1);
});

test("one seed gives one clip", () => {
  const short = { ...options, seconds: 3 };
  assert.deepEqual([...renderClip(short)], [...renderClip(short)]);
});

test("the basket is lit and put out when the clip says", () => {
  const hot = new Map<number, number>();
  for (const entry of renderClip(options)) {
    if (entry.kind !== "thermal") continue;
    const second = Math.floor((entry.atMicros - options.startMicros) / 1e6);
    hot.set(second, entry.frame.pixels.filter((value) => value > 34_000).length);
  }
  assert.equal(hot.get(1), 0);
  assert.ok(hot.get(7)! > 20);
  assert.ok(hot.get(11)! < 0.7 * hot.get(7)!, `${hot.get(11)} of ${hot.get(7)}`);
});

test("a clip without a fire has none", () => {
  const quiet = { ...options, seconds: 5, igniteAtSeconds: null, extinguishAtSeconds: null };
  for (const entry of renderClip(quiet))
    if (entry.kind === "thermal") assert.ok(entry.frame.pixels.every((value) => value < 33_000));
});
