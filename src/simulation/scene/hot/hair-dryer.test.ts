import assert from "node:assert/strict";
import { test } from "node:test";
import { HotStage, stageCelsius } from "#support/hot-stage.ts";
import type { Point } from "../pinhole-camera.ts";
import { HairDryer } from "./hair-dryer.ts";

test("its nozzle reaches 60 to 150 °C while it is on, moves with the hand, and cools in a minute", () => {
  const handAt = (seconds: number): Point => ({ x: 0.3 * Math.cos(seconds), y: 1.75, z: 2.8 });
  const dryer = new HairDryer({
    handAt,
    headAt: () => ({ x: 0, y: 1.65, z: 3 }),
    nozzleCelsius: 120,
    hairCelsius: 50,
    kilowatts: 1.8,
    onTimes: [{ fromSeconds: 2, toSeconds: 30 }],
    ambientCelsius: stageCelsius,
  });
  const stage = new HotStage(dryer);
  stage.runTo(25);
  assert.ok(dryer.nozzleCelsius > 110 && dryer.nozzleCelsius <= 120);
  const { hottestCelsius, warmPixels } = stage.look();
  assert.ok(hottestCelsius > 55 && hottestCelsius < 121, `${hottestCelsius} °C`);
  assert.ok(warmPixels > 5 && warmPixels < 200, `${warmPixels} points`);
  assert.equal(stage.releases()[0]!.heatKilowatts, 1.8);
  const here = dryer.place;
  stage.runTo(28);
  assert.ok(Math.abs(dryer.place.x - here.x) > 0.1);
  stage.runTo(150);
  assert.ok(dryer.nozzleCelsius < 30);
  assert.deepEqual(stage.releases(), []);
});
