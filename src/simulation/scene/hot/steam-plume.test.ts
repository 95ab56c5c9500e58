import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { HotStage, stageCelsius } from "#support/hot-stage.ts";
import { SteamPlume } from "./steam-plume.ts";
import { SteamVent } from "./steam-vent.ts";

const steam = {
  mouthMetres: 0.3,
  lengthMetres: 1.2,
  spread: 0.2,
  metresPerSecond: 0.8,
  mouthCelsius: 75,
  absorptionPerMetre: 3,
};

test("steam cools from its mouth on and never looks hotter than there", () => {
  const plume = new SteamPlume(steam, new Random(1));
  const along = [0, 0.3, 0.6, 1.2].map((metres) => plume.celsiusAt(metres, 20));
  assert.equal(along[0], 75);
  assert.deepEqual(
    along,
    along.toSorted((one, other) => other - one),
  );
  assert.ok(along[3]! > 30);
});

test("a burst of steam grows, hides the wall at 30 to 80 °C, changes from picture to picture and is gone soon after", () => {
  const vent = new SteamVent({
    place: { x: 0, y: 1, z: 4 },
    direction: { x: 0, y: 1, z: 0 },
    steam,
    bursts: [{ fromSeconds: 1, toSeconds: 6 }],
    waterKilogramsPerSecond: 1e-3,
    ambientCelsius: stageCelsius,
    random: new Random(2),
  });
  const stage = new HotStage(vent);
  assert.equal(stage.runTo(0.9).look().warmPixels, 0);
  assert.deepEqual(stage.releases(), []);
  const early = stage.runTo(1.6).look();
  const later = stage.runTo(4).look();
  assert.ok(later.addedKelvin > 2 * early.addedKelvin, `${early.addedKelvin} K, then ${later.addedKelvin} K`);
  assert.ok(later.hottestCelsius > 35 && later.hottestCelsius < 95);
  const next = stage.look(0.1);
  assert.ok(Math.abs(next.addedKelvin / later.addedKelvin - 1) > 0.003);
  assert.ok(stage.releases()[0]!.waterKilogramsPerSecond > 0.9e-3);
  assert.ok(stage.runTo(9).look().addedKelvin < 0.1 * later.addedKelvin);
});
