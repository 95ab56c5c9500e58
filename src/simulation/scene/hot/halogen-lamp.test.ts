import assert from "node:assert/strict";
import { test } from "node:test";
import { HotStage, stageCelsius } from "#support/hot-stage.ts";
import { HalogenLamp } from "./halogen-lamp.ts";

test("a lamp warms up in minutes when it is switched on, stands still, and warms what it shines on", () => {
  const lamp = new HalogenLamp({
    place: { x: 0, y: 1.5, z: 4 },
    radiusMetres: 0.08,
    shines: "into-the-room",
    celsius: 200,
    kilowatts: 0.4,
    onTimes: [{ fromSeconds: 10, toSeconds: 400 }],
    ambientCelsius: stageCelsius,
  });
  const stage = new HotStage(lamp);
  assert.equal(stage.runTo(9).look().warmPixels, 0);
  stage.runTo(30);
  const warming = lamp.glassCelsius;
  stage.runTo(390);
  assert.ok(warming < 100 && lamp.glassCelsius > 190 && lamp.glassCelsius <= 200);
  const one = stage.look();
  const other = stage.look(0.07);
  assert.ok(one.hottestCelsius > 150 && one.hottestCelsius < 200);
  assert.deepEqual(one, other);
  assert.ok(stage.warmth().highestKelvin > 0.3);
  assert.equal(stage.releases()[0]!.heatKilowatts, 0.4);
});

test("a spot in the ceiling is seen from below", () => {
  const lamp = new HalogenLamp({
    place: { x: 0, y: 2.95, z: 5 },
    radiusMetres: 0.05,
    shines: "down",
    celsius: 150,
    kilowatts: 0.04,
    onTimes: [{ fromSeconds: -2000, toSeconds: 400 }],
    ambientCelsius: stageCelsius,
  });
  const { hottestCelsius, warmPixels } = new HotStage(lamp).runTo(1).look();
  assert.ok(hottestCelsius > 40 && warmPixels >= 1 && warmPixels < 20, `${hottestCelsius} °C`);
});
