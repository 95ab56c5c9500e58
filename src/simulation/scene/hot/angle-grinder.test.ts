import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { HotStage, stageCelsius } from "#support/hot-stage.ts";
import { AngleGrinder } from "./angle-grinder.ts";

test("sparks fly only while it grinds; the disc warms up and cools within minutes", () => {
  const grinder = new AngleGrinder({
    toolAt: () => ({ x: 0, y: 0.9, z: 3 }),
    bursts: [{ fromSeconds: 2, toSeconds: 20 }],
    discRadiusMetres: 0.08,
    discCelsius: 110,
    spotCelsius: 220,
    kilowatts: 1,
    sparksTo: { x: 0.9, y: -0.4, z: 0 },
    sparks: {
      perSecond: 100,
      squareMillimetres: 10,
      metresPerSecond: 6,
      spread: 0.1,
      startCelsius: 1300,
      lifeSeconds: [0.1, 0.4],
    },
    ambientCelsius: stageCelsius,
    random: new Random(2),
  });
  const stage = new HotStage(grinder);
  assert.equal(stage.runTo(1.9).look().warmPixels, 0);
  stage.runTo(18);
  assert.ok(grinder.glowingSparks > 10);
  assert.ok(grinder.discCelsius > 70 && grinder.discCelsius <= 110, `${grinder.discCelsius} °C`);
  const { hottestCelsius } = stage.look();
  assert.ok(hottestCelsius > 90 && hottestCelsius < 400, `${hottestCelsius} °C`);
  assert.equal(stage.releases()[0]!.heatKilowatts, 1);
  stage.runTo(22);
  assert.equal(grinder.glowingSparks, 0);
  assert.deepEqual(stage.releases(), []);
  assert.ok(stage.runTo(300).look().hottestCelsius < 35);
});
