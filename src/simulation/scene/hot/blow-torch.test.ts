import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { HotStage, stageCelsius } from "#support/hot-stage.ts";
import { BlowTorch, type CuttingWork } from "./blow-torch.ts";

const sparks = {
  perSecond: 100,
  squareMillimetres: 10,
  metresPerSecond: 4,
  spread: 0.25,
  startCelsius: 1390,
  lifeSeconds: [0.2, 0.6],
} as const;

function torch(cutting: CuttingWork | null): BlowTorch {
  return new BlowTorch({
    nozzleAt: (seconds) => ({ x: -0.2 + 0.004 * seconds, y: 1.1, z: 3 }),
    direction: { x: 0.8, y: -0.6, z: 0 },
    bursts: [{ fromSeconds: 2, toSeconds: 20 }],
    flame: {
      lengthMetres: 0.25,
      diameterMetres: 0.05,
      absorptionPerMetre: 1.5,
      footCelsius: 1300,
      tipCelsius: 800,
    },
    kilowatts: 6,
    fuel: "propane",
    target: { celsius: 400, radiusMetres: 0.04 },
    cutting,
    ambientCelsius: stageCelsius,
    random: new Random(8),
  });
}

test("a torch shows a flame and heats a spot while it burns; afterwards only the spot is hot", () => {
  const thing = torch(null);
  const stage = new HotStage(thing);
  assert.equal(stage.runTo(1.9).look().warmPixels, 0);
  const flame = stage.runTo(2.3).look();
  assert.ok(thing.burning && flame.hottestCelsius > 60, `${flame.hottestCelsius} °C`);
  const one = stage.runTo(18).look();
  const next = stage.look(0.06);
  assert.ok(thing.targetCelsius > 250 && thing.targetCelsius <= 400);
  assert.ok(Math.abs(one.addedKelvin - next.addedKelvin) > 0.002 * one.addedKelvin);
  const gramsPerSecond = 1000 * stage.releases()[0]!.co2KilogramsPerSecond;
  assert.ok(Math.abs(gramsPerSecond - 6 * 0.065) < 1e-6, `${gramsPerSecond} g/s`);
  const after = stage.runTo(22).look();
  assert.deepEqual(stage.releases(), []);
  assert.ok(after.hottestCelsius > 150 && after.addedKelvin < one.addedKelvin);
});

test("cutting adds sparks and a kerf that glows on", () => {
  const cutting = new HotStage(torch({ sparks, kerfMetres: 0.008 }));
  const heating = new HotStage(torch(null));
  assert.ok(cutting.runTo(15).look().warmPixels > heating.runTo(15).look().warmPixels);
  assert.ok(cutting.runTo(21).look().addedKelvin > 1.02 * heating.runTo(21).look().addedKelvin);
});
