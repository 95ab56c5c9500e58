import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { at, reason } from "#support/alarm-inputs.ts";
import { secondOf } from "#support/feature-seconds.ts";
import type { Evidence } from "../alarm/evidence.ts";
import { keepBack } from "./keep-back.ts";
import { type Outline, rectangleOutline } from "./outline.ts";

const place = fc.record({ x: fc.integer({ min: 6, max: 153 }), y: fc.integer({ min: 6, max: 113 }) });
const drawn: fc.Arbitrary<Outline> = fc
  .record({
    left: fc.integer({ min: 0, max: 150 }),
    top: fc.integer({ min: 0, max: 110 }),
    width: fc.integer({ min: 1, max: 160 }),
    height: fc.integer({ min: 1, max: 120 }),
  })
  .map(rectangleOutline);

/** Whether the 11 × 11 pixels around a place lie within a rectangle; written apart from the code that is tested. */
function liesWithin(outline: Outline, { x, y }: { readonly x: number; readonly y: number }): boolean {
  const [one, , other] = outline;
  return x - 5 >= one!.x && x + 6 <= other!.x && y - 5 >= one!.y && y + 6 <= other!.y;
}

test("severe heat gets through exactly where no accepted hot zone and no visible disablement holds all of it", () => {
  fc.assert(
    fc.property(
      fc.array(place, { minLength: 1, maxLength: 4 }),
      fc.array(drawn, { maxLength: 2 }),
      fc.array(drawn, { maxLength: 2 }),
      (places, zones, disabled) => {
        const evidence: Evidence = {
          atMicros: at(0),
          thermalPresent: true,
          airPresent: true,
          alarm: places.map((one) => reason("severe-heat", one)),
          prealarm: [],
          supervisory: [],
          gasHazard: [],
          severeHeat: true,
          nearness: 1,
        };
        const regions = places.map((one, k) => ({ trackId: k + 1, r_peak: 200, ...one }));
        const accepted = { peakCelsius: 180, areaPixels: 10, by: "Ada", atMicros: 0 };
        const act = { by: "Ada", atMicros: 0, reason: "", expiresAtMicros: at(60) };
        const judged = keepBack(evidence, secondOf({ second: 0, regions }), {
          hotZones: zones.map((outline) => ({
            kind: "hot-zone",
            name: "zone",
            outline,
            schedule: null,
            accepted,
          })),
          disabled: disabled.map((outline) => ({ ...act, name: "works", outline })),
        });
        const isIn = (outlines: readonly Outline[], one: (typeof places)[number]): boolean =>
          outlines.some((outline) => liesWithin(outline, one));
        const raised = places.filter((one) => !isIn(zones, one) && !isIn(disabled, one));
        assert.deepEqual(
          judged.alarm.map(({ location }) => location),
          raised,
        );
        assert.equal(judged.severeHeat, raised.length > 0);
        const withheld = places.filter((one) => !isIn(zones, one) && isIn(disabled, one));
        assert.equal(judged.withheld?.alarm.length ?? 0, withheld.length);
      },
    ),
    { numRuns: 60 },
  );
});

test("a reason whose region is not known is kept back by nothing", () => {
  const everywhere = rectangleOutline({ left: 0, top: 0, width: 160, height: 120 });
  const act = { by: "Ada", atMicros: 0, reason: "", expiresAtMicros: at(60) };
  const alarm = [{ ...reason("severe-heat"), location: null }, reason("severe-heat", { x: 3, y: 3 })];
  const evidence = { ...quiet, alarm, severeHeat: true, nearness: 1 };
  const disabled = [{ ...act, name: "all", outline: everywhere }];
  const judged = keepBack(evidence, secondOf({ second: 0, regions: [{ x: 80, y: 60 }] }), {
    hotZones: [],
    disabled,
  });
  assert.deepEqual(judged.alarm, alarm);
});

test("what the model says of a region's hottest pixel belongs to the region as what rules say of its middle does", () => {
  const second = secondOf({ second: 0, regions: [{ x: 80, y: 60 }] });
  const tracked = second.tracked.map((region) => ({ ...region, peakX: 84, peakY: 57 }));
  const outline = rectangleOutline({ left: 70, top: 50, width: 20, height: 20 });
  const disabled = [{ by: "Ada", atMicros: 0, reason: "", expiresAtMicros: at(60), name: "works", outline }];
  const alarm = [reason("model-flaming", { x: 84, y: 57 }), reason("region-growth", { x: 80, y: 60 })];
  const judged = keepBack(
    { ...quiet, alarm, nearness: 1 },
    { ...second, tracked },
    { hotZones: [], disabled },
  );
  assert.deepEqual([judged.alarm, judged.withheld!.alarm], [[], alarm]);
});

const quiet: Evidence = {
  atMicros: at(0),
  thermalPresent: true,
  airPresent: true,
  alarm: [],
  prealarm: [],
  supervisory: [],
  gasHazard: [],
  severeHeat: false,
  nearness: 0,
};
