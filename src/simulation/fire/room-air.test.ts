import assert from "node:assert/strict";
import { test } from "node:test";
import { RoomAir, relativeHumidityPercent } from "./room-air.ts";

function room(airChangesPerHour: number): RoomAir {
  return new RoomAir({
    volumeCubicMetres: 60,
    airChangesPerHour,
    celsius: 20,
    humidityPercent: 40,
    co2Ppm: 420,
    outdoorCo2Ppm: 420,
  });
}

test("CO2 of a constant fire follows the closed form of the mass balance, whatever the step", () => {
  for (const step of [0.25, 5]) {
    const air = room(0.5);
    for (let seconds = 0; seconds < 120; seconds += step) air.step(step, { fireKilowatts: 20, people: 0 });
    const flow = (60 * 0.5) / 3600;
    const gain = 20 * 0.09 * 0.547e-3;
    const expected = 420 + 1e6 * (gain / flow) * (1 - Math.exp((-120 * flow) / 60));
    assert.ok(Math.abs(air.state.co2Ppm - expected) < 0.01, `${air.state.co2Ppm} instead of ${expected}`);
    // Published example: 2370 ppm after 120 s.
    assert.ok(Math.abs(air.state.co2Ppm - 2370) < 15);
  }
});

test("an adult raises a closed room by 5.2 ppm a minute and an aired one by 520 ppm at last", () => {
  const closed = room(1e-6);
  for (let i = 0; i < 60; i += 1) closed.step(1, { fireKilowatts: 0, people: 1 });
  assert.ok(Math.abs(closed.state.co2Ppm - 425.2) < 0.05);
  // 10 L/s of outdoor air into 60 m³ are 0.6 air changes an hour.
  const aired = room(0.6);
  for (let i = 0; i < 24; i += 1) aired.step(3600, { fireKilowatts: 0, people: 1 });
  assert.ok(Math.abs(aired.state.co2Ppm - 940) < 1);
});

test("a fire warms and moistens the air, and afterwards the room returns to what it was", () => {
  const air = room(2);
  assert.ok(Math.abs(relativeHumidityPercent(air.state) - 40) < 1e-9);
  const before = air.state.vapour;
  for (let i = 0; i < 60; i += 1) air.step(1, { fireKilowatts: 30, people: 0 });
  assert.ok(air.excessKelvin > 3 && air.excessKelvin < 15, `${air.excessKelvin} K`);
  assert.ok(air.state.vapour > before);
  for (let i = 0; i < 400; i += 1) air.step(60, { fireKilowatts: 0, people: 0 });
  assert.ok(Math.abs(air.excessKelvin) < 0.01 && Math.abs(air.state.co2Ppm - 420) < 1);
});
