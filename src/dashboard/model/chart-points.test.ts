import assert from "node:assert/strict";
import { test } from "node:test";
import { fixtureTelemetry } from "#support/fixture-room.ts";
import {
  chartColumns,
  chartPointOf,
  chartPointsMax,
  chartSpanMicros,
  withHistory,
  withPoint,
} from "./chart-points.ts";

const second = 1_000_000;
const point = (seconds: number, co2Ppm: number | null = 600) =>
  chartPointOf(fixtureTelemetry(seconds * second, { co2Ppm }));

test("the charts keep a quarter of an hour, however long the page is open", () => {
  let points: ReturnType<typeof withPoint> = [];
  for (let seconds = 1; seconds <= 2_000; seconds += 1) points = withPoint(points, point(seconds));
  assert.equal(points.length, 900);
  assert.ok(points.at(-1)!.atMicros - points[0]!.atMicros < chartSpanMicros);
});

test("points that come faster than time are bounded too", () => {
  let points: ReturnType<typeof withPoint> = [];
  for (let index = 0; index < 1_500; index += 1) points = withPoint(points, point(5_000 + index / 1_000));
  assert.equal(points.length, chartPointsMax);
});

test("what is not newer changes nothing", () => {
  const points = withPoint([], point(10));
  assert.equal(withPoint(points, point(10)), points);
  assert.equal(withPoint(points, point(9)), points);
});

test("history fills only the seconds the page has not seen", () => {
  const points = withHistory([point(10), point(13)], [point(9, 1), point(10, 1), point(11, 1)]);
  assert.deepEqual(
    points.map(({ atMicros, co2Ppm }) => [atMicros / second, co2Ppm]),
    [
      [9, 1],
      [10, 600],
      [11, 1],
      [13, 600],
    ],
  );
});

test("a pause is a gap in the line, and an absent value is one", () => {
  const columns = chartColumns([point(1), point(2, null), point(60)], ["co2Ppm"]);
  assert.deepEqual(columns, [
    [1, 2, 3, 60],
    [600, null, null, 600],
  ]);
});
