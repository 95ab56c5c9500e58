import assert from "node:assert/strict";
import { test } from "node:test";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { randomStreams } from "#simulation/scenario/random-streams.ts";
import { drawVariation } from "#simulation/scenario/variation.ts";
import { burningScenario } from "#support/burning-scenario.ts";
import { tinyScenarios } from "#support/tiny-scenarios.ts";
import { featureColumnNames, labelNames, numberColumnNames } from "./dataset-columns.ts";
import type { EpisodeRecipe, EpisodeRows } from "./episode-rows.ts";
import { boxesMeet, drawOperatorMask } from "./operator-mask.ts";
import { renderRows } from "./render-rows.ts";

const recipe: EpisodeRecipe = {
  episode: 4,
  pair: 4,
  split: "train",
  scenario: "paper-fire",
  room: "blue-room",
  seed: 5,
  seconds: 8,
  imaginedIgnitionSeconds: null,
  fire: "as-staged",
  flameRenderer: "plume",
  maskSeed: 11,
};

function cellOf(rows: EpisodeRows, row: number, name: string): number {
  return rows.numbersByRow[row * numberColumnNames.length + numberColumnNames.indexOf(name)]!;
}

test("an unlit twin is equal in every feature until the fire begins, and differs after", () => {
  const lit = renderRows(recipe, { scenarios: tinyScenarios });
  const unlit = renderRows({ ...recipe, episode: 5, fire: "unlit" }, { scenarios: tinyScenarios });
  const ignite = lit.numbers.ignite_at_s;
  assert.ok(ignite > 1 && ignite < 8);
  assert.equal(unlit.numbers.ignite_at_s, ignite);
  assert.equal(lit.words.fire, "lit");
  assert.equal(unlit.words.fire, "unlit");
  assert.ok(lit.numbers.mask > 0, "it is seen through a mask");
  assert.ok(cellOf(lit, 0, "watched_px") < leptonWidth * leptonHeight);
  const isSame = (row: number) =>
    featureColumnNames.every((name) => Object.is(cellOf(lit, row, name), cellOf(unlit, row, name)));
  let before = 0;
  for (let row = 0; row < lit.rows; row += 1) {
    const second = cellOf(lit, row, "second");
    if (second < ignite) {
      before += 1;
      assert.ok(isSame(row), `second ${second}`);
    }
  }
  assert.ok(before >= 1);
  assert.ok(!isSame(lit.rows - 1));
  assert.equal(labelNames[lit.labels[lit.rows - 1]!], "flaming");
  assert.ok(unlit.labels.every((label) => label === 0));
  assert.equal(lit.numbers.first_visible_heat_s, Math.ceil(ignite));
  assert.ok(Number.isNaN(unlit.numbers.first_visible_heat_s));
  assert.ok(cellOf(lit, lit.rows - 1, "flame_px") > 2);
});

test("one camera in ten or so sets its gain by itself, and rows say which and how many pictures were taken in low gain", () => {
  const hot = burningScenario({ igniteAtSeconds: 2, celsius: 330, halfWidthPixels: 55, cameraEvents: [] });
  const room = hot.rooms[0]!.name;
  const seeds = Array.from({ length: 300 }, (_, seed) => seed);
  const automatic = seeds.filter(
    (seed) => drawVariation(randomStreams(seed)("variation"), "plume").gainMode === "automatic",
  );
  assert.ok(automatic.length > 15 && automatic.length < 50, `${automatic.length} of ${seeds.length}`);
  for (const [gainMode, seed] of [
    ["automatic", automatic[0]!],
    ["high", seeds.find((one) => !automatic.includes(one))!],
  ] as const) {
    const rows = renderRows({ ...recipe, scenario: hot.name, room, seed, maskSeed: 0 }, { scenarios: [hot] });
    assert.equal(rows.words.gain_mode, gainMode);
    assert.equal(cellOf(rows, 0, "low_gain_frames"), 0);
    const isLow = cellOf(rows, rows.rows - 1, "low_gain_frames") > 4;
    assert.equal(isLow, gainMode === "automatic");
  }
});

test("masks leave the place of the fire in view, and one seed gives one mask", () => {
  const clear = { left: 60, top: 30, right: 100, bottom: 90 };
  for (let seed = 1; seed < 60; seed += 1) {
    const mask = drawOperatorMask(seed, clear);
    assert.deepEqual(mask, drawOperatorMask(seed, clear));
    if (mask === null) continue;
    const share = mask.reduce((sum, one) => sum + one, 0) / mask.length;
    assert.ok(share > 0.015 && share < 0.37, `share ${share}`);
    for (let y = clear.top; y <= clear.bottom; y += 1)
      for (let x = clear.left; x <= clear.right; x += 1) assert.equal(mask[y * leptonWidth + x], 0);
  }
  assert.ok(boxesMeet(clear, { left: 100, top: 90, right: 120, bottom: 100 }));
  assert.ok(!boxesMeet(clear, { left: 101, top: 30, right: 120, bottom: 90 }));
});
