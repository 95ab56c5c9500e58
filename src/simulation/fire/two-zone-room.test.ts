import assert from "node:assert/strict";
import { test } from "node:test";
import { officeLayout } from "../scene/room-layout.ts";
import type { AirRelease } from "../scene/scene-thing.ts";
import { TwoZoneRoom, type TwoZoneRoomOptions } from "./two-zone-room.ts";

const { basket: _, ...office } = officeLayout;
/** A room of 60 m³: 5 m by 5 m by 2.4 m. */
const space = { ...office, leftX: -2.5, rightX: 2.5, depth: 5, height: 2.4 };
const middle = { x: 0, y: 0.3, z: 2.5 };
const atWall = { x: 0.3, y: 1.5, z: 0.05 };

function room(airChangesPerHour: number, more: Partial<TwoZoneRoomOptions> = {}): TwoZoneRoom {
  return new TwoZoneRoom({
    space: { ...space, airChangesPerHour },
    celsius: 20,
    outdoorCelsius: 5,
    humidityPercent: 40,
    co2Ppm: 420,
    outdoorCo2Ppm: 420,
    ...more,
  });
}

/** A wood-like fire: 90 g of CO2 per MJ. */
function fire(kilowatts: number, place = middle): AirRelease {
  return {
    place,
    diameterMetres: 0.3,
    heatKilowatts: kilowatts,
    radiativeFraction: 0.35,
    co2KilogramsPerSecond: 9e-5 * kilowatts,
    coKilogramsPerSecond: 4e-7 * kilowatts,
    sootKilogramsPerSecond: 1e-6 * kilowatts,
    waterKilogramsPerSecond: 3e-5 * kilowatts,
  };
}

/** The same gases without any heat, as the published table has them. */
function coldSource(co2KilogramsPerSecond: number): AirRelease {
  return { ...fire(0), co2KilogramsPerSecond };
}

function near(actual: number, expected: number, share: number): void {
  assert.ok(Math.abs(actual - expected) <= share * Math.abs(expected), `${actual} instead of ${expected}`);
}

test("without warmth it is the well-mixed room's exact solution, whatever the step", () => {
  const flow = (60 * 0.5) / 3600;
  const gain = (0.0018 * 0.547) / flow;
  const expected = 420 + 1e6 * gain * -Math.expm1((-600 * flow) / 60);
  for (const step of [0.1, 1, 600]) {
    const air = room(0.5);
    for (let i = 0; i < 600 / step; i += 1) air.step(step, [coldSource(0.0018)]);
    near(air.at(atWall).co2Ppm - 420, expected - 420, 1e-3);
    assert.equal(air.at(atWall).co2Ppm, air.at({ x: 2, y: 2.3, z: 4 }).co2Ppm);
  }
});

test("an adult breathes a room of 10 L/s of outdoor air up by 520 ppm, and warms it a little", () => {
  const air = room(0.6);
  const person = { ...fire(0.1, { x: 1, y: 1, z: 2 }), co2KilogramsPerSecond: 0.0052e-3 / 0.547e-3 / 1000 };
  for (let i = 0; i < 4; i += 1) air.step(3600, [person]);
  near(air.at(atWall).co2Ppm - 420, 520 * -Math.expm1(-4 * 0.6), 0.002);
  assert.ok(air.around.lowerCelsius > 20.05 && air.around.lowerCelsius < 21.5);
  assert.equal(air.around.interfaceHeightMetres, 2.4);
});

test("a fire's smoke fills the room from the ceiling down, and the ceiling is warned before the wall", () => {
  const air = room(0.5);
  const underCeiling = { x: 0.3, y: 2.38, z: 0.05 };
  const border: number[] = [];
  let wallSeconds = 0;
  for (let t = 1; t <= 120; t += 1) {
    air.step(1, [fire(20)]);
    border.push(air.around.interfaceHeightMetres);
    if (wallSeconds === 0 && air.at(atWall).co2Ppm > 600) wallSeconds = t;
    if (t === 5) assert.ok(air.at(underCeiling).co2Ppm > 1000 && air.at(atWall).co2Ppm < 425);
  }
  assert.ok(wallSeconds > 30 && wallSeconds < 90, `${wallSeconds} s`);
  assert.ok(border.every((height, i) => i === 0 || height <= border[i - 1]!));
  const { upperCelsius, lowerCelsius } = air.around;
  assert.ok(upperCelsius > 35 && upperCelsius < 70, `${upperCelsius} °C`);
  assert.ok(lowerCelsius < 22);
});

test("a corner fire entrains less and is hotter above", () => {
  const temperatures = [middle, { x: 0, y: 0.3, z: 4.8 }, { x: 2.3, y: 0.3, z: 4.8 }].map((place) => {
    const air = room(0.5);
    for (let t = 0; t < 30; t += 1) air.step(1, [fire(50, place)]);
    return air.around.upperCelsius;
  });
  assert.ok(temperatures[0]! < temperatures[1]! && temperatures[1]! < temperatures[2]!);
});

test("inside a plume the air is hot and full of what burns, beside it not yet", () => {
  const air = room(0.5);
  air.step(0.1, [fire(20)]);
  const above = air.at({ ...middle, y: 1.6 });
  assert.ok(above.celsius > 60 && above.co2Ppm > 3000 && above.coPpm > 10);
  assert.ok(air.at({ x: 1.5, y: 1.6, z: 2.5 }).celsius < 21);
});

test("a flame in a closed room uses up its oxygen, and a leak of CO2 does not", () => {
  const air = room(0.1);
  for (let t = 0; t < 360; t += 1) air.step(1, [fire(200)]);
  assert.ok(air.upperOxygenMassFraction < 0.13, `${air.upperOxygenMassFraction}`);
  assert.ok(air.around.oxygenMassFraction < 0.2, `${air.around.oxygenMassFraction}`);
  const leaking = room(0.1);
  for (let t = 0; t < 240; t += 1) leaking.step(1, [coldSource(0.01)]);
  assert.ok(Math.abs(leaking.around.oxygenMassFraction - 0.23) < 1e-6);
});

test("after the fire the layers cool, mix and become one again", () => {
  const air = room(3);
  for (let t = 0; t < 120; t += 1) air.step(1, [fire(20)]);
  const hot = air.at(atWall).celsius;
  for (let t = 0; t < 7200; t += 1) air.step(1, []);
  assert.ok(hot > 30);
  assert.equal(air.around.interfaceHeightMetres, 2.4);
  assert.ok(Math.abs(air.around.lowerCelsius - 20) < 1);
});

test("through an open doorway smoke leaves above and fresh air comes in below", () => {
  const openings = [{ widthMetres: 0.9, sillMetres: 0, soffitMetres: 2 }];
  const air = room(0, { openings });
  for (let t = 0; t < 600; t += 1) air.step(1, [fire(100)]);
  const { interfaceHeightMetres, upperCelsius } = air.around;
  // A steady fire of 100 kW behind a door of 0.9 by 2 m: McCaffrey, Quintiere and Harkleroad give about 115 K in gypsum.
  assert.ok(interfaceHeightMetres > 0.7 && interfaceHeightMetres < 1.5, `${interfaceHeightMetres} m`);
  assert.ok(upperCelsius > 110 && upperCelsius < 180, `${upperCelsius} °C`);
});
