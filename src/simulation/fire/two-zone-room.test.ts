import assert from "node:assert/strict";
import { test } from "node:test";
import { assertNear, burningRoom, coldSource, places, woodFire } from "#support/burning-room.ts";

const doorway = {
  kind: "opening",
  widthMetres: 0.9,
  sillMetres: 0,
  soffitMetres: 2,
  outsideCelsius: 20,
} as const;

test("without warmth it is the well-mixed room's exact solution, whatever the step", () => {
  const flow = (60 * 0.5) / 3600;
  const gain = (0.0018 * 0.547) / flow;
  const expected = 420 + 1e6 * gain * -Math.expm1((-600 * flow) / 60);
  for (const step of [0.1, 1, 600]) {
    const air = burningRoom(0.5);
    for (let i = 0; i < 600 / step; i += 1) air.step(step, [coldSource(0.0018)]);
    assertNear(air.at(places.sensor).co2Ppm - 420, expected - 420, 1e-3);
    assert.equal(air.at(places.sensor).co2Ppm, air.at({ x: 4.5, y: 2.3, z: 4 }).co2Ppm);
  }
});

test("an adult breathes a room of 10 L/s of outdoor air up by 520 ppm, and warms it a little", () => {
  const air = burningRoom(0.6);
  const person = {
    ...woodFire(0.1, { x: 3.5, y: 1, z: 2 }),
    co2KilogramsPerSecond: 0.0052e-3 / 0.547e-3 / 1000,
  };
  for (let i = 0; i < 4; i += 1) air.step(3600, [person]);
  assertNear(air.at(places.sensor).co2Ppm - 420, 520 * -Math.expm1(-4 * 0.6), 0.002);
  assert.ok(air.around.lowerCelsius > 20.05 && air.around.lowerCelsius < 21.5);
  assert.equal(air.around.interfaceHeightMetres, 2.4);
});

test("a fire's smoke fills the room from the ceiling down, and the ceiling is warned before the wall", () => {
  const air = burningRoom(0.5);
  const underCeiling = { x: 2.8, y: 2.38, z: 0.05 };
  const border: number[] = [];
  let wallSeconds = 0;
  for (let t = 1; t <= 120; t += 1) {
    air.step(1, [woodFire(20)]);
    border.push(air.around.interfaceHeightMetres);
    if (wallSeconds === 0 && air.at(places.sensor).co2Ppm > 600) wallSeconds = t;
    if (t === 5) assert.ok(air.at(underCeiling).co2Ppm > 1000 && air.at(places.sensor).co2Ppm < 425);
  }
  assert.ok(wallSeconds > 30 && wallSeconds < 90, `${wallSeconds} s`);
  assert.ok(border.every((height, i) => i === 0 || height <= border[i - 1]!));
  const { upperCelsius, lowerCelsius } = air.around;
  assert.ok(upperCelsius > 35 && upperCelsius < 70, `${upperCelsius} °C`);
  assert.ok(lowerCelsius < 22);
});

test("a corner fire entrains less and is hotter above", () => {
  const temperatures = [places.middle, places.atEnd, places.corner].map((place) => {
    const air = burningRoom(0.5);
    for (let t = 0; t < 30; t += 1) air.step(1, [woodFire(50, place)]);
    return air.around.upperCelsius;
  });
  assert.ok(temperatures[0]! < temperatures[1]! && temperatures[1]! < temperatures[2]!);
});

test("inside a plume the air is hot and full of what burns, beside it not yet", () => {
  const air = burningRoom(0.5);
  air.step(0.1, [woodFire(20)]);
  const above = air.at({ ...places.middle, y: 1.6 });
  assert.ok(above.celsius > 60 && above.co2Ppm > 3000 && above.coPpm > 10);
  assert.ok(air.at({ x: 4, y: 1.6, z: 2.5 }).celsius < 21);
});

test("a flame in a closed room uses up its oxygen, and a leak of CO2 does not", () => {
  const air = burningRoom(0.1);
  for (let t = 0; t < 360; t += 1) air.step(1, [woodFire(200)]);
  assert.ok(air.upperOxygenMassFraction < 0.13, `${air.upperOxygenMassFraction}`);
  assert.ok(air.around.oxygenMassFraction < 0.2, `${air.around.oxygenMassFraction}`);
  const leaking = burningRoom(0.1);
  for (let t = 0; t < 240; t += 1) leaking.step(1, [coldSource(0.01)]);
  assert.ok(Math.abs(leaking.around.oxygenMassFraction - 0.23) < 1e-6);
});

test("after the fire the layers cool, mix and become one again", () => {
  const air = burningRoom(3);
  for (let t = 0; t < 120; t += 1) air.step(1, [woodFire(20)]);
  const hot = air.at(places.sensor).celsius;
  for (let t = 0; t < 7200; t += 1) air.step(1, []);
  assert.ok(hot > 30);
  assert.equal(air.around.interfaceHeightMetres, 2.4);
  assert.ok(Math.abs(air.around.lowerCelsius - 20) < 1);
});

test("through an open doorway smoke leaves above and fresh air comes in below", () => {
  const air = burningRoom(0);
  for (let t = 0; t < 600; t += 1) air.step(1, [woodFire(100)], [doorway]);
  const { interfaceHeightMetres, upperCelsius } = air.around;
  // A steady fire of 100 kW behind a door of 0.9 by 2 m: McCaffrey, Quintiere and Harkleroad give about 115 K in gypsum.
  assert.ok(interfaceHeightMetres > 0.7 && interfaceHeightMetres < 1.5, `${interfaceHeightMetres} m`);
  assert.ok(upperCelsius > 110 && upperCelsius < 180, `${upperCelsius} °C`);
});

test("a door to the winter flushes a room within minutes and cools it, and more the colder it is", () => {
  const after = (outsideCelsius: number) => {
    const air = burningRoom(0.5);
    for (let t = 0; t < 60; t += 1) air.step(10, [coldSource(0.001)]);
    const before = air.at(places.sensor);
    for (let t = 0; t < 60; t += 1) air.step(1, [], [{ ...doorway, outsideCelsius }]);
    return { before, opened: air.at(places.sensor) };
  };
  const winter = after(-5);
  const spring = after(15);
  const lost = ({ before, opened }: ReturnType<typeof after>) =>
    (before.co2Ppm - opened.co2Ppm) / (before.co2Ppm - 420);
  // Brown and Solvason: W·H^1.5·(Cd/3)·√(g·ΔT/T) is about 0.55 m³/s at 25 K, half of the room in a minute.
  assert.ok(lost(winter) > 0.3 && lost(winter) < 0.5, `${lost(winter)}`);
  assert.ok(lost(spring) > 0.1 && lost(spring) < 0.7 * lost(winter), `${lost(spring)}`);
  assert.ok(winter.opened.celsius < 17 && spring.opened.celsius > 18);
});

test("supply air thins CO2 by its outdoor share alone, and leaves the room at its temperature in time", () => {
  const supply = { kind: "supply", place: places.sensor, cubicMetresPerSecond: 0.1, celsius: 14 } as const;
  const after = (outdoorShare: number) => {
    const air = burningRoom(0);
    for (let t = 0; t < 60; t += 1) air.step(10, [coldSource(0.001)]);
    const before = air.at(places.sensor).co2Ppm - 420;
    for (let t = 0; t < 600; t += 1) air.step(1, [], [{ ...supply, outdoorShare }]);
    return { left: (air.at(places.sensor).co2Ppm - 420) / before, celsius: air.at(places.sensor).celsius };
  };
  // The air shrinks as it cools, and what is missing comes in through gaps.
  assertNear(after(0).left, 1, 0.015);
  // V·dC/dt = −Qv·(C − Cout), with the supply's volume as it is in the room.
  assertNear(after(1).left, Math.exp(-1), 0.03);
  assertNear(after(0.5).left, Math.exp(-0.5), 0.03);
  for (const share of [0, 1]) assert.ok(after(share).celsius > 14.5 && after(share).celsius < 18.5);
});

test("a fire that the room cannot feed is counted as lacking oxygen, and none is made", () => {
  const air = burningRoom(0);
  const before = air.balance;
  for (let t = 0; t < 600; t += 1) air.step(1, [woodFire(800)]);
  const after = air.balance;
  assert.ok(air.upperOxygenMassFraction >= 0 && after.missingOxygenKilograms > 1);
  assertNear(after.usedOxygenKilograms + after.missingOxygenKilograms, (800 * 600) / 13_100, 1e-9);
  const oxygen = after.oxygenKilograms + after.leftOxygenKilograms + after.usedOxygenKilograms;
  assertNear(oxygen, before.oxygenKilograms, 1e-9);
});
