import assert from "node:assert/strict";
import { test } from "node:test";
import { hallScene } from "#support/fire-stage.ts";
import { celsiusToRadiance, radianceToCelsius } from "../scene/band-radiance.ts";
import { Picture } from "../scene/picture.ts";
import { paintHotDisc } from "./hot-disc.ts";

const still = hallScene();

/** Sum of the radiance that a disc adds to an even picture, how many points it makes visible, and the picture. */
function painted(disc: { readonly radiusMetres: number; readonly celsius: number; readonly metres: number }) {
  const picture = new Picture(still.depth);
  const behind = celsiusToRadiance(20);
  picture.radiance.fill(behind);
  const visible = paintHotDisc(picture, still.camera, {
    place: { x: 0.1, y: 1.6, z: disc.metres },
    facing: { x: 0, y: 0, z: -1 },
    radiusMetres: disc.radiusMetres,
    evenShare: 0.999,
    excessKelvin: disc.celsius - 20,
    ambientCelsius: 20,
    emissivity: 1,
  });
  const sum = picture.radiance.reduce((total, value) => total + value - behind, 0);
  return { picture, visible, pixels: sum / (celsiusToRadiance(disc.celsius) - behind) };
}

test("a disc adds the radiance of its area, from far under a pixel to many", () => {
  for (const radiusMetres of [0.004, 0.02, 0.05, 0.2, 0.5])
    for (const metres of [2.5, 5, 12, 25]) {
      const scale = still.camera.project({ x: 0.1, y: 1.6, z: metres })!.scale;
      const expected = Math.PI * (radiusMetres * scale) ** 2;
      const { pixels } = painted({ radiusMetres, celsius: 300, metres });
      assert.ok(
        Math.abs(pixels / expected - 1) < 0.12,
        `${pixels} instead of ${expected} pixels at ${metres} m`,
      );
    }
});

test("a spot of 600 °C that fills a tenth of a pixel reads about 136 °C there, as in the facts' table", () => {
  const metres = 20;
  const { scale, x, y } = still.camera.project({ x: 0, y: 1.6, z: metres })!;
  const picture = new Picture(still.depth);
  picture.radiance.fill(celsiusToRadiance(20));
  // Right in the middle of a pixel.
  const place = {
    x: (Math.round(x) - x) / scale,
    y: 1.6 - (Math.round(y) - y) / scale,
    z: metres,
  };
  paintHotDisc(picture, still.camera, {
    place,
    facing: { x: 0, y: 0, z: -1 },
    radiusMetres: Math.sqrt(0.1 / Math.PI) / scale,
    evenShare: 0.999,
    excessKelvin: 580,
    ambientCelsius: 20,
    emissivity: 1,
  });
  const hottest = radianceToCelsius(picture.radiance.reduce((most, value) => Math.max(most, value)));
  assert.ok(hottest > 110 && hottest < 140, `${hottest} °C`);
});

test("a disc that faces away or lies behind the wall is not seen, one of 8 K more is", () => {
  const picture = new Picture(still.depth);
  picture.radiance.fill(celsiusToRadiance(20));
  const disc = { radiusMetres: 0.3, evenShare: 0.9, ambientCelsius: 20, emissivity: 1 };
  const away = { ...disc, place: { x: 0, y: 1, z: 5 }, facing: { x: 0, y: 0, z: 1 }, excessKelvin: 100 };
  assert.equal(paintHotDisc(picture, still.camera, away), 0);
  const behind = { ...away, place: { x: 0, y: 1, z: 35 }, facing: { x: 0, y: 0, z: -1 } };
  assert.equal(paintHotDisc(picture, still.camera, behind), 0);
  const faint = { ...away, facing: { x: 0, y: 0, z: -1 } };
  assert.equal(paintHotDisc(picture, still.camera, { ...faint, excessKelvin: 7.5 }), 0);
  picture.radiance.fill(celsiusToRadiance(20));
  assert.ok(paintHotDisc(picture, still.camera, { ...faint, excessKelvin: 8.5 }) > 50);
});
