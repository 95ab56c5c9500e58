import assert from "node:assert/strict";
import { test } from "node:test";
import type { BurningScenarioOptions } from "#support/burning-scenario.ts";
import { burningScenario } from "#support/burning-scenario.ts";
import { Episode } from "./episode.ts";
import { type EpisodeEntry, renderEpisode } from "./render-episode.ts";
import type { CameraEvent } from "./scenario.ts";

const startMicros = 1_767_225_600_000_000;

function episode(fire: "as-staged" | "unlit", more: Partial<BurningScenarioOptions> = {}, seed = 1): Episode {
  const spot = { igniteAtSeconds: 2, celsius: 300, halfWidthPixels: 6, cameraEvents: [], ...more };
  return new Episode({
    scenario: burningScenario(spot),
    seed,
    seconds: 6,
    fire,
    flameRenderer: "plume",
    background: "none",
  });
}

/** Share of the picture's points that differ by more than what a lens and a tenth of a second change. */
function changedShare(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, i) => sum + (Math.abs(value - other[i]!) > 0.05 ? 1 : 0), 0) / one.length;
}

test("one seed gives one sequence, another seed another", () => {
  const render = (seed: number): readonly EpisodeEntry[] => [
    ...renderEpisode(episode("as-staged", {}, seed), { startMicros }),
  ];
  assert.deepEqual(render(1), render(1));
  assert.notDeepEqual(render(1), render(2));
});

test("entries come in the order of time, one truth a second, air and smoke every five", () => {
  const entries = [...renderEpisode(episode("as-staged"), { startMicros })];
  const times = entries.map(({ atMicros }) => atMicros);
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  );
  const of = (kind: EpisodeEntry["kind"]): readonly number[] =>
    entries.filter((entry) => entry.kind === kind).map(({ atMicros }) => (atMicros - startMicros) / 1e6);
  assert.deepEqual(of("truth"), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(of("air"), [5]);
  assert.deepEqual(of("channel"), [5, 5]);
  assert.ok(of("thermal").length >= 51 && of("thermal").length <= 53);
});

test("the twin without fire sees the same until the fire is lit, and never anything of it", () => {
  const [lit, unlit] = [episode("as-staged"), episode("unlit")];
  for (const seconds of [0, 0.7, 1.9]) assert.deepEqual(lit.radianceAt(seconds), unlit.radianceAt(seconds));
  assert.ok(changedShare(lit.radianceAt(3), unlit.radianceAt(3)) > 0.005);
  assert.equal(lit.truthAt(3).label, "flaming");
  assert.deepEqual(
    { ...unlit.truthAt(3), seconds: 0 },
    {
      seconds: 0,
      label: "none",
      stage: "none",
      heatReleaseKilowatts: 0,
      flamePixels: 0,
      hotPixels: 0,
      fireDistanceMetres: null,
    },
  );
});

test("after a knock the camera looks elsewhere, and stays so", () => {
  const cameraEvents: readonly CameraEvent[] = [
    { kind: "bumped", atSeconds: 1, panDegrees: 5, tiltDegrees: 2, rollDegrees: 1 },
  ];
  const [knocked, left] = [episode("unlit", { cameraEvents }), episode("unlit")];
  assert.deepEqual(knocked.radianceAt(0.9), left.radianceAt(0.9));
  const share = changedShare(knocked.radianceAt(1.05), left.radianceAt(1.05));
  assert.ok(share > 0.3, `${share}`);
  const after = knocked.radianceAt(1.1).slice();
  assert.deepEqual(knocked.radianceAt(5), after);
});

test("while the lens is covered the picture is the cover, and the fire behind it is not visible in the truth", () => {
  const cameraEvents: readonly CameraEvent[] = [{ kind: "covered", atSeconds: 3, seconds: 2, celsius: 31 }];
  const one = episode("as-staged", { cameraEvents });
  const hottest = (seconds: number): number => Math.max(...one.radianceAt(seconds));
  assert.ok(hottest(2.9) > 200);
  assert.equal(one.truthAt(2.9).label, "flaming");
  assert.ok(hottest(4) < 70);
  assert.deepEqual([one.truthAt(4).label, one.truthAt(4).flamePixels], ["hidden", 0]);
  assert.ok(hottest(5.5) > 200);
  assert.equal(one.truthAt(5.5).label, "flaming");
});
