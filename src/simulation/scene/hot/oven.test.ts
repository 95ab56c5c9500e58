import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { HotStage, stageCelsius } from "#support/hot-stage.ts";
import { Oven } from "./oven.ts";

test("a closed oven is lukewarm outside; opened it shows its hot cavity and sends out a gust that dies down", () => {
  const oven = new Oven({
    place: { x: 0, y: 0.5, z: 4 },
    halfWidth: 0.25,
    halfHeight: 0.17,
    setCelsius: 220,
    onTimes: [{ fromSeconds: -3000, toSeconds: 1000 }],
    openings: [{ fromSeconds: 20, toSeconds: 40 }],
    moisture: 0.8,
    ambientCelsius: stageCelsius,
    random: new Random(1),
  });
  const stage = new HotStage(oven);
  assert.ok(oven.cavityCelsius > 215);
  const closed = stage.runTo(19).look();
  assert.ok(closed.hottestCelsius > 35 && closed.hottestCelsius < 60, `${closed.hottestCelsius} °C`);
  const idle = stage.releases()[0]!.heatKilowatts;
  const opened = stage.runTo(22).look();
  assert.ok(opened.hottestCelsius > 180 && opened.hottestCelsius < 270, `${opened.hottestCelsius} °C`);
  assert.ok(opened.warmPixels > 2 * closed.warmPixels);
  const gust = stage.releases()[0]!;
  assert.ok(gust.heatKilowatts > 3 * idle && gust.waterKilogramsPerSecond > 5e-5);
  stage.runTo(39);
  assert.ok(stage.releases()[0]!.heatKilowatts < 0.5 * gust.heatKilowatts);
  assert.ok(oven.cavityCelsius < 195, `${oven.cavityCelsius} °C after 19 s with the door open`);
  assert.ok(stage.warmth().highestKelvin > 0.5);
  assert.ok(stage.runTo(60).look().hottestCelsius < 60);
});
