import assert from "node:assert/strict";
import { test } from "node:test";
import { benchStartMicros, DetectorBench, type Disc, tinyPictures } from "#support/detector-bench.ts";
import { LearnedHeat } from "../regions/learned-heat.ts";
import { rectangleOutline } from "../regions/outline.ts";
import type { HotZoneRegion, MaskRegion } from "../regions/picture-region.ts";
import { minuteOfWeek } from "../weekly-schedule.ts";

/** Three pixels around the middle of the bench's tiny picture, from second 14 on. */
function stove(celsius: number): (second: number) => Disc {
  return (second) => (second < 14 ? null : { celsius, radiusPixels: 3 });
}

const around = rectangleOutline({ left: 12, top: 8, width: 16, height: 14 });
const hotZone: HotZoneRegion = {
  kind: "hot-zone",
  name: "stove",
  outline: around,
  schedule: null,
  accepted: { peakCelsius: 140, areaPixels: 40, by: "Ada", atMicros: 0 },
};

function levels(bench: DetectorBench): readonly string[] {
  return bench.story.filter((line) => line.startsWith("level"));
}

test("a stove within its ceilings is no alarm where it is a hot zone, and is one over them, under a mask too", () => {
  const mask: MaskRegion = { kind: "mask", name: "kitchen", outline: around, schedule: null };
  for (const regions of [[hotZone], [hotZone, mask]]) {
    const usual = new DetectorBench({ pictureSize: tinyPictures, regions });
    usual.run({ seconds: 35, disc: stove(150) });
    assert.deepEqual(levels(usual), []);
    usual.run({ seconds: 8, disc: stove(176) });
    assert.deepEqual(levels(usual), ["level alarm"]);
  }
});

test("without the hot zone the same stove is severe heat", () => {
  const bench = new DetectorBench({ pictureSize: tinyPictures });
  bench.run({ seconds: 35, disc: stove(150) });
  assert.deepEqual(levels(bench), ["level alarm"]);
});

test("a disabled region tells what would have alarmed, and the alarm comes when it is enabled", () => {
  const bench = new DetectorBench({ pictureSize: tinyPictures });
  const asked = { kind: "act", by: "Ada", reason: "welding" } as const;
  const region = { name: "works", outline: around };
  bench.detector.act({ ...asked, atMicros: bench.nowMicros, act: "disable", minutes: 60, region });
  bench.run({ seconds: 30, disc: stove(240) });
  assert.deepEqual(levels(bench), []);
  assert.ok(bench.notices.some((one) => one.type === "would-have-alarmed" && one.level === "alarm"));
  bench.detector.act({ ...asked, atMicros: bench.nowMicros, act: "enable", minutes: null, region: "works" });
  bench.run({ seconds: 3, disc: stove(240) });
  assert.deepEqual(levels(bench), ["level alarm"]);
});

test("the camera's corrections wait while a prealarm stands, and go on in FIRE", () => {
  const bench = new DetectorBench({ pictureSize: tinyPictures });
  bench.run({ seconds: 30, disc: stove(112) });
  assert.deepEqual(levels(bench), ["level prealarm"]);
  assert.deepEqual(bench.ffcWishes, ["wait"]);
  bench.run({ seconds: 8, disc: stove(240) });
  assert.deepEqual(bench.ffcWishes, ["wait", "automatic"]);
});

test("a mask with a schedule begins and ends with it, in the site's time", () => {
  const minute = minuteOfWeek(benchStartMicros, { utcOffsetMinutes: 60 });
  const schedule = [{ fromMinute: minute, toMinute: minute + 1 }];
  const mask: MaskRegion = { kind: "mask", name: "noon", outline: around, schedule };
  const bench = new DetectorBench({ pictureSize: tinyPictures, regions: [mask] });
  bench.run({ seconds: 2 });
  assert.equal(bench.masks.length, 0);
  bench.detector.setLocalTime({ utcOffsetMinutes: 60 });
  bench.run({ seconds: 75 });
  assert.deepEqual(
    bench.masks.map((map) => map?.reduce((sum, pixel) => sum + pixel, 0) ?? null),
    [16 * 14, null],
  );
});

test("heat is learnt where it is, and an alarm is nothing usual", () => {
  const learnedHeat = new LearnedHeat({ width: tinyPictures.width, cells: [] });
  const bench = new DetectorBench({ pictureSize: tinyPictures, learnedHeat });
  bench.run({ seconds: 22, disc: stove(80) });
  const learnt = learnedHeat.snapshot();
  assert.ok(learnt.length > 0 && learnt.every(({ peakCelsius }) => peakCelsius < 90));
  bench.run({ seconds: 8, disc: stove(300) });
  assert.equal(bench.detector.state.level, "alarm");
  const seconds = learnedHeat.snapshot().map(({ hotSeconds }) => hotSeconds);
  bench.run({ seconds: 3, disc: stove(300) });
  assert.deepEqual(
    learnedHeat.snapshot().map(({ hotSeconds }) => hotSeconds),
    seconds,
  );
});
