import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { drawClimate } from "#simulation/scenario/climate.ts";
import { Episode, type EpisodeOptions } from "#simulation/scenario/episode.ts";
import { randomStreams } from "#simulation/scenario/random-streams.ts";
import type { EpisodeLot, Scenario, Staging } from "#simulation/scenario/scenario.ts";
import { scenarioLibrary } from "#simulation/scenario/scenario-library.ts";
import type { RoomTemplate, StagedRoom } from "#simulation/scenario/staged-room.ts";
import { drawVariation } from "#simulation/scenario/variation.ts";

/** Fires after the test fires of EN 54 and ISO/TS 7240-9, and what burns in homes and works. */
const fireFamilies = [
  "wood-crib",
  "smouldering-wood",
  "smouldering-cotton",
  "foam",
  "heptane",
  "spirits",
  "decalin",
  "wastebasket",
  "chair",
  "grease-pan",
  "cabinet",
  "lithium-ion",
  "bearing",
  "self-heating",
  "hidden",
];

/** What is no fire and looks, or smells, like one. */
const nuisanceFamilies = [
  "people",
  "crowd",
  "sun",
  "radiator",
  "fan-heater",
  "electric-stove",
  "gas-stove",
  "kettle",
  "hair-dryer",
  "halogen",
  "machine",
  "forklift",
  "vehicle",
  "welding",
  "grinding",
  "hvac",
  "candle",
  "fireplace",
  "cigarette",
  "hot-cup",
  "door",
  "camera-bumped",
  "camera-covered",
  "ffc",
  "co2-leak",
  "dry-ice",
  "steam",
  "oven",
  "torch",
  "oxy-cutting",
];

/** Families in which real heat or flame belongs where it is. */
const hotProcessFamilies = [
  "electric-stove",
  "gas-stove",
  "welding",
  "grinding",
  "fireplace",
  "oven",
  "torch",
  "oxy-cutting",
];

const seeds = [1, 2, 3];
/** Short, so that ignition comes soon: the test wants to know that things work, not how they end. */
const shortSeconds = 5;

function familiesOf(kind: Scenario["kind"]): ReadonlySet<string> {
  return new Set(scenarioLibrary.filter((one) => one.kind === kind).map((one) => one.family));
}

/** Rooms that have been drawn, by name and seed: scenarios share them, as staging changes no room. */
const drawnRooms = new Map<string, StagedRoom>();

/** The room that this seed draws anywhere, drawn once. */
function drawnOnce(template: RoomTemplate, seed: number): StagedRoom {
  const key = `${template.name}/${seed}`;
  const random = randomStreams(seed);
  const drawn = drawnRooms.get(key) ?? template.draw(random("room"), drawClimate(random("climate")));
  drawnRooms.set(key, drawn);
  return drawn;
}

function lotIn(scenario: Scenario, room: RoomTemplate, seed: number): EpisodeLot {
  const random = randomStreams(seed);
  const climate = drawClimate(random("climate"));
  return {
    room: drawnOnce(room, seed),
    climate,
    variation: drawVariation(random("variation"), "plume"),
    seconds: scenario.longestSeconds,
    igniteAtSeconds: scenario.longestSeconds / 3,
    random: (purpose) => random(`scenario/${purpose}`),
  };
}

function episodeOf(scenario: Scenario, options: Partial<EpisodeOptions> = {}): Episode {
  const seed = 1;
  const rooms = scenario.rooms.map((template) => ({ ...template, draw: () => drawnOnce(template, seed) }));
  return new Episode({
    scenario: { ...scenario, rooms },
    seed,
    fire: "as-staged",
    flameRenderer: "plume",
    seconds: shortSeconds,
    ...options,
  });
}

function checkStaging(scenario: Scenario, staging: Staging): void {
  assert.equal(staging.fire !== null, scenario.kind === "fire", "fires burn, and nothing else does");
  for (const { low, high } of [...staging.boxes, ...staging.hotPlaces])
    for (const axis of ["x", "y", "z"] as const)
      assert.ok(low[axis] <= high[axis], "boxes have their low corner first");
  if (scenario.isHotProcess)
    assert.ok(staging.hotPlaces.length > 0, "a hot process says where its heat belongs");
  for (const event of staging.cameraEvents)
    assert.ok(event.atSeconds >= 0 && Number.isFinite(event.atSeconds));
}

function checkRadiance(radiance: Float32Array): void {
  const wrong = radiance.findIndex((value) => !(value >= 0 && value < 1e4));
  assert.equal(wrong, -1, `pixel ${wrong} has a radiance of ${radiance[wrong]}`);
}

function checkSecond(episode: Episode, seconds: number, expected: "none" | "lit"): void {
  checkRadiance(episode.radianceAt(seconds));
  const { co2Ppm, celsius } = episode.airAt(seconds);
  assert.ok(co2Ppm > 300 && co2Ppm < 1e6 && celsius > -30 && celsius < 1_200, `air at ${seconds} s`);
  const { label, stage } = episode.truthAt(seconds);
  assert.equal(stage !== "none", expected === "lit", `${stage} at ${seconds} s`);
  if (expected === "none" || stage === "warming") assert.equal(label, "none", `${label} at ${seconds} s`);
  else assert.notEqual(label, "none", `${stage} at ${seconds} s`);
}

test("the library has every fire and every nuisance that it is meant to have", () => {
  const fires = familiesOf("fire");
  const nuisances = familiesOf("nuisance");
  assert.deepEqual(
    {
      fires: fireFamilies.filter((family) => !fires.has(family)),
      nuisances: nuisanceFamilies.filter((family) => !nuisances.has(family)),
    },
    { fires: [], nuisances: [] },
    "families that are missing",
  );
});

test("every name is there once, in lower case with hyphens", () => {
  const names = scenarioLibrary.map(({ name }) => name);
  assert.deepEqual(
    names.filter((name, i) => names.indexOf(name) !== i),
    [],
  );
  for (const name of names) assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
});

test("no family has fires and other things in it, so that a split by family keeps both kinds apart", () => {
  const fires = familiesOf("fire");
  const others = [...familiesOf("nuisance"), ...familiesOf("quiet")];
  assert.deepEqual(
    others.filter((family) => fires.has(family)),
    [],
  );
});

test("fires take place in several rooms", () => {
  const rooms = new Set(
    scenarioLibrary
      .filter(({ kind }) => kind === "fire")
      .flatMap((scenario) => scenario.rooms.map(({ name }) => name)),
  );
  assert.ok(rooms.size >= 5, [...rooms].join(" "));
});

for (const scenario of scenarioLibrary)
  describe(scenario.name, () => {
    test("says what it is, where its numbers come from, and whether its heat belongs there", () => {
      const { title, source, family, rooms, shows, kind } = scenario;
      assert.match(title, /^[A-Z].*\.$/);
      assert.ok(source.length > 10, "a source");
      assert.match(family, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      assert.ok(rooms.length > 0, "rooms");
      assert.equal(shows === "none", kind !== "fire");
      assert.ok(scenario.shortestSeconds >= 30 && scenario.shortestSeconds <= scenario.longestSeconds);
      if (hotProcessFamilies.includes(family)) assert.ok(scenario.isHotProcess, `${family} is a hot process`);
      if (kind !== "nuisance") assert.ok(!scenario.isHotProcess);
    });

    test("can be staged in each of its rooms", () => {
      for (const [i, room] of scenario.rooms.entries())
        checkStaging(scenario, scenario.stage(lotIn(scenario, room, seeds[i % seeds.length]!)));
    });

    test("is alike for one seed, however often it is looked at, and until it is lit like its twin", () => {
      const often = episodeOf(scenario);
      const seldom = episodeOf(scenario, scenario.kind === "fire" ? { fire: "unlit" } : {});
      const beforeIgnition = often.igniteAtSeconds - 0.2;
      checkSecond(often, 0.5 * beforeIgnition, "none");
      checkSecond(often, beforeIgnition, "none");
      assert.deepEqual(seldom.radianceAt(beforeIgnition), often.radianceAt(beforeIgnition));
      assert.deepEqual(seldom.airAt(beforeIgnition), often.airAt(beforeIgnition));
      checkRadiance(often.radianceAt(often.igniteAtSeconds + 0.8));
      checkSecond(often, shortSeconds, scenario.kind === "fire" ? "lit" : "none");
      checkSecond(seldom, shortSeconds, "none");
      if (scenario.kind !== "fire")
        assert.deepEqual(seldom.radianceAt(shortSeconds), often.radianceAt(shortSeconds));
    });
  });
