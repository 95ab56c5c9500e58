import assert from "node:assert/strict";
import { test } from "node:test";
import { HotStage, stageCelsius } from "#support/hot-stage.ts";
import { Cigarette } from "./cigarette.ts";

test("a coal under a pixel in size glows at 400 to 600 °C, brighter with each puff, where the hand is", () => {
  const coal = new Cigarette({
    handAt: (seconds) => (seconds < 30 ? { x: 0.05 * seconds, y: 1.2, z: 4 } : null),
    burning: [{ fromSeconds: 1, toSeconds: 60 }],
    puffs: [{ fromSeconds: 10, toSeconds: 12 }],
    restCelsius: 430,
    puffCelsius: 590,
    coalSquareMillimetres: 50,
    ambientCelsius: stageCelsius,
  });
  const stage = new HotStage(coal);
  assert.equal(stage.runTo(0.5).look().warmPixels, 0);
  const rest = stage.runTo(9).look();
  assert.ok(coal.coalCelsius > 400 && coal.coalCelsius <= 430);
  assert.ok(rest.hottestCelsius > 25 && rest.hottestCelsius < 140, `${rest.hottestCelsius} °C`);
  assert.ok(rest.warmPixels <= 4);
  const here = coal.place;
  const puff = stage.runTo(11.9).look();
  assert.ok(coal.coalCelsius > 560 && coal.coalCelsius <= 590);
  assert.ok(puff.addedKelvin > 1.3 * rest.addedKelvin);
  assert.ok(coal.place.x > here.x);
  assert.ok(stage.releases()[0]!.co2KilogramsPerSecond < 1e-5);
  assert.equal(stage.runTo(31).look().warmPixels, 0);
});
