import assert from "node:assert/strict";
import { test } from "node:test";
import { oxygenFactor, productsOf } from "./combustion-products.ts";
import { fuels, smoulderingFuels } from "./fuel.ts";

/** Mass fraction of carbon by formula, C12 H1 O16 N14. */
const carbonShare = {
  wood: 0.5,
  paper: 0.5,
  foam: 0.66,
  heptane: 0.839,
  ethanol: 0.521,
  decalin: 0.869,
  cookingOil: 0.773,
  cable: 0.7,
  lithiumIonCell: 0.6,
} as const;

/** Carbon in a kilogram's products in kg. */
function carbonOf(yields: { readonly co2: number; readonly co: number; readonly soot: number }): number {
  return (yields.co2 * 12.01) / 44.01 + (yields.co * 12.01) / 28.01 + yields.soot;
}

test("no fuel gives off more carbon than it holds, and most of it as CO2", () => {
  for (const name of Object.keys(carbonShare) as (keyof typeof carbonShare)[]) {
    const carbon = carbonOf(fuels[name].flaming);
    assert.ok(carbon <= carbonShare[name], `${name} gives off ${carbon} of ${carbonShare[name]}`);
    assert.ok(carbon > 0.6 * carbonShare[name], `${name} gives off ${carbon} of ${carbonShare[name]}`);
  }
});

test("flames give 60 to 110 g of CO2 per MJ: hydrocarbons less, wood more", () => {
  const perMegajoule = (name: keyof typeof fuels): number =>
    (1e6 * fuels[name].flaming.co2) / fuels[name].heatOfCombustionKilojoulesPerKilogram;
  for (const name of Object.keys(fuels) as (keyof typeof fuels)[])
    assert.ok(perMegajoule(name) > 60 && perMegajoule(name) < 110, `${name}: ${perMegajoule(name)} g/MJ`);
  assert.ok(Math.abs(perMegajoule("heptane") - 69) < 1);
  assert.ok(perMegajoule("wood") > 95);
});

test("smouldering gives CO to CO2 by volume of 0.1 to 0.5, free flames under 0.07", () => {
  const ratio = (yields: { readonly co: number; readonly co2: number }): number =>
    yields.co / 28.01 / (yields.co2 / 44.01);
  for (const { yields } of Object.values(smoulderingFuels).slice(0, 4)) {
    assert.ok(ratio(yields) >= 0.1 && ratio(yields) <= 0.5, `${ratio(yields)}`);
    assert.ok(yields.co >= 0.05 && yields.co <= 0.3);
  }
  for (const { flaming } of [fuels.wood, fuels.heptane, fuels.ethanol]) assert.ok(ratio(flaming) < 0.02);
});

test("20 kW of wood give 1.8 to 2.1 g of CO2 a second", () => {
  const rates = productsOf({ ...fuels.wood, kilowatts: 20, yields: fuels.wood.flaming, oxygenFactor: 1 });
  assert.ok(rates.co2KilogramsPerSecond > 0.0018 && rates.co2KilogramsPerSecond < 0.0021);
});

test("a flame that wants air makes CO of the same carbon, and goes out at 15 % oxygen", () => {
  const of = (factor: number) =>
    productsOf({ ...fuels.wood, kilowatts: 20, yields: fuels.wood.flaming, oxygenFactor: factor });
  assert.equal(oxygenFactor(0.23), 1);
  assert.equal(oxygenFactor(0.15), 0);
  assert.ok(oxygenFactor(0.16) > 0.4 && oxygenFactor(0.16) < 0.6);
  assert.ok(of(0.3).coKilogramsPerSecond > 10 * of(1).coKilogramsPerSecond);
  const carbon = (rates: ReturnType<typeof of>): number =>
    (rates.co2KilogramsPerSecond * 12.01) / 44.01 + (rates.coKilogramsPerSecond * 12.01) / 28.01;
  assert.ok(Math.abs(carbon(of(0.3)) / carbon(of(1)) - 1) < 1e-9);
});
