import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkOutline, isWithin, rasterize, rectangleOutline } from "./outline.ts";
import type { OwnThresholds, PictureRegion } from "./picture-region.ts";
import { checkPictureRegions, regionsAt } from "./picture-region.ts";
import { blindedShare, maskOf } from "./region-masks.ts";

const size = { width: 160, height: 120 };
const left = rectangleOutline({ left: 0, top: 0, width: 40, height: 120 });

test("a rectangle covers exactly its pixels", () => {
  const side = fc.integer({ min: 0, max: 159 });
  fc.assert(
    fc.property(side, fc.integer({ min: 0, max: 119 }), side, side, (x, y, width, height) => {
      const map = rasterize(rectangleOutline({ left: x, top: y, width, height }), size);
      const covered = Math.min(width, 160 - x) * Math.min(height, 120 - y);
      assert.equal(
        map.reduce((sum, pixel) => sum + pixel, 0),
        covered,
      );
    }),
    { numRuns: 10 },
  );
});

test("a polygon with a bay leaves the bay out", () => {
  const corners = [
    [0, 0],
    [10, 0],
    [10, 10],
    [5, 4],
    [0, 10],
  ].map(([x, y]) => ({ x: x!, y: y! }));
  assert.equal(isWithin(corners, { x: 5, y: 2 }), true);
  assert.equal(isWithin(corners, { x: 5, y: 8 }), false);
});

const named = { ...size, name: "regions.stove" };

test("an outline that encloses nothing is refused by the name of its region", () => {
  assert.throws(() => checkOutline(left.slice(0, 2), named), /regions\.stove/);
  assert.throws(() => checkOutline([...left, { x: Number.NaN, y: 1 }], named), /regions\.stove/);
  for (const nothing of [
    rectangleOutline({ left: 160, top: 0, width: 40, height: 40 }),
    rectangleOutline({ left: 5, top: 5, width: 40, height: 0 }),
    rectangleOutline({ left: 5.6, top: 5.6, width: 0.3, height: 0.3 }),
  ])
    assert.throws(
      () => checkOutline(nothing, named),
      /regions\.stove: the outline covers no pixel of the 160 × 120/,
    );
  checkOutline(rectangleOutline({ left: 159, top: 119, width: 40, height: 40 }), named);
});

const stove: PictureRegion = {
  kind: "hot-zone",
  name: "stove",
  outline: left,
  schedule: null,
  accepted: { peakCelsius: 180, areaPixels: 60, by: "Ada", atMicros: 0 },
};

test("regions that no detector can use are refused by name and field", () => {
  checkPictureRegions([stove], size);
  const accepted = { ...stove.accepted, peakCelsius: 400 };
  const refused: readonly [readonly PictureRegion[], RegExp][] = [
    [[stove, stove], /"stove".*twice/],
    [[{ ...stove, accepted }], /stove\.accepted\.peakCelsius/],
    [[{ ...stove, accepted: { ...stove.accepted, areaPixels: 0 } }], /areaPixels/],
    [[{ ...stove, schedule: [{ fromMinute: 3, toMinute: 3 }] }], /regions\.stove\.schedule/],
    [
      [
        {
          kind: "thresholds",
          name: "door",
          outline: left,
          schedule: null,
          thresholds: { largeHeat: { celsius: -1 } },
        },
      ],
      /door\.thresholds\.largeHeat\.celsius/,
    ],
  ];
  for (const [regions, sentence] of refused)
    assert.throws(() => checkPictureRegions(regions, size), sentence);
});

test("limits of a region's own go up to 140 °C and four times the usual, beyond which it would be a mask", () => {
  const region = (thresholds: OwnThresholds): PictureRegion[] => [
    { kind: "thresholds", name: "bench", outline: left, schedule: null, thresholds },
  ];
  checkPictureRegions(region({ regionGrowth: { alarmCelsius: 140 }, largeHeat: { seconds: 480 } }), size);
  for (const [thresholds, sentence] of [
    [
      { fixedTemperature: { prealarmCelsius: 140.1 } },
      /bench\.thresholds\.fixedTemperature\.prealarmCelsius: .*at most 140\./,
    ],
    [{ rateOfRise: { celsius: 1e9 } }, /rateOfRise\.celsius: .*at most 140\./],
    [{ fixedTemperature: { alarmSeconds: 81 } }, /alarmSeconds: .*at most 80\./],
    [{ largeHeat: { pixels: 2_401 } }, /largeHeat\.pixels: .*at most 2400\./],
  ] as const)
    assert.throws(() => checkPictureRegions(region(thresholds), size), sentence);
});

test("a mask says what share it blinds of the picture, or of a zone in it", () => {
  const mask = maskOf([{ kind: "mask", name: "window", outline: left, schedule: null }], size);
  assert.equal(blindedShare(mask, size), 0.25);
  assert.equal(blindedShare(mask, size, rectangleOutline({ left: 20, top: 10, width: 40, height: 20 })), 0.5);
  assert.equal(blindedShare(null, size), 0);
  assert.equal(maskOf([stove], size), null);
});

test("a drawn mask and those of regions are joined, and the drawn one is left as it was", () => {
  const drawn = new Uint8Array(160 * 120);
  drawn[159] = 1;
  const joined = maskOf([{ kind: "mask", name: "window", outline: left, schedule: null }], size, drawn)!;
  assert.deepEqual([joined[0], joined[159], drawn[0]], [1, 1, 0]);
});

test("a region with a schedule holds only then", () => {
  const noon = { ...stove, schedule: [{ fromMinute: 720, toMinute: 780 }] };
  const monday = Date.UTC(2026, 2, 2) * 1_000;
  const at = (minute: number): number =>
    regionsAt([noon], monday + minute * 60e6, { utcOffsetMinutes: 0 }).length;
  assert.deepEqual([719, 720, 779, 780].map(at), [0, 1, 1, 0]);
});
