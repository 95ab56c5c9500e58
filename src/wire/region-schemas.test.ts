import assert from "node:assert/strict";
import { test } from "node:test";
import { initialAlarmState } from "#core/alarm/alarm-machine.ts";
import { rectangleOutline } from "#core/regions/outline.ts";
import type { PictureRegion } from "#core/regions/picture-region.ts";
import { alarmStateSchema } from "./alarm-schemas.ts";
import { savedRegionsSchema } from "./saved-device.ts";

const outline = rectangleOutline({ left: 1, top: 2, width: 30, height: 40 });
const base = { outline, schedule: null };
const regions: readonly PictureRegion[] = [
  { ...base, kind: "mask", name: "window", schedule: [{ fromMinute: 0, toMinute: 600 }] },
  {
    ...base,
    kind: "hot-zone",
    name: "stove",
    accepted: { peakCelsius: 180, areaPixels: 60, by: "Ada", atMicros: 5 },
  },
  { ...base, kind: "thresholds", name: "archive", thresholds: { fixedTemperature: { prealarmCelsius: 70 } } },
];
const cell = { hour: 12, block: 3, week: 2_900, weeks: 1.5, hotSeconds: 80, peakCelsius: 91, areaPixels: 40 };
const saved = { v: 1, device: "kitchen", savedAtMicros: 7, regions, learnedHeat: [cell] };

test("regions and learnt heat go through JSON as they are", () => {
  assert.deepEqual(savedRegionsSchema.parse(JSON.parse(JSON.stringify(saved))), saved);
});

test("limits of severe heat, and regions of another kind, are refused", () => {
  const thresholds = { severeHeat: { pixels: 100 } };
  for (const region of [
    { ...regions[2], thresholds },
    { ...regions[0], kind: "blind" },
    { ...regions[0], outline: outline.slice(0, 2) },
  ])
    assert.equal(savedRegionsSchema.safeParse({ ...saved, regions: [region] }).success, false);
});

test("an alarm state that was saved before regions could be disabled is read as it was", () => {
  const { disabledRegions, withheld, remindedAtMicros, ...before } = initialAlarmState();
  assert.deepEqual(alarmStateSchema.parse(before), {
    ...before,
    disabledRegions,
    withheld,
    remindedAtMicros,
  });
});
