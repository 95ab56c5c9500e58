import assert from "node:assert/strict";
import { test } from "node:test";
import { ceilingJetExcessKelvin } from "#simulation/fire/ceiling-jet.ts";
import { mcCaffreyExcessKelvin, plumeExcessKelvin } from "#simulation/fire/plume-correlations.ts";
import { TwoZoneRoom, type TwoZoneRoomOptions } from "#simulation/fire/two-zone-room.ts";
import type { AirRelease } from "#simulation/scene/scene-thing.ts";
import { bareRoom } from "./validation-case.ts";

/** The room of the published table: 60 m³. */
const space = bareRoom({ widthMetres: 5, depthMetres: 5, heightMetres: 2.4, airChangesPerHour: 0 });
const middle = { x: 2.5, y: 0.3, z: 2.5 };
const atWall = { x: 2.8, y: 1.5, z: 0.05 };

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

test("published vectors within 0.5 %: Alpert 46.45 °C, Heskestad 133.8 °C, McCaffrey 153.2 °C", () => {
  const pool = {
    kilowatts: 1245,
    diameter: Math.sqrt((4 * 1.075) / Math.PI),
    radiativeFraction: 0.4,
    ambientKelvin: 295.15,
  };
  near(22 + ceilingJetExcessKelvin(410, { radius: 5.9, ceilingHeight: 3.72 }), 46.45, 0.005);
  near(22 + plumeExcessKelvin(pool, 6), 133.78, 0.005);
  near(22 + mcCaffreyExcessKelvin(pool, 6), 153.21, 0.005);
});

test("mass balance of CO2 within 0.1 %: the closed form of V·dC/dt = G + Qv·(Cout − C)", () => {
  const flow = (60 * 2) / 3600;
  const gain = (0.0018 * 0.547) / flow;
  for (const seconds of [60, 600, 6000]) {
    const air = room(2);
    for (let t = 0; t < seconds; t += 1) air.step(1, [coldSource(0.0018)]);
    near(air.at(atWall).co2Ppm - 420, 1e6 * gain * -Math.expm1((-seconds * flow) / 60), 1e-3);
  }
});

test("CO2 of the published table: fires of 60 m³ at 0.5 air changes an hour", () => {
  const growths = { slow: 0.00293, medium: 0.01172, fast: 0.0469 };
  const table: readonly (readonly [keyof typeof growths | "constant" | "stove", number, number])[] = [
    ["slow", 60, 592],
    ["slow", 180, 5057],
    ["medium", 60, 1109],
    ["medium", 120, 5925],
    ["fast", 30, 764],
    ["fast", 120, 22_449],
    ["constant", 60, 1398],
    ["constant", 300, 5237],
    ["stove", 120, 539],
    ["stove", 300, 714],
  ];
  for (const [kind, seconds, expectedPpm] of table) {
    const air = room(0.5);
    for (let t = 0; t < seconds; t += 1) {
      const kilowatts = kind === "constant" ? 20 : kind === "stove" ? 2 : growths[kind] * (t + 0.5) ** 2;
      air.step(1, [coldSource((kind === "stove" ? 5.5e-5 : 9e-5) * kilowatts)]);
    }
    near(air.at(atWall).co2Ppm - 420, expectedPpm - 420, 0.006);
  }
});

test("nothing is made or lost: air, CO2 and heat, through fire, openings, ventilation and cooling", () => {
  const doorway = { widthMetres: 0.9, sillMetres: 0, soffitMetres: 2 };
  for (const openings of [[], [doorway]]) {
    const air = room(2, { openings, outdoorCo2Ppm: 600 });
    const before = air.balance;
    for (let t = 0; t < 400; t += 1) air.step(0.5, t < 240 ? [fire(80)] : []);
    const after = air.balance;
    const spent = 80 * 120;
    near(after.airKilograms + after.leftAirKilograms, before.airKilograms, 1e-9);
    near(after.co2Kilograms + after.leftCo2Kilograms, before.co2Kilograms + 9e-5 * spent, 1e-9);
    near(after.heatKilojoules + after.leftHeatKilojoules, spent, 1e-9);
    assert.ok(after.heatKilojoules > 0.2 * spent);
  }
});

test("a steady fire behind a doorway warms its layer as McCaffrey, Quintiere and Harkleroad correlate", () => {
  const openings = [{ widthMetres: 0.9, sillMetres: 0, soffitMetres: 2 }];
  const air = room(0, { openings });
  const [kilowatts, seconds] = [100, 600];
  for (let t = 0; t < seconds; t += 1) air.step(1, [fire(kilowatts)]);
  // ΔT = 6.85·(Q²/(A₀·√H₀·h_k·A_T))^⅓ with h_k = √(k·ρ·c/t), k·ρ·c of gypsum board in kW²·s·m⁻⁴·K⁻².
  const conductance = Math.sqrt((0.16e-3 * 790 * 0.9) / seconds);
  const surfaces = 2 * 25 + 4 * 5 * 2.4 - 1.8;
  const expected = 6.85 * Math.cbrt(kilowatts ** 2 / (1.8 * Math.SQRT2 * conductance * surfaces));
  near(air.around.upperCelsius - 20, expected, 0.25);
});
