import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { roomVolume } from "../../scene/room-layout.ts";
import { drawClimate } from "../climate.ts";
import type { RoomTemplate, StagedRoom } from "../staged-room.ts";
import { allRooms } from "./room-templates.ts";
import { RoomView } from "./room-view.ts";

function rooms(template: RoomTemplate, seeds = 12): readonly StagedRoom[] {
  return Array.from({ length: seeds }, (_, seed) =>
    template.draw(new Random(seed), drawClimate(new Random(1000 + seed))),
  );
}

for (const template of allRooms)
  test(`every ${template.name} can be staged: floor, surfaces and walls are in view and free`, () => {
    for (const [seed, room] of rooms(template).entries()) {
      const { space } = room;
      const view = new RoomView(space);
      const random = new Random(seed);
      const says = `${template.name} ${seed}`;
      for (const { place } of room.surfaces) {
        assert.ok(view.canSee({ ...place, y: place.y + 0.05 }), `${says}: surface in view`);
        const inside = space.boxes.find(
          ({ low, high }) =>
            place.x > low.x &&
            place.x < high.x &&
            place.z > low.z &&
            place.z < high.z &&
            place.y + 0.05 > low.y &&
            place.y + 0.05 < high.y,
        );
        assert.equal(inside, undefined, `${says}: ${inside?.name} on the surface`);
      }
      assert.ok(room.wallPlaces.length > 0 && room.surfaces.length > 0, says);
      for (const distance of [2, 3, 5, 10, 25]) {
        const place = room.floorPlace(Math.min(distance, room.farthestMetres), random);
        assert.ok(view.canSee({ ...place, y: 0.2 }), `${says}: floor place in view`);
        for (const { name, low, high } of space.boxes) {
          const away = Math.hypot(
            Math.max(low.x - place.x, place.x - high.x, 0),
            Math.max(low.z - place.z, place.z - high.z, 0),
          );
          assert.ok(low.y > 1.8 || away >= 0.499, `${says}: ${name} is ${away} m from a floor place`);
        }
        const nearest = view.floorDistance(room.floorPlace(0, random));
        if (distance > nearest && distance < room.farthestMetres)
          assert.ok(Math.abs(view.floorDistance(place) - distance) < 2, `${says}: ${distance} m`);
      }
    }
  });

test("rooms reach from 30 m³ to halls 20 m deep, and near and far floor places are to be had", () => {
  const all = allRooms.flatMap((template) => rooms(template, 20));
  const volumes = all.map(({ space }) => roomVolume(space));
  assert.ok(Math.min(...volumes) < 45 && Math.max(...volumes) > 2000);
  const farthest = all.map((room) => room.farthestMetres);
  assert.ok(Math.max(...farthest) > 20, `${Math.max(...farthest)}`);
  const random = new Random(1);
  const nearest = all.map((room) => new RoomView(room.space).floorDistance(room.floorPlace(2, random)));
  assert.ok(
    nearest.filter((metres) => metres < 2.4).length > 0.2 * all.length,
    `${nearest.filter((m) => m < 2.4).length}`,
  );
});

test("one stream and climate give one room", () => {
  const climate = drawClimate(new Random(5));
  for (const template of allRooms)
    assert.deepEqual(
      template.draw(new Random(5), climate).space,
      template.draw(new Random(5), climate).space,
    );
});
