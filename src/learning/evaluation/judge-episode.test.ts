import assert from "node:assert/strict";
import { test } from "node:test";
import { unpackModel } from "#model-package/unpack-model.ts";
import { tinyPackage } from "#support/tiny-package.ts";
import { tinyScenarios } from "#support/tiny-scenarios.ts";
import { labelNames } from "../dataset/dataset-columns.ts";
import type { EpisodeRecipe } from "../dataset/episode-rows.ts";
import { renderRows } from "../dataset/render-rows.ts";
import type { EpisodeJudgement } from "./episode-judgement.ts";
import { EpisodeJudge } from "./judge-episode.ts";
import { scoreNames } from "./row-answers.ts";

const recipe: EpisodeRecipe = {
  episode: 4,
  pair: 4,
  split: "test",
  scenario: "paper-fire",
  room: "blue-room",
  seed: 7,
  seconds: 12,
  imaginedIgnitionSeconds: null,
  fire: "as-staged",
  flameRenderer: "plume",
  maskSeed: 0,
};

async function judge(asked: EpisodeRecipe): Promise<EpisodeJudgement> {
  const packages = await Promise.all(
    (["r_peak", "t_max"] as const).map(async (name) => unpackModel(await tinyPackage(name), name)),
  );
  return new EpisodeJudge(packages, { scenarios: tinyScenarios }).judge(asked);
}

let lit: Promise<EpisodeJudgement> | null = null;
/** The judgement of `recipe`, which two tests look at. */
function judgeLit(): Promise<EpisodeJudgement> {
  lit ??= judge(recipe);
  return lit;
}

test("a glow that grows is told of by the model after its ignition, and its unlit twin never", async () => {
  const judged = await judgeLit();
  const { about } = judged;
  assert.equal(about.fire, "lit");
  assert.ok((about.distanceMetres ?? 0) > 1);
  for (const arm of ["model alone", "rules + model", "thermal only: model alone", "package 2: model alone"]) {
    const { alarmAt, alarmReasons } = judged.arms[arm]!;
    assert.ok(
      alarmAt !== null && alarmAt > about.igniteAt && alarmAt <= about.igniteAt + 6,
      `${arm}: ${alarmAt}`,
    );
    assert.ok(alarmReasons.includes("model-flaming"), arm);
  }
  // The air has nothing to say, and the rules need longer.
  assert.equal(judged.arms["air only: rules + model"]!.alarmAt, null);
  const unlit = await judge({ ...recipe, episode: 5, fire: "unlit" });
  for (const [arm, { alarmAt }] of Object.entries(unlit.arms)) assert.equal(alarmAt, null, arm);
});

test("each second has the highest answer of its regions, beside its label, and members by name", async () => {
  const { rows, contributions } = await judgeLit();
  const rendered = renderRows(recipe, { scenarios: tinyScenarios });
  assert.deepEqual(rows.label, [...rendered.labels]);
  const flaming = rows.scores[scoreNames.flaming]!;
  const burns = rows.label.map((code) => labelNames[code] === "flaming");
  assert.ok(Math.max(...flaming.filter((_, row) => !burns[row])) < 0.01);
  assert.ok(flaming.at(-1)! > 0.99);
  assert.deepEqual(rows.scores["member baseline"], flaming);
  assert.ok(rows.scores["package 2 flaming"]!.at(-1)! > 0.99);
  // Neither package has a head for slow heat, or for the air alone: that is absent, not 0.
  const absent = Object.entries(rows.scores).flatMap(([name, said]) => (said === null ? [name] : []));
  assert.deepEqual(absent, ["slow heat", "thermal only, slow heat", "air only", "package 2 slow heat"]);
  assert.ok(Object.values(rows.scores).every((said) => said === null || said.length === rows.second.length));
  assert.equal(contributions["flaming thermal-only"]?.seconds, 1);
  assert.ok(contributions["flaming thermal-only"].sums["r_peak"]! > 0);
});

test("heat in a declared hot place is a false alarm only to those who do not know the place", async () => {
  const { arms, about, rows } = await judge({ ...recipe, scenario: "stove-warm", seed: 6 });
  assert.ok(about.isHotProcess);
  assert.notEqual(arms["model alone"]!.alarmAt, null);
  const known = arms["model alone, site known"]!.alarmAt;
  const isForeign = Math.max(...rows.scores[scoreNames.known]!) > 0.5;
  assert.equal(known !== null, isForeign);
});
