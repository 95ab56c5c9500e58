import assert from "node:assert/strict";
import { test } from "node:test";
import { secondOf } from "#support/feature-seconds.ts";
import type { FeatureSecond } from "../features/feature-second.ts";
import { acceptProposal, LearnedHeat, learnedCellsMax } from "./learned-heat.ts";

const utc = { utcOffsetMinutes: 0 };
const monday = Date.UTC(2026, 2, 2) * 1_000;
const weekMicros = 7 * 24 * 3600 * 1e6;

/** A second of a hot region of 11 × 11 pixels, some minutes after Monday 0:00 of a week. */
function hotAt(
  week: number,
  minute: number,
  fields: { readonly x: number; readonly celsius?: number },
): FeatureSecond {
  const { x, celsius = 90 } = fields;
  const second = secondOf({ second: 0, regions: [{ r_peak: celsius, r_area: 80, x, y: 60 }] });
  return { ...second, atMicros: monday + week * weekMicros + minute * 60e6 };
}

/** Two minutes of heat at 12:00 in each of these weeks. */
function learn(weeks: readonly number[], celsius = 90): LearnedHeat {
  const heat = new LearnedHeat({ width: 160, cells: [] });
  for (const week of weeks)
    for (let k = 0; k < 120; k += 1) heat.addSecond(hotAt(week, 720, { x: 83, celsius }), utc);
  return heat;
}

test("heat that comes again in the same hour of the week is proposed, with its place, hour and most", () => {
  const [proposal, ...others] = learn([0, 1]).proposals();
  assert.deepEqual(others, []);
  assert.deepEqual(proposal!.schedule, [{ fromMinute: 720, toMinute: 780 }]);
  assert.deepEqual(
    [proposal!.outline[0], proposal!.outline[2]],
    [
      { x: 72, y: 48 },
      { x: 96, y: 72 },
    ],
  );
  assert.deepEqual([proposal!.peakCelsius, proposal!.areaPixels], [90, 80]);
});

test("what was hot once, or is only warm, is not proposed", () => {
  assert.deepEqual(learn([0]).proposals(), []);
  assert.deepEqual(learn([0, 1, 2], 59).proposals(), []);
});

test("what has not been hot for half a year is not proposed any more", () => {
  const heat = learn([0, 1]);
  heat.addSecond(hotAt(26, 0, { x: 10 }), utc);
  assert.deepEqual(heat.proposals(), []);
});

test("what was learnt goes through JSON and is proposed again", () => {
  const cells = JSON.parse(JSON.stringify(learn([0, 1]).snapshot()));
  assert.deepEqual(new LearnedHeat({ width: 160, cells }).proposals(), learn([0, 1]).proposals());
});

test("memory has an end, and the least heat goes first", () => {
  const heat = learn([0, 1]);
  const small = new LearnedHeat({ width: 4_000, cells: heat.snapshot() });
  for (let k = 0; k < learnedCellsMax / 2; k += 1)
    small.addSecond(hotAt(1, (k % 168) * 60, { x: 200 + 16 * Math.floor(k / 168) }), utc);
  assert.ok(small.snapshot().length <= learnedCellsMax);
  assert.ok(small.snapshot().some(({ hotSeconds }) => hotSeconds > 100));
});

test("a hot zone has the ceilings of whoever accepts it, not those of the proposal", () => {
  const [proposal] = learn([0, 1]).proposals();
  const zone = acceptProposal(proposal!, {
    name: "oven",
    peakCelsius: 120,
    areaPixels: 50,
    by: "Ada",
    atMicros: monday,
  });
  assert.deepEqual([zone.kind, zone.accepted.peakCelsius, zone.accepted.areaPixels], ["hot-zone", 120, 50]);
  assert.deepEqual(zone.outline, proposal!.outline);
});
