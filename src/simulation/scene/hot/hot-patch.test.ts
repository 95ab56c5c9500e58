import assert from "node:assert/strict";
import { test } from "node:test";
import { celsiusToRadiance, radianceToCelsius } from "../band-radiance.ts";
import { Picture } from "../picture.ts";
import { PinholeCamera } from "../pinhole-camera.ts";
import { apparentRadiance, drawPatch, drawSpeck, level, upright } from "./hot-patch.ts";

const camera = new PinholeCamera({ position: { x: 0, y: 1.5, z: 0 }, tiltDownDegrees: 0 });

function pictureAt(depth: number): Picture {
  return new Picture(new Float32Array(160 * 120).fill(depth));
}

function sum(picture: Picture): number {
  return picture.radiance.reduce((total, one) => total + one, 0);
}

test("a grey surface reads as the facts sheet's table says", () => {
  const reads = (celsius: number, emissivity: number): number =>
    radianceToCelsius(apparentRadiance({ celsius, emissivity, surroundingsCelsius: 20 }));
  assert.ok(Math.abs(reads(60, 0.95) - 58.3) < 0.1);
  assert.ok(Math.abs(reads(200, 0.5) - 129) < 0.3);
  assert.ok(Math.abs(reads(200, 0.1) - 49.2) < 0.3);
});

test("a patch covers its area in pixels, large, thin or far smaller than a pixel", () => {
  for (const [halfX, halfY] of [
    [0.2, 0.1],
    [0.3, 0.004],
    [0.003, 0.003],
  ] as const)
    for (const outline of ["rectangle", "ellipse"] as const) {
      const picture = pictureAt(100);
      const place = { x: 0.013, y: 1.507, z: 3 };
      drawPatch(picture, camera, { place, ...upright(halfX, halfY), outline, radianceAt: () => 1 });
      const scale = camera.focal / 3;
      const pixels = (outline === "ellipse" ? Math.PI : 4) * halfX * halfY * scale * scale;
      const share = sum(picture) / pixels;
      assert.ok(share > 0.93 && share < 1.07, `${outline} ${halfX}×${halfY}: ${share} of its area`);
    }
});

test("a patch is hidden by what stands before it, and not by what it lies on", () => {
  const below = { x: 0, y: 0.8, z: 3 };
  const hidden = pictureAt(2.5);
  drawPatch(hidden, camera, { place: below, ...level(0.2, 0.2), outline: "ellipse", radianceAt: () => 1 });
  assert.equal(sum(hidden), 0);
  // The top of a table: depth falls towards the camera just as the patch's own does.
  const depth = new Float32Array(160 * 120).fill(100);
  for (let i = 0; i < depth.length; i += 1) {
    const ray = camera.ray(i % 160, Math.floor(i / 160));
    if (ray.y < 0) depth[i] = -0.7 / ray.y;
  }
  const onTable = new Picture(depth);
  const free = pictureAt(100);
  for (const picture of [onTable, free])
    drawPatch(picture, camera, { place: below, ...level(0.3, 0.3), outline: "ellipse", radianceAt: () => 1 });
  assert.equal(sum(onTable), sum(free));
});

test("a speck's area is kept wherever it lies between pixels, and outside of the picture nothing is drawn", () => {
  for (const x of [70, 70.3, 70.99]) {
    const picture = pictureAt(100);
    drawSpeck(picture, { x, y: 40.6, depth: 3, scale: 50 }, { pixels: 0.2, radiance: 10 });
    assert.ok(Math.abs(sum(picture) - 2) < 1e-5);
  }
  const picture = pictureAt(100);
  drawSpeck(picture, { x: -5, y: 500, depth: 3, scale: 50 }, { pixels: 0.2, radiance: 10 });
  assert.equal(sum(picture), 0);
});

test("a tenth of a pixel at 600 °C reads 136 °C before a wall of 20 °C, as the facts sheet says", () => {
  const picture = pictureAt(100);
  picture.radiance.fill(celsiusToRadiance(20));
  drawSpeck(
    picture,
    { x: 70, y: 40, depth: 3, scale: 50 },
    { pixels: 0.1, radiance: celsiusToRadiance(600) },
  );
  assert.ok(Math.abs(radianceToCelsius(picture.radiance[40 * 160 + 70]!) - 135.9) < 0.5);
});
