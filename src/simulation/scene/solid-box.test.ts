import assert from "node:assert/strict";
import { test } from "node:test";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { celsiusToRadiance, radianceToCelsius } from "./band-radiance.ts";
import { Picture } from "./picture.ts";
import { PinholeCamera } from "./pinhole-camera.ts";
import { drawSolidBox, type SolidBox } from "./solid-box.ts";

const camera = new PinholeCamera({ position: { x: 0, y: 1.7, z: 0 }, tiltDownDegrees: 8 });
const crate: SolidBox = {
  base: { x: 0, y: 0, z: 4 },
  heading: 0,
  width: 1,
  height: 1,
  length: 1,
  lowCelsius: 60,
  highCelsius: 60,
};

function draw(box: SolidBox, depth = 20): Float64Array {
  const picture = new Picture(new Float32Array(leptonWidth * leptonHeight).fill(depth));
  picture.radiance.fill(celsiusToRadiance(20));
  drawSolidBox(picture, camera, box);
  return Float64Array.from(picture.radiance, radianceToCelsius);
}

test("a crate of 1 m covers what its sides and top cover, without seams", () => {
  const celsius = draw(crate);
  const hot = [...celsius.keys()].filter((i) => celsius[i]! > 40);
  const columns = hot.map((i) => i % leptonWidth);
  const wide = Math.max(...columns) - Math.min(...columns) + 1;
  assert.ok(Math.abs(wide - camera.focal / 3.5) < 2, `${wide} pixels wide`);
  for (let y = 0; y < leptonHeight; y += 1) {
    const row = [...celsius.subarray(y * leptonWidth, (y + 1) * leptonWidth)];
    const first = row.findIndex((value) => value > 58);
    const last = row.findLastIndex((value) => value > 58);
    if (first >= 0) assert.ok(Math.min(...row.slice(first, last + 1)) > 56, `row ${y}`);
  }
  assert.ok(Math.max(...celsius) < 60.1);
});

test("it is hidden by what stands before it, and a turned one is wider", () => {
  assert.ok(Math.max(...draw(crate, 3)) < 20.1);
  const count = (celsius: Float64Array): number => celsius.filter((value) => value > 40).length;
  assert.ok(count(draw({ ...crate, heading: Math.PI / 4 })) > 1.1 * count(draw(crate)));
});

test("what reaches behind the lens is cut off, and what is behind it is not drawn", () => {
  const under = draw({ ...crate, height: 0.4, base: { x: 0, y: 0, z: 2 }, length: 8 });
  assert.ok(under.filter((value) => value > 40).length > 500);
  assert.ok(Math.max(...draw({ ...crate, base: { x: 0, y: 0, z: -3 } })) < 20.1);
});

test("it is as warm at its foot and top as told, and its front may differ", () => {
  const celsius = draw({ ...crate, lowCelsius: 30, highCelsius: 50, frontCelsius: 90 });
  assert.ok(Math.abs(Math.max(...celsius) - 90) < 0.5);
  const fading = draw({ ...crate, lowCelsius: 30, highCelsius: 50 });
  const side = [...fading].filter((value) => value > 25);
  assert.ok(Math.max(...side) > 49 && side.some((value) => value < 34));
});
