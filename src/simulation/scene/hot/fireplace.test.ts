import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { HotStage, stageCelsius } from "#support/hot-stage.ts";
import { CharcoalGrill } from "./charcoal-grill.ts";
import { Fireplace } from "./fireplace.ts";

function fireplace(front: "open" | "glass", fromSeconds: number): Fireplace {
  return new Fireplace({
    place: { x: 0, y: 0.2, z: 4 },
    halfWidth: 0.35,
    height: 0.6,
    front,
    kilowatts: 10,
    tongues: 3,
    absorptionPerMetre: 2.5,
    emberCelsius: 600,
    burning: [{ fromSeconds, toSeconds: 5000 }],
    indoorShare: 0.05,
    ambientCelsius: stageCelsius,
    random: new Random(5),
  });
}

test("an open fire is large, hot and restless, and keeps to its opening", () => {
  const thing = fireplace("open", -4000);
  const stage = new HotStage(thing).runTo(5);
  const looks = Array.from({ length: 8 }, (_, i) => stage.runTo(5 + 0.2 * i).look(0.05));
  for (const { hottestCelsius, warmPixels } of looks) {
    assert.ok(hottestCelsius > 400 && hottestCelsius < 950, `${hottestCelsius} °C`);
    assert.ok(warmPixels > 250 && warmPixels < 700, `${warmPixels} points`);
  }
  const added = looks.map((look) => look.addedKelvin);
  assert.ok(Math.max(...added) > 1.01 * Math.min(...added));
  assert.ok(thing.kilowatts > 4 && thing.kilowatts < 16);
  assert.ok(stage.warmth().highestKelvin > 3);
  const release = stage.releases()[0]!;
  const open = 1e-6 * thing.kilowatts * 96;
  assert.ok(Math.abs(release.co2KilogramsPerSecond - 0.05 * open) < 1e-9, "the chimney takes 95 %");
});

test("lit in the evening it grows for minutes", () => {
  const thing = fireplace("open", 10);
  const stage = new HotStage(thing);
  assert.equal(stage.runTo(9).look().warmPixels, 0);
  assert.equal(thing.kilowatts, 0);
  stage.runTo(40);
  const young = thing.kilowatts;
  stage.runTo(400);
  assert.ok(young < 4 && thing.kilowatts > 1.5 * young, `${young} kW, then ${thing.kilowatts} kW`);
});

test("behind a pane only the hot pane shows", () => {
  const stage = new HotStage(fireplace("glass", -4000)).runTo(5);
  const { hottestCelsius } = stage.look();
  assert.ok(hottestCelsius > 120 && hottestCelsius < 330, `${hottestCelsius} °C`);
});

test("a grill glows steadily, and flares up when fat drips", () => {
  const grill = new CharcoalGrill({
    place: { x: 0, y: 0.9, z: 3 },
    halfWidth: 0.3,
    halfDepth: 0.2,
    coalCelsius: 450,
    kilowatts: 5,
    flares: [{ fromSeconds: 5, toSeconds: 9 }],
    flareKilowatts: 5,
    pieces: 3,
    indoorShare: 0.3,
    random: new Random(4),
  });
  const stage = new HotStage(grill);
  const quiet = stage.runTo(4).look();
  assert.ok(quiet.hottestCelsius > 350 && quiet.hottestCelsius < 800, `${quiet.hottestCelsius} °C`);
  const flare = stage.runTo(8).look();
  assert.ok(grill.flaring && flare.warmPixels > quiet.warmPixels + 10);
  assert.equal(stage.releases().length, 2);
  const after = stage.runTo(10).look();
  assert.ok(!grill.flaring && Math.abs(after.warmPixels - quiet.warmPixels) < 5);
});
