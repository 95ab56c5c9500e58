import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { HotStage, stageCelsius } from "#support/hot-stage.ts";
import { CookingPan } from "./cooking-pan.ts";
import { GasBurner } from "./gas-burner.ts";
import { HotPlate } from "./hot-plate.ts";

const place = { x: 0, y: 0.9, z: 3 };

function pan(kind: "water" | "oil", under: { readonly kilowatts: number }): CookingPan {
  return new CookingPan({
    place: { ...place, y: 0.93 },
    radiusMetres: 0.11,
    heightMetres: 0.1,
    wallEmissivity: 0.9,
    content: { kind, kilograms: 0.5 },
    startCelsius: stageCelsius,
    highestCelsius: 200,
    under,
    random: new Random(4),
  });
}

test("water on a gas flame boils after minutes, stays at 100 °C and steams", () => {
  const burner = new GasBurner({
    place,
    ringRadiusMetres: 0.04,
    kilowatts: 2,
    indoorShare: 1,
    onTimes: [{ fromSeconds: 0, toSeconds: 1000 }],
    ambientCelsius: stageCelsius,
    random: new Random(3),
  });
  const water = pan("water", burner);
  const stage = new HotStage(burner, water);
  stage.runTo(60);
  assert.ok(water.celsius > 40 && water.celsius < 80, `${water.celsius} °C after a minute`);
  const steamless = stage.look().warmPixels;
  stage.runTo(300);
  assert.equal(water.celsius, 100);
  const steam = stage.releases().reduce((sum, release) => sum + release.waterKilogramsPerSecond, 0);
  const co2 = stage.releases().reduce((sum, release) => sum + release.co2KilogramsPerSecond, 0);
  // About 1 kW boils off 0.4 g/s; 2 kW of gas bring 0.09 g/s of water themselves.
  assert.ok(steam > 4e-4 && steam < 7e-4, `${steam} kg/s`);
  assert.ok(Math.abs(co2 - 1.1e-4) < 1e-7);
  assert.ok(stage.look().warmPixels > steamless);
});

test("oil stops where the cook turns the heat down, below what catches fire", () => {
  const plate = new HotPlate({
    place,
    radiusMetres: 0.1,
    setCelsius: 350,
    emissivity: 0.9,
    kilowatts: 1.8,
    cycleSeconds: 30,
    onTimes: [{ fromSeconds: 0, toSeconds: 1000 }],
    ambientCelsius: stageCelsius,
  });
  const oil = pan("oil", plate);
  new HotStage(plate, oil).runTo(900);
  assert.ok(oil.celsius > 150 && oil.celsius <= 200, `${oil.celsius} °C`);
  assert.ok(plate.celsius > 300 && plate.celsius < 400, `${plate.celsius} °C`);
});

test("a plate swings with its regulator and cools for many minutes after", () => {
  const plate = new HotPlate({
    place,
    radiusMetres: 0.1,
    setCelsius: 300,
    emissivity: 0.9,
    kilowatts: 1.5,
    cycleSeconds: 40,
    onTimes: [{ fromSeconds: -2000, toSeconds: 60 }],
    ambientCelsius: stageCelsius,
  });
  const stage = new HotStage(plate);
  const seen = [10, 24, 40, 50].map((seconds) => {
    stage.runTo(seconds);
    return plate.celsius;
  });
  assert.ok(Math.max(...seen) - Math.min(...seen) > 1);
  assert.ok(stage.runTo(60 + 300).look().hottestCelsius > 120);
});
