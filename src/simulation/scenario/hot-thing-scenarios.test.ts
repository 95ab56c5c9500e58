import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { celsiusToRadiance } from "../scene/band-radiance.ts";
import { Attendant } from "../scene/hot/attendant.ts";
import { Picture } from "../scene/picture.ts";
import type { RoomSpace } from "../scene/room-layout.ts";
import { renderStillScene, type StillScene } from "../scene/still-scene.ts";
import { drawClimate } from "./climate.ts";
import { hotThingScenarios } from "./hot-thing-scenarios.ts";
import { randomStreams } from "./random-streams.ts";
import type { EpisodeLot, HotPlace, Scenario, Staging } from "./scenario.ts";
import { drawVariation } from "./variation.ts";

const hotProcesses = [
  "electric-stove",
  "gas-stove",
  "oven",
  "welding",
  "grinding",
  "fireplace",
  "torch",
  "oxy-cutting",
];
const seconds = 60;
const lensPixels = 2;

/** A scenario set up in one of its rooms, without the rest of an episode. */
function stage(scenario: Scenario, seed: number): { readonly lot: EpisodeLot; readonly staging: Staging } {
  const random = randomStreams(seed);
  const climate = drawClimate(random("climate"));
  const template = scenario.rooms[random("template").integer(scenario.rooms.length)]!;
  const lot: EpisodeLot = {
    room: template.draw(random("room"), climate),
    climate,
    variation: drawVariation(random("variation"), "plume"),
    seconds,
    igniteAtSeconds: seconds / 2,
    random: (purpose) => random(`scenario/${purpose}`),
  };
  return { lot, staging: scenario.stage(lot) };
}

/** Rectangle around a box in the picture: left, right, top, bottom. */
function outlineOf(still: StillScene, place: HotPlace): readonly [number, number, number, number] {
  const corners = [place.low.x, place.high.x].flatMap((x) =>
    [place.low.y, place.high.y].flatMap((y) => [place.low.z, place.high.z].map((z) => ({ x, y, z }))),
  );
  const seen = corners.map((corner) => still.camera.project(corner)).filter((at) => at !== null);
  const xs = seen.map(({ x }) => x);
  const ys = seen.map(({ y }) => y);
  return [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
}

/** Steps a staging and gives the picture points that hot things, not people, made 8 K warmer at some time. */
function warmedPoints(
  { lot, staging }: { readonly lot: EpisodeLot; readonly staging: Staging },
  still: StillScene,
  room: RoomSpace,
): ReadonlySet<number> {
  const celsius = lot.climate.insideCelsius;
  const air = {
    ambientCelsius: celsius,
    lowerCelsius: celsius,
    upperCelsius: celsius,
    interfaceHeightMetres: room.height,
    oxygenMassFraction: 0.23,
  };
  const warm = celsiusToRadiance(celsius + 8);
  const points = new Set<number>();
  const picture = new Picture(still.depth);
  for (let step = 1; step <= seconds * 10; step += 1) {
    for (const thing of staging.things) thing.step(0.1, { seconds: step / 10, air });
    for (const thing of staging.things)
      for (const release of thing.releases())
        for (const [name, value] of Object.entries(release))
          if (name !== "place") assert.ok(value >= 0 && Number.isFinite(value), `${name} is ${value}`);
    if (step % 50 !== 0) continue;
    picture.radiance.fill(celsiusToRadiance(celsius));
    const view = { camera: still.camera, still, room, seconds: step / 10, air };
    for (const thing of staging.things) if (!(thing instanceof Attendant)) thing.draw?.(picture, view);
    picture.radiance.forEach((radiance, i) => {
      if (radiance >= warm) points.add(i);
    });
  }
  return points;
}

test("every hot thing shows itself, and a hot process keeps within the place that was marked for it", () => {
  for (const scenario of hotThingScenarios) {
    const staged = stage(scenario, 8);
    const { space } = staged.lot.room;
    const room = { ...space, boxes: [...space.boxes, ...staged.staging.boxes] };
    const still = renderStillScene(room, new Random(1));
    const points = warmedPoints(staged, still, room);
    assert.ok(points.size >= 1, `${scenario.name} shows nothing`);
    const [place] = staged.staging.hotPlaces;
    if (place === undefined) continue;
    const [left, right, top, bottom] = outlineOf(still, place);
    for (const i of points) {
      const x = i % 160;
      const y = Math.floor(i / 160);
      const isInside =
        x >= left - lensPixels &&
        x <= right + lensPixels &&
        y >= top - lensPixels &&
        y <= bottom + lensPixels;
      assert.ok(isInside, `${scenario.name} warms the point ${x}, ${y} outside of ${place.name}`);
    }
    assert.ok(place.areaPixels < 19_200 / 2 && place.peakCelsius > 100, scenario.name);
  }
});

test("hot processes that belong there are marked with their place and hours, other hot things are not", () => {
  for (const scenario of hotThingScenarios) {
    assert.equal(scenario.isHotProcess, hotProcesses.includes(scenario.family), scenario.name);
    assert.equal(scenario.kind, "nuisance");
    assert.equal(scenario.shows, "none");
    const { staging } = stage(scenario, 3);
    assert.equal(staging.fire, null);
    assert.equal(staging.hotPlaces.length, scenario.isHotProcess ? 1 : 0, scenario.name);
  }
});

test("about one hot process in seven runs when nobody expects it", () => {
  const scenario = hotThingScenarios.find(({ name }) => name === "gas-stove")!;
  let outside = 0;
  const count = 28;
  for (let seed = 0; seed < count; seed += 1) {
    const { lot, staging } = stage(scenario, seed);
    const [from, to] = staging.hotPlaces[0]!.hoursOfDay;
    const hour = lot.climate.hourOfDay;
    const isExpected = from <= to ? hour >= from && hour < to : hour >= from || hour < to;
    if (!isExpected) outside += 1;
  }
  assert.ok(outside >= 1 && outside <= 11, `${outside} of ${count}`);
});

test("the same seed stages the same, another seed something else", () => {
  for (const scenario of hotThingScenarios) {
    const placeOf = (seed: number): unknown => stage(scenario, seed).staging.things.map(({ place }) => place);
    assert.deepEqual(placeOf(5), placeOf(5), scenario.name);
    assert.notDeepEqual(placeOf(5), placeOf(6), scenario.name);
  }
});
