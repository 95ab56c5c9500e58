import assert from "node:assert/strict";
import { test } from "node:test";
import type { RegionObservation } from "#core/features/feature-second.ts";
import type { HotPlace } from "#simulation/scenario/scenario.ts";
import { PinholeCamera } from "#simulation/scene/pinhole-camera.ts";
import { distanceToRegion, flameBox, hotPlaceOf, hotPlacesInPicture } from "./places-in-picture.ts";

const camera = new PinholeCamera({ position: { x: 0, y: 1, z: 0 }, tiltDownDegrees: 0 });

const hob: HotPlace = {
  name: "hob",
  low: { x: -0.5, y: 0.8, z: 3 },
  high: { x: 0.5, y: 1.2, z: 3.4 },
  hoursOfDay: [22, 6],
  peakCelsius: 200,
  areaPixels: 100,
};

/** A region around a point: area and peak first among its features, as the schema has them. */
function region(
  at: { readonly x: number; readonly y: number },
  area: number,
  peak: number,
): RegionObservation {
  const features = new Float64Array(14).fill(Number.NaN);
  features[0] = area;
  features[1] = peak;
  const box = { left: at.x - 2, top: at.y - 2, right: at.x + 2, bottom: at.y + 2 };
  return { features, peakX: at.x, peakY: at.y, centroidX: at.x, centroidY: at.y, box } as RegionObservation;
}

test("a region lies in a hot place when it is inside, in its hours and no hotter than accepted", () => {
  const places = hotPlacesInPicture([hob], camera);
  const inside = { x: 80, y: 60 };
  const of = (one: RegionObservation, hourOfDay: number) => hotPlaceOf(one, { hourOfDay, places });
  assert.equal(of(region(inside, 50, 190), 23), 1);
  assert.equal(of(region(inside, 50, 190), 26), 1, "two in the morning of the next day");
  assert.equal(of(region(inside, 50, 190), 12), 0, "outside of its hours");
  assert.equal(of(region(inside, 50, 231), 23), 2, "over 30 K hotter than accepted");
  assert.equal(of(region(inside, 151, 190), 23), 2, "half as large again");
  assert.equal(of(region({ x: 10, y: 60 }, 50, 190), 23), 0);
});

test("the distance to a region is 0 inside of its rectangle", () => {
  const one = region({ x: 50, y: 50 }, 25, 100);
  assert.equal(distanceToRegion(one, { x: 51, y: 49 }), 0);
  assert.equal(distanceToRegion(one, { x: 55, y: 56 }), 5);
});

test("what is behind the lens has no place in the picture", () => {
  assert.equal(flameBox({ x: 0, y: 0, z: -2 }, camera), null);
  const box = flameBox({ x: 0, y: 0, z: 4 }, camera);
  assert.ok(box !== null && box.left < 80 && box.right > 80 && box.bottom > 60);
});
