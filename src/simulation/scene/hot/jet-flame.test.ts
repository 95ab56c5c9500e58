import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { celsiusToRadiance, radianceToCelsius } from "../band-radiance.ts";
import { Picture } from "../picture.ts";
import { PinholeCamera } from "../pinhole-camera.ts";
import { JetFlame } from "./jet-flame.ts";

const kind = { absorptionPerMetre: 2, footCelsius: 1300, tipCelsius: 800, metresPerSecond: 6 };

/** Radiance that a jet of 10 cm by 50 cm adds, summed in m², and how hot it looks at most. */
function drawnAt(metres: number): { readonly added: number; readonly celsius: number } {
  const camera = new PinholeCamera({ position: { x: 0, y: 1.5, z: 0 }, tiltDownDegrees: 0 });
  const picture = new Picture(new Float32Array(160 * 120).fill(100));
  const cold = celsiusToRadiance(20);
  picture.radiance.fill(cold);
  new JetFlame(kind, new Random(5)).draw(picture, camera, {
    foot: { x: -0.25, y: 1.5, z: metres },
    direction: { x: 1, y: 0, z: 0 },
    lengthMetres: 0.5,
    diameterMetres: 0.1,
    seconds: 1,
  });
  const scale = camera.focal / metres;
  const added = picture.radiance.reduce((sum, radiance) => sum + radiance - cold, 0) / (scale * scale);
  return { added, celsius: radianceToCelsius(Math.max(...picture.radiance)) };
}

test("a thin jet looks far cooler than its gas", () => {
  const { celsius } = drawnAt(3);
  assert.ok(celsius > 150 && celsius < 600, `${celsius} °C`);
});

test("it sends the same near and far, drawn pixel by pixel or as a row of specks", () => {
  const near = drawnAt(2).added;
  for (const metres of [4, 9, 16]) {
    const share = drawnAt(metres).added / near;
    assert.ok(share > 0.7 && share < 1.3, `${share} of it at ${metres} m`);
  }
});
