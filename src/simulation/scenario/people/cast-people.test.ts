import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import type { SceneThing } from "../../scene/scene-thing.ts";
import { drawClimate } from "../climate.ts";
import { randomStreams } from "../random-streams.ts";
import { allRooms } from "../rooms/room-templates.ts";
import type { EpisodeLot, FloorArea } from "../scenario.ts";
import { drawVariation } from "../variation.ts";
import { CastPeople, type Manner } from "./cast-people.ts";
import { isDoor } from "./floor-ways.ts";

const air = {
  ambientCelsius: 21,
  lowerCelsius: 21,
  upperCelsius: 21,
  interfaceHeightMetres: 2.5,
  oxygenMassFraction: 0.23,
};

function lotOf(seed: number, template = allRooms[seed % allRooms.length]!): EpisodeLot {
  const random = randomStreams(seed);
  const climate = drawClimate(random("climate"));
  return {
    room: template.draw(random("room"), climate),
    climate,
    variation: drawVariation(new Random(seed), "plume"),
    seconds: 200,
    igniteAtSeconds: 50,
    random,
  };
}

function isPresent(thing: SceneThing): boolean {
  return thing.releases().length > 0;
}

/** The middle of the floor in view, where something would burn or a vehicle stands. */
function middleOf({ room }: EpisodeLot): FloorArea {
  const { x, z } = room.floorPlace(0.6 * room.farthestMetres, new Random(1));
  return { low: { x: x - 0.8, z: z - 0.8 }, high: { x: x + 0.8, z: z + 0.8 } };
}

function isWithin({ low, high }: FloorArea, { x, z }: { readonly x: number; readonly z: number }): boolean {
  return x > low.x && x < high.x && z > low.z && z < high.z;
}

test("people of every manner move without jumps through the room, and never through furniture or where they are to keep off", () => {
  const manners: readonly Manner[] = ["visits", "works", "roams", "plays", "passes"];
  for (const [seed, manner] of [...manners, ...manners].entries()) {
    const lot = lotOf(seed);
    const { leftX, rightX, depth } = lot.room.space;
    const keepOff = middleOf(lot);
    const person = new CastPeople(lot, [keepOff]).person(manner);
    const furniture = lot.room.space.boxes.filter(
      (box) => box.low.y < 1.2 && box.high.y > 0.4 && !box.name.startsWith("chair") && !isDoor(box),
    );
    let last = isPresent(person) ? person.place : null;
    let moved = 0;
    for (let step = 1; step < 2000; step += 1) {
      person.step(0.1, { seconds: step / 10, air });
      const now = isPresent(person) ? person.place : null;
      if (now !== null) {
        assert.ok(!isWithin(keepOff, now), `${manner} ${seed} does not keep off`);
        const through = furniture.find((box) => isWithin(box, now));
        assert.equal(through, undefined, `${manner} ${seed} walks through ${through?.name}`);
        assert.ok(now.x > leftX - 1 && now.x < rightX + 1 && now.z > -0.2 && now.z < depth + 1);
        if (last !== null) {
          const way = Math.hypot(now.x - last.x, now.z - last.z);
          assert.ok(way < 0.25, `${manner} jumps ${way} m`);
          moved += way;
        }
      }
      last = now;
    }
    assert.ok(moved > 1, `${manner} ${seed} moved ${moved} m`);
  }
});

test("somebody in the room gives off CO2 as the facts say, a child less, and nobody outside does", () => {
  const lot = lotOf(3);
  const cast = new CastPeople(lot);
  const grown = cast.person("works");
  const child = cast.person("plays", { who: "child" });
  const rate = (thing: SceneThing): number => thing.releases()[0]!.co2KilogramsPerSecond;
  assert.ok(Math.abs(rate(grown) - 0.0052e-3 / 0.547) < 1e-9, `${rate(grown)} kg/s`);
  assert.ok(rate(child) < rate(grown));
  const visitor = cast.group({ x: 0, z: 3 }, { count: 3, gatherSeconds: 60 });
  assert.deepEqual(
    visitor.flatMap((thing) => thing.releases()),
    [],
  );
});

test("people who stand together face each other", () => {
  const cast = new CastPeople(lotOf(8));
  const group = cast.group({ x: 0, z: 4 }, { count: 5, gatherSeconds: 0 });
  const middle = group.map(({ place }) => place);
  assert.equal(group.filter(isPresent).length, 5);
  const x = middle.reduce((sum, place) => sum + place.x, 0) / 5;
  const z = middle.reduce((sum, place) => sum + place.z, 0) / 5;
  assert.ok(Math.hypot(x, z - 4) < 0.3);
  for (const place of middle) assert.ok(Math.hypot(place.x, place.z - 4) < 1.2);
});

test("seats and ways keep clear of furniture", () => {
  let seats = 0;
  for (let seed = 0; seed < 20; seed += 1) {
    const lot = lotOf(seed);
    const { places } = new CastPeople(lot);
    assert.ok(places.entrances.length >= 2 && places.spots.length > 5);
    for (const { place } of places.seats) {
      seats += 1;
      for (const { name, low, high } of lot.room.space.boxes)
        if (low.y < 1.2 && high.y > 0.3 && !name.startsWith("chair"))
          assert.ok(
            place.x < low.x || place.x > high.x || place.z < low.z || place.z > high.z,
            `${lot.room.name} ${seed}: a seat inside ${name}`,
          );
    }
  }
  assert.ok(seats > 10, `${seats} seats`);
});

test("where all of the floor is to be kept off nobody comes", () => {
  const everywhere = { low: { x: -99, z: -99 }, high: { x: 99, z: 99 } };
  const cast = new CastPeople(lotOf(4), [everywhere]);
  for (const manner of ["visits", "works", "roams", "plays", "passes"] as const) {
    const person = cast.person(manner);
    for (let second = 1; second < 100; second += 1) {
      person.step(1, { seconds: second, air });
      assert.ok(!isPresent(person), manner);
    }
  }
});
