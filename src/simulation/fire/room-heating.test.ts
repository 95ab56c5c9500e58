import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { emptyHall, freshAir } from "#support/fire-stage.ts";
import type { RoomSpace } from "../scene/room-layout.ts";
import { renderStillScene } from "../scene/still-scene.ts";
import { RoomHeating } from "./room-heating.ts";

const base = { x: 0, y: 0, z: 5 };
const room: RoomSpace = { ...emptyHall, depth: 8, height: 3 };
const still = renderStillScene(room, new Random(1));

function heated(of: RoomSpace, seconds: number, radiatedKilowatts = 40, from = base): Float32Array {
  const heating = new RoomHeating({ room: of, base: from, radiatesAboveMetres: 0.4, own: null });
  for (let i = 0; i < 2 * seconds; i += 1)
    heating.step(0.5, { kilowatts: 100, diameterMetres: 0.4, radiatedKilowatts, air: freshAir });
  const excess = new Float32Array(still.depth.length);
  heating.addTo(still, excess);
  return excess;
}

/** The warming nearest to a place. */
function at(excess: Float32Array, place: { x: number; y: number; z: number }): number {
  let best = 0;
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < excess.length; i += 1) {
    const off = Math.hypot(
      still.places[3 * i]! - place.x,
      still.places[3 * i + 1]! - place.y,
      still.places[3 * i + 2]! - place.z,
    );
    if (off >= nearest) continue;
    nearest = off;
    best = i;
  }
  return excess[best]!;
}

test("a fire warms the floor beside it most, farther floor less, and the ceiling by its jet", () => {
  const excess = heated(room, 60);
  const beside = at(excess, { x: 0.5, y: 0, z: 5 });
  const away = at(excess, { x: 2.5, y: 0, z: 5 });
  // 36 kW from a point over 0.64 m are some 4.4 kW/m² on the floor at 0.5 m: tens of kelvin in a minute.
  assert.ok(beside > 25 && beside < 140, `${beside} K`);
  assert.ok(away > 0.2 && away < beside / 10, `${away} K`);
  const ceiling = at(excess, { x: 0, y: 3, z: 6.2 });
  assert.ok(ceiling > 4 && ceiling < 58, `${ceiling} K under a jet of some 35 K`);
});

test("warming is linear in the radiation, and is forgotten in time", () => {
  const once = at(heated(room, 20, 10), { x: 0.8, y: 0, z: 5 });
  const twice = at(heated(room, 20, 20), { x: 0.8, y: 0, z: 5 });
  assert.ok(Math.abs(twice / once - 2) < 1e-3);
  const heating = new RoomHeating({ room, base, radiatesAboveMetres: 0.4, own: null });
  heating.step(1, { kilowatts: 100, diameterMetres: 0.4, radiatedKilowatts: 40, air: freshAir });
  assert.equal(heating.isWarm, true);
  for (let i = 0; i < 8000; i += 1)
    heating.step(1, { kilowatts: 0, diameterMetres: 0, radiatedKilowatts: 0, air: freshAir });
  assert.equal(heating.isWarm, false);
});

test("what stands between fire and floor shades it", () => {
  const cover = {
    name: "cover",
    look: { celsius: 20 },
    low: { x: 0.4, y: 0, z: 4 },
    high: { x: 0.5, y: 2, z: 6 },
  };
  const shaded = at(heated({ ...room, boxes: [cover] }, 60), { x: 0.9, y: 0, z: 5 });
  const open = at(heated(room, 60), { x: 0.9, y: 0, z: 5 });
  assert.ok(open > 5, `${open} K`);
  assert.equal(shaded, 0);
});

test("beside a wall the jet under the ceiling is that of twice the fire, as it is for the room's air", () => {
  // The same fire in the same place, of which the wall is moved up to it.
  const ceilingOver = { x: 0, y: 3, z: 6.2 };
  const free = at(heated(room, 60, 0), ceilingOver);
  const wall = at(heated({ ...room, leftX: -0.3 }, 60, 0), ceilingOver);
  assert.ok(Math.abs(wall / free - 2 ** (2 / 3)) < 1e-3, `${wall} K beside ${free} K`);
});
