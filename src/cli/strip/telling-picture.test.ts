import assert from "node:assert/strict";
import { test } from "node:test";
import { Episode } from "#simulation/scenario/episode.ts";
import type { Scenario } from "#simulation/scenario/scenario.ts";
import type { SceneThing } from "#simulation/scene/scene-thing.ts";
import { smallFireScenario } from "#support/small-fire-scenario.ts";
import { stripMoments, stripPictures } from "./strip-pictures.ts";
import { changeFrom, tellingPicture } from "./telling-picture.ts";

test("what brightens the whole picture, or all of it a little, tells less than a thing that is there", () => {
  const room = Float32Array.from({ length: 1000 }, (_, i) => 20 + i / 500);
  const brighter = room.map((celsius) => celsius + 4);
  const warmer = room.map((celsius, i) => celsius + (i % 2));
  const thing = room.map((celsius, i) => celsius + (i < 30 ? 15 : 0));
  assert.equal(changeFrom(room, brighter), 0);
  assert.equal(changeFrom(room, warmer), 0);
  assert.ok(Math.abs(changeFrom(room, thing) - 450) < 0.01);
  const coldToo = brighter.map((celsius, i) => celsius - (i < 30 ? 15 : 0));
  assert.ok(Math.abs(changeFrom(room, coldToo) - 450) < 0.01);
});

/** A hot disc that nobody calls a fire: there only until shortly before the end. */
const passing: Scenario = {
  ...smallFireScenario,
  kind: "nuisance",
  shows: "none",
  shortestSeconds: 8,
  longestSeconds: 8,
  stage(lot) {
    const staging = smallFireScenario.stage(lot);
    const { fire } = staging;
    assert.ok(fire !== null);
    const thing: SceneThing = {
      place: fire.place,
      step: (stepSeconds, at) =>
        fire.step(stepSeconds, { ...at, seconds: at.seconds < 2 ? lot.igniteAtSeconds : 0 }),
      releases: () => [],
      draw: (picture, view) => fire.draw?.(picture, view),
    };
    return { ...staging, things: [thing], fire: null };
  },
};

test("a picture in which the thing is there is taken, also when it is the first", () => {
  const episode = new Episode({ scenario: passing, seed: 2, fire: "as-staged", flameRenderer: "plume" });
  const pictures = stripPictures(episode, stripMoments(episode));
  const chosen = pictures[tellingPicture({ scenario: passing, seed: 2 }, pictures)]!;
  assert.ok(chosen.seconds < 2, `${chosen.seconds} s`);
});
