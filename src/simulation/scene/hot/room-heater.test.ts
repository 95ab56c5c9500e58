import assert from "node:assert/strict";
import { test } from "node:test";
import { HotStage, stageCelsius } from "#support/hot-stage.ts";
import { RoomHeater } from "./room-heater.ts";

function heater(fromSeconds: number, toSeconds: number): RoomHeater {
  return new RoomHeater({
    place: { x: 0, y: 0.3, z: 4 },
    halfWidth: 0.2,
    halfHeight: 0.12,
    element: { celsius: 700, emissivity: 0.8, bars: 3, share: 0.3 },
    kilowatts: 2,
    radiativeFraction: 0.5,
    stream: null,
    onTimes: [{ fromSeconds, toSeconds }],
    ambientCelsius: stageCelsius,
  });
}

test("its bars glow within seconds of being switched on, give off heat, and are cold a minute after", () => {
  const thing = heater(10, 60);
  const stage = new HotStage(thing);
  assert.equal(stage.runTo(9).look().warmPixels, 0);
  assert.deepEqual(stage.releases(), []);
  assert.ok(stage.runTo(50).look().hottestCelsius > 250);
  assert.ok(thing.elementCelsius > 600 && thing.elementCelsius <= 700);
  const [release] = stage.releases();
  assert.equal(release!.heatKilowatts, 2);
  assert.equal(release!.co2KilogramsPerSecond, 0);
  stage.runTo(160);
  assert.ok(thing.elementCelsius < 40);
  assert.deepEqual(stage.releases(), []);
});

test("one that was on before has warmed its casing and the floor before it", () => {
  const { highestKelvin, points } = new HotStage(heater(-900, 60)).warmth();
  assert.ok(highestKelvin > 10 && points > 50, `${highestKelvin} K, ${points} points`);
  assert.equal(new HotStage(heater(5, 60)).warmth().highestKelvin, 0);
});
