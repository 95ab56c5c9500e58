import assert from "node:assert/strict";
import { test } from "node:test";
import { radianceToCelsius } from "../scene/band-radiance.ts";
import { Episode } from "./episode.ts";
import { everydayScenarios } from "./everyday-scenarios.ts";
import type { Scenario } from "./scenario.ts";

function perform(scenario: Scenario, seed: number, seconds?: number): Episode {
  return new Episode({
    scenario,
    seed,
    fire: "as-staged",
    flameRenderer: "plume",
    ...(seconds === undefined ? {} : { seconds }),
  });
}

function named(name: string): Scenario {
  return everydayScenarios.find((scenario) => scenario.name === name)!;
}

function celsiusAt(episode: Episode, seconds: number): Float32Array {
  return Float32Array.from(episode.radianceAt(seconds), radianceToCelsius);
}

test("names are unique, sources are given, and nothing everyday burns or is a hot process", () => {
  assert.equal(new Set(everydayScenarios.map(({ name }) => name)).size, everydayScenarios.length);
  for (const scenario of everydayScenarios) {
    assert.ok(scenario.source.length > 20 && scenario.title.endsWith("."), scenario.name);
    assert.equal(scenario.shows, "none");
    assert.equal(scenario.isHotProcess, false);
    assert.ok(scenario.shortestSeconds >= 60 && scenario.longestSeconds > scenario.shortestSeconds);
  }
  const families = new Set(everydayScenarios.map(({ family }) => family));
  assert.ok(families.size >= 14, `${families.size} families`);
});

for (const [index, scenario] of everydayScenarios.entries())
  test(`${scenario.name} can be performed and never counts as fire`, () => {
    const episode = perform(scenario, 100 + index, 24);
    for (const seconds of [1, 12, 23.9]) {
      const celsius = celsiusAt(episode, seconds);
      for (const value of celsius) assert.ok(value > -60 && value < 720, `${value} °C`);
      assert.equal(episode.truthAt(seconds).label, "none");
    }
    const air = episode.airAt(24);
    assert.ok(air.co2Ppm > 300 && air.co2Ppm < 60_000 && Number.isFinite(air.celsius), `${air.co2Ppm} ppm`);
  });

test("one seed gives one episode, another seed another", () => {
  const scenario = named("people-come-and-go");
  const first = celsiusAt(perform(scenario, 5, 30), 29);
  assert.deepEqual(celsiusAt(perform(scenario, 5, 30), 29), first);
  assert.notDeepEqual(celsiusAt(perform(scenario, 6, 30), 29), first);
});

test("a soot filter burns above 450 °C, and the room's CO2 rises with it", () => {
  const episode = perform(named("soot-filter-burn"), 3, 240);
  const before = episode.airAt(1).co2Ppm;
  const hottest = Math.max(...celsiusAt(episode, 230));
  assert.ok(hottest > 450 && hottest < 700, `${hottest} °C`);
  assert.ok(episode.airAt(239).co2Ppm > before + 100);
});

test("a leak of CO2 changes the air and not the picture", () => {
  const leak = perform(named("co2-leak"), 1, 120);
  const { boxes, things } = leak.staging;
  assert.equal(boxes.length, 1);
  assert.ok(things.every((thing) => thing.draw === undefined && thing.heat === undefined));
  const before = leak.airAt(0).co2Ppm;
  assert.ok(leak.airAt(119).co2Ppm > before + 50);
});

test("the air sensor hangs inside the room, wherever the camera is", () => {
  for (const seed of [1, 3, 5, 6, 7]) {
    const { airSensorPlace: at, space } = perform(named("quiet-room"), seed, 10);
    assert.ok(at.x > space.leftX && at.x < space.rightX, `seed ${seed}: ${at.x} m`);
    assert.ok(at.z > 0 && at.z < space.depth && at.y > 0 && at.y < space.height);
  }
});

test("a door to the winter takes a room's CO2 out, and ventilation with outdoor air does too", () => {
  const climate = { co2Ppm: 2500, insideCelsius: 21, outsideCelsius: -5 };
  const co2After = (name: string) => {
    const scenario = named(name);
    const episode = new Episode({
      ...{ scenario, seed: 5, fire: "as-staged", flameRenderer: "plume", seconds: 120 },
      ...{ climate, background: "none" },
    });
    return episode.airAt(120).co2Ppm;
  };
  const quiet = co2After("quiet-room");
  assert.ok(quiet > 2300, `${quiet} ppm`);
  assert.ok(co2After("outer-door-opens") < 0.88 * quiet);
  assert.ok(co2After("hvac-cold") < 0.98 * quiet);
});
