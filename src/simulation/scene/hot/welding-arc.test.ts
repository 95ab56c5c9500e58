import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { HotStage, stageCelsius } from "#support/hot-stage.ts";
import { WeldingArc } from "./welding-arc.ts";

function welding(): WeldingArc {
  return new WeldingArc({
    toolAt: (seconds) => ({ x: 0.005 * seconds, y: 0.9, z: 3 }),
    bursts: [{ fromSeconds: 2, toSeconds: 12 }],
    kilowatts: 4,
    squareCentimetres: 1.5,
    shieldingCo2KilogramsPerSecond: 8e-5,
    sparks: {
      perSecond: 40,
      squareMillimetres: 3,
      metresPerSecond: 3,
      spread: 0.6,
      startCelsius: 1400,
      lifeSeconds: [0.2, 0.6],
    },
    workpiece: { place: { x: 0, y: 0.88, z: 3 }, halfX: 0.2, halfZ: 0.1 },
    ambientCelsius: stageCelsius,
    random: new Random(6),
  });
}

test("the arc saturates the camera while it burns and flickers from picture to picture", () => {
  const arc = welding();
  const stage = new HotStage(arc);
  assert.equal(stage.runTo(1.9).look().warmPixels, 0);
  const seen: number[] = [];
  for (let i = 0; i < 20; i += 1) seen.push(stage.runTo(3 + 0.1 * i).look(0.013 * (i % 7)).hottestCelsius);
  assert.ok(arc.burning);
  assert.ok(Math.max(...seen) > 181, `${Math.max(...seen)} °C`);
  const changes = seen.slice(1).map((celsius, i) => Math.abs(celsius - seen[i]!));
  assert.ok(changes.filter((kelvin) => kelvin > 20).length > 10, `${changes}`);
});

test("it gives heat, fume and the CO2 of its shielding gas in bursts, and leaves a seam that cools in a minute", () => {
  const stage = new HotStage(welding()).runTo(11.5);
  const [release] = stage.releases();
  assert.equal(release!.heatKilowatts, 4);
  assert.equal(release!.co2KilogramsPerSecond, 8e-5);
  assert.ok(release!.sootKilogramsPerSecond > 0);
  const after = stage.runTo(14).look();
  assert.deepEqual(stage.releases(), []);
  assert.ok(after.hottestCelsius > 45, `${after.hottestCelsius} °C right after`);
  const later = stage.runTo(75).look();
  assert.ok(later.hottestCelsius < 0.6 * after.hottestCelsius, `${later.hottestCelsius} °C a minute later`);
});
