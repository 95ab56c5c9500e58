import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { HotStage } from "#support/hot-stage.ts";
import { Candles } from "./candles.ts";

function candleAt(metres: number): Candles {
  return new Candles({
    candles: [
      { place: { x: 0, y: 1.2, z: metres }, radiusMetres: 0.011, heightMetres: 0.15, flameMetres: 0.035 },
    ],
    burning: [{ fromSeconds: 1, toSeconds: 60 }],
    kilowattsEach: 0.07,
    absorptionPerMetre: 8,
    random: new Random(9),
  });
}

test("a candle is a flame of a pixel or two at 2 m and hardly more than warm wax at 8 m", () => {
  const near = new HotStage(candleAt(2)).runTo(5).look();
  const far = new HotStage(candleAt(7.5)).runTo(5).look();
  assert.ok(near.hottestCelsius > 45 && near.hottestCelsius < 250, `${near.hottestCelsius} °C at 2 m`);
  assert.ok(near.warmPixels >= 1 && near.warmPixels < 40, `${near.warmPixels} points at 2 m`);
  assert.ok(far.hottestCelsius < near.hottestCelsius - 15, `${far.hottestCelsius} °C at 7.5 m`);
  assert.ok(far.warmPixels <= 4, `${far.warmPixels} points`);
});

test("it flickers from picture to picture, at 8.7 Hz an alias of its 10 Hz", () => {
  const stage = new HotStage(candleAt(2)).runTo(2);
  const added: number[] = [];
  for (let i = 0; i < 24; i += 1) {
    const seconds = 2 + i / 8.7;
    const step = Math.floor(seconds * 10 + 1e-6) / 10;
    added.push(stage.runTo(step).look(seconds - step).addedKelvin);
  }
  const mean = added.reduce((sum, one) => sum + one, 0) / added.length;
  const deviation = Math.sqrt(added.reduce((sum, one) => sum + (one - mean) ** 2, 0) / added.length);
  assert.ok(deviation > 0.02 * mean && deviation < 0.5 * mean, `${deviation / mean} of the mean`);
});

test("it gives 14 to 23 g of CO2 an hour while it burns (facts §4.4)", () => {
  const stage = new HotStage(candleAt(2));
  assert.deepEqual(stage.runTo(0.5).releases(), []);
  const gramsPerHour = 3.6e6 * stage.runTo(5).releases()[0]!.co2KilogramsPerSecond;
  assert.ok(gramsPerHour > 14 && gramsPerHour < 23, `${gramsPerHour} g/h`);
  assert.deepEqual(stage.runTo(61).releases(), []);
});
