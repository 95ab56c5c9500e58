import assert from "node:assert/strict";
import { test } from "node:test";
import { ceilingJetExcessKelvin } from "#simulation/fire/ceiling-jet.ts";
import { mcCaffreyExcessKelvin, plumeExcessKelvin } from "#simulation/fire/plume-correlations.ts";
import { assertNear, burningRoom, coldSource, places, woodFire } from "#support/burning-room.ts";

const doorway = {
  kind: "opening",
  widthMetres: 0.9,
  sillMetres: 0,
  soffitMetres: 2,
  outsideCelsius: 20,
} as const;
const winterDoor = { ...doorway, outsideCelsius: -5 } as const;
const coldSupply = {
  kind: "supply",
  place: { x: 0.1, y: 2, z: 2 },
  cubicMetresPerSecond: 0.1,
  celsius: 12,
  outdoorShare: 0.3,
} as const;
const exhaust = { kind: "exhaust", place: { x: 4, y: 2.3, z: 2 }, cubicMetresPerSecond: 0.05 } as const;

test("published vectors within 0.5 %: Alpert 46.45 °C, Heskestad 133.8 °C, McCaffrey 153.2 °C", () => {
  const pool = {
    kilowatts: 1245,
    diameter: Math.sqrt((4 * 1.075) / Math.PI),
    radiativeFraction: 0.4,
    ambientKelvin: 295.15,
  };
  assertNear(22 + ceilingJetExcessKelvin(410, { radius: 5.9, ceilingHeight: 3.72 }), 46.45, 0.005);
  assertNear(22 + plumeExcessKelvin(pool, 6), 133.78, 0.005);
  assertNear(22 + mcCaffreyExcessKelvin(pool, 6), 153.21, 0.005);
});

test("mass balance of CO2 within 0.1 %: the closed form of V·dC/dt = G + Qv·(Cout − C)", () => {
  const flow = (60 * 2) / 3600;
  const gain = (0.0018 * 0.547) / flow;
  for (const seconds of [60, 600, 6000]) {
    const air = burningRoom(2);
    for (let t = 0; t < seconds; t += 1) air.step(1, [coldSource(0.0018)]);
    assertNear(air.at(places.sensor).co2Ppm - 420, 1e6 * gain * -Math.expm1((-seconds * flow) / 60), 1e-3);
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
    const air = burningRoom(0.5);
    for (let t = 0; t < seconds; t += 1) {
      const kilowatts = kind === "constant" ? 20 : kind === "stove" ? 2 : growths[kind] * (t + 0.5) ** 2;
      air.step(1, [coldSource((kind === "stove" ? 5.5e-5 : 9e-5) * kilowatts)]);
    }
    assertNear(air.at(places.sensor).co2Ppm - 420, expectedPpm - 420, 0.006);
  }
});

test("nothing is made or lost: air, CO2, oxygen and heat, through fire, openings, ventilation and cooling", () => {
  for (const exchanges of [[], [doorway], [winterDoor, coldSupply, exhaust]]) {
    const air = burningRoom(2, 600);
    const before = air.balance;
    for (let t = 0; t < 400; t += 1) air.step(0.5, t < 240 ? [woodFire(80)] : [], exchanges);
    const after = air.balance;
    const spent = 80 * 120;
    assertNear(after.airKilograms + after.leftAirKilograms, before.airKilograms, 1e-9);
    assertNear(after.co2Kilograms + after.leftCo2Kilograms, before.co2Kilograms + 9e-5 * spent, 1e-9);
    assertNear(after.heatKilojoules + after.leftHeatKilojoules, spent, 1e-9);
    const oxygen = after.oxygenKilograms + after.leftOxygenKilograms + after.usedOxygenKilograms;
    assertNear(oxygen, before.oxygenKilograms, 1e-9);
    assertNear(after.usedOxygenKilograms, spent / 13_100, 1e-9);
    assert.ok(after.heatKilojoules > 0.2 * spent);
  }
});

test("a steady fire behind a doorway warms its layer as McCaffrey, Quintiere and Harkleroad correlate", () => {
  const air = burningRoom(0);
  const [kilowatts, seconds] = [100, 600];
  for (let t = 0; t < seconds; t += 1) air.step(1, [woodFire(kilowatts)], [doorway]);
  // ΔT = 6.85·(Q²/(A₀·√H₀·h_k·A_T))^⅓ with h_k = √(k·ρ·c/t), k·ρ·c of gypsum board in kW²·s·m⁻⁴·K⁻².
  const conductance = Math.sqrt((0.16e-3 * 790 * 0.9) / seconds);
  const surfaces = 2 * 25 + 4 * 5 * 2.4 - 1.8;
  const expected = 6.85 * Math.cbrt(kilowatts ** 2 / (1.8 * Math.SQRT2 * conductance * surfaces));
  assertNear(air.around.upperCelsius - 20, expected, 0.25);
});
