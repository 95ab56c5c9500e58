import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyHall, FireStage, freshAir, hallScene, steadyFire } from "#support/fire-stage.ts";
import { labelOf, visiblePixelsMin } from "../scenario/label-rule.ts";
import { celsiusToRadiance } from "../scene/band-radiance.ts";
import { Picture } from "../scene/picture.ts";
import { fireCourse } from "./fire-course.ts";
import { heatReleaseOf } from "./fire-growth.ts";
import { fuels } from "./fuel.ts";
import { TimeCurve } from "./time-curve.ts";

const still = hallScene();
const basket = {
  fuel: fuels.paper,
  kilowatts: 30,
  diameterMetres: 0.26,
  distanceMetres: 5,
  flameRenderer: "plume",
} as const;

test("a fire goes from nothing to heating, smouldering, flames and cooling, as its course says", () => {
  const course = fireCourse({
    fuelExcessKelvin: new TimeCurve([
      [0, 0],
      [20, 300],
    ]),
    fuelDiameter: new TimeCurve([
      [0, 0.2],
      [20, 0.2],
    ]),
    smoulder: new TimeCurve([
      [15, 0.1],
      [20, 0.5],
    ]),
    flame: heatReleaseOf({ growth: 1, peakKilowatts: 30, kindlingKilowatts: 1, fuelKilojoules: 300 }).scaled({
      laterSeconds: 20,
    }),
  });
  const fire = steadyFire(basket, { course, igniteAtSeconds: 5 });
  const stage = new FireStage(still, fire);
  const cold = Float32Array.from(stage.lookAt(4.9));
  assert.ok(cold.every((value) => value === Math.fround(celsiusToRadiance(20))));
  assert.deepEqual(fire.truth, { stage: "none", heatReleaseKilowatts: 0, flamePixels: 0, hotPixels: 0 });
  stage.lookAt(8);
  assert.deepEqual([fire.truth.stage, fire.truth.hotPixels], ["warming", 0], "no hotter than in use");
  stage.lookAt(18.5);
  assert.equal(fire.truth.stage, "incipient");
  assert.ok(fire.truth.hotPixels >= 2 && fire.truth.flamePixels === 0);
  stage.lookAt(21);
  assert.equal(fire.truth.stage, "smouldering");
  assert.ok(fire.truth.heatReleaseKilowatts > 0.1 && fire.truth.heatReleaseKilowatts < 0.6);
  stage.lookAt(32);
  assert.equal(fire.truth.stage, "flaming");
  assert.ok(fire.truth.flamePixels > 30, `${fire.truth.flamePixels}`);
  stage.lookAt(120);
  assert.equal(fire.truth.stage, "cooling");
  assert.equal(fire.truth.heatReleaseKilowatts, 0);
  assert.equal(fire.truth.flamePixels, 0);
  assert.deepEqual(fire.releases(), []);
});

test("in air without oxygen a fire goes out and its fuel stays; released heat is that of the fuel all the same", () => {
  const course = fireCourse({ flame: heatReleaseOf({ growth: 1, peakKilowatts: 30, fuelKilojoules: 600 }) });
  const fire = steadyFire(basket, { course });
  let kilojoules = 0;
  const play = (from: number, seconds: number, oxygenMassFraction: number): void => {
    for (let i = 1; i <= 10 * seconds; i += 1) {
      fire.step(0.1, { seconds: from + i / 10, air: { ...freshAir, oxygenMassFraction } });
      kilojoules += 0.1 * fire.truth.heatReleaseKilowatts;
    }
  };
  play(0, 10, 0.23);
  const before = kilojoules;
  play(10, 100, 0.14);
  assert.ok(kilojoules < before + 5);
  play(110, 150, 0.23);
  assert.ok(Math.abs(kilojoules / course.flame.integral() - 1) < 0.01, `${kilojoules} kJ`);
});

test("a fire gives to the air what its fuel holds", () => {
  const kilograms = 0.5;
  const heat = fuels.paper.heatOfCombustionKilojoulesPerKilogram;
  const course = fireCourse({
    flame: heatReleaseOf({ growth: 0.05, peakKilowatts: 30, fuelKilojoules: kilograms * heat }),
  });
  const fire = steadyFire(basket, { course });
  let co2 = 0;
  for (let i = 1; i <= 6000; i += 1) {
    fire.step(0.1, { seconds: i / 10, air: freshAir });
    for (const release of fire.releases()) co2 += 0.1 * release.co2KilogramsPerSecond;
  }
  assert.ok(Math.abs(co2 / (kilograms * fuels.paper.flaming.co2) - 1) < 0.01, `${co2} kg`);
});

test("after the flames the fuel glows on and cools within minutes", () => {
  const course = fireCourse({
    flame: heatReleaseOf({ growth: 1, peakKilowatts: 30, fuelKilojoules: 400, decayShare: 0.05 }),
  });
  const fire = steadyFire(basket, { course });
  const stage = new FireStage(still, fire);
  const brightest = (seconds: number): number =>
    stage.lookAt(seconds).reduce((most, value) => Math.max(most, value), 0);
  const over = course.flame.endSeconds + 2;
  const soon = brightest(over);
  assert.equal(fire.truth.stage, "cooling");
  assert.ok(soon > celsiusToRadiance(120));
  assert.ok(fire.truth.hotPixels >= visiblePixelsMin, "embers show while they glow");
  assert.equal(labelOf(fire.truth), "slow-heat");
  assert.ok(brightest(over + 600) < celsiusToRadiance(60));
  assert.equal(labelOf(fire.truth), "none");
});

test("between two steps a flame goes on from the newest one, however long a step is", () => {
  const growing = new TimeCurve([
    [0, 1],
    [1, 1],
    [2, 200],
  ]);
  const fire = steadyFire(basket, { course: fireCourse({ flame: growing }) });
  fire.step(1, { seconds: 1, air: freshAir });
  const picture = new Picture(still.depth);
  const flamePixelsAt = (seconds: number): number => {
    picture.radiance.fill(celsiusToRadiance(20));
    fire.draw(picture, { camera: still.camera, still, room: emptyHall, seconds, air: freshAir });
    return fire.truth.flamePixels;
  };
  assert.ok(flamePixelsAt(1.9) > 3 * flamePixelsAt(1));
});

test("what somebody nearer to the camera hides of a fire is not visible of it", () => {
  const fire = steadyFire(basket);
  const picture = new Picture(still.depth);
  const view = { camera: still.camera, still, room: emptyHall, seconds: 20, air: freshAir };
  for (let i = 1; i <= 200; i += 1) fire.step(0.1, { seconds: i / 10, air: freshAir });
  const seen = (passerBy: (index: number) => boolean): [flames: number, hot: number] => {
    picture.radiance.fill(celsiusToRadiance(20));
    fire.draw(picture, view);
    for (let i = 0; i < picture.radiance.length; i += 1)
      if (passerBy(i)) picture.radiance[i] = celsiusToRadiance(22);
    fire.nearerDrawn(picture);
    return [fire.truth.flamePixels, fire.truth.hotPixels];
  };
  const [flames, hot] = seen(() => false);
  assert.ok(flames > 30 && hot >= visiblePixelsMin, `${flames}, ${hot}`);
  const [halfOfFlames] = seen((i) => i % 160 < 80);
  assert.ok(halfOfFlames > 0.2 * flames && halfOfFlames < 0.8 * flames, `${halfOfFlames} of ${flames}`);
  assert.deepEqual(
    seen(() => true),
    [0, 0],
  );
  assert.equal(labelOf(fire.truth), "hidden");
});

test("where the picture is looked at more often, the fire is the same", () => {
  for (const flameRenderer of ["plume", "billow"] as const) {
    const often = new FireStage(still, steadyFire({ ...basket, flameRenderer }));
    const seldom = new FireStage(still, steadyFire({ ...basket, flameRenderer }));
    for (let i = 0; i < 30; i += 1) often.lookAt(1 + i / 15);
    assert.deepEqual(often.lookAt(3.05), seldom.lookAt(3.05));
  }
});

const paperFire = fireCourse({
  flame: heatReleaseOf({ growth: 0.05, peakKilowatts: 30, kindlingKilowatts: 0.6, fuelKilojoules: 9_000 }),
});

test("a fire that is put out has no flame a second later, and what it heated cools slowly", () => {
  const fire = steadyFire(basket, { course: paperFire, putOutAtSeconds: 30 });
  const stage = new FireStage(still, fire);
  stage.lookAt(29.9);
  const before = fire.truth;
  assert.ok(fire.burns && before.flamePixels > 30 && before.heatReleaseKilowatts > 25);
  stage.lookAt(31.6);
  assert.equal(fire.burns, false);
  assert.deepEqual([fire.truth.stage, fire.truth.flamePixels], ["cooling", 0]);
  assert.ok(fire.truth.hotPixels >= visiblePixelsMin, "embers glow");
  assert.ok(stage.lookAt(900).every((value) => value < celsiusToRadiance(60)));
});

test("a fire that waits to be lit burns from the newest step on, again after it was put out, and never twice at once", () => {
  const fire = steadyFire(basket, { course: paperFire, igniteAtSeconds: Number.POSITIVE_INFINITY });
  const stage = new FireStage(still, fire);
  stage.lookAt(20);
  assert.deepEqual([fire.burns, fire.truth.stage], [false, "none"]);
  fire.putOut();
  fire.light();
  assert.equal(fire.burns, true);
  stage.lookAt(30);
  const afterTenSeconds = fire.truth.heatReleaseKilowatts;
  fire.light();
  stage.lookAt(40);
  assert.ok(fire.truth.heatReleaseKilowatts > afterTenSeconds + 5, "lighting what burns changes nothing");
  fire.putOut();
  stage.lookAt(45);
  const glowing = fire.truth.hotPixels;
  fire.light();
  stage.lookAt(55);
  assert.ok(Math.abs(fire.truth.heatReleaseKilowatts - afterTenSeconds) < 1e-6, "as if there were new fuel");
  assert.ok(glowing > 0 && fire.truth.hotPixels >= glowing, "and what is hot stays hot");
});
