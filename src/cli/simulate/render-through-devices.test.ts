import assert from "node:assert/strict";
import { test } from "node:test";
import { Episode } from "#simulation/scenario/episode.ts";
import { type EpisodeEntry, renderEpisode } from "#simulation/scenario/render-episode.ts";
import { smallFireScenario } from "#support/small-fire-scenario.ts";
import { renderThroughDevices } from "./render-through-devices.ts";

const startMicros = 1_767_225_600_000_000;

function episode(): Episode {
  return new Episode({
    scenario: smallFireScenario,
    seed: 4,
    fire: "as-staged",
    flameRenderer: "plume",
    seconds: 6,
  });
}

function hottest(entry: EpisodeEntry | undefined): number {
  assert.ok(entry?.kind === "thermal");
  return entry.frame.pixels.reduce((most, value) => Math.max(most, value), 0);
}

test("drivers and emulated devices report an episode with nothing to complain of, as the fast way does", async () => {
  const troubles: string[] = [];
  const entries: EpisodeEntry[] = [];
  const options = { startMicros, onTrouble: (text: string) => troubles.push(text) };
  for await (const entry of renderThroughDevices(episode(), options)) entries.push(entry);
  assert.deepEqual(troubles, []);
  const times = entries.map(({ atMicros }) => atMicros);
  assert.deepEqual(times, times.toSorted());
  const fast = [...renderEpisode(episode(), { startMicros })];
  for (const kind of ["thermal", "air", "truth"] as const) {
    const count = entries.filter((entry) => entry.kind === kind).length;
    const expected = fast.filter((entry) => entry.kind === kind).length;
    assert.ok(Math.abs(count - expected) <= 1, `${count} entries of ${kind}, ${expected} the fast way`);
  }
  const thermal = entries.filter((entry) => entry.kind === "thermal");
  assert.ok(hottest(thermal[0]) < 33_000, "a room without fire");
  assert.equal(hottest(thermal.at(-1)), 45_450, "a flame at the camera's ceiling");
});
