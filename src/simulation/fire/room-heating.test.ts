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

const table = {
  name: "table",
  look: { celsius: 20 },
  low: { x: -0.6, y: 0.7, z: 4.4 },
  high: { x: 0.6, y: 0.75, z: 5.6 },
};
const onTable: RoomSpace = { ...room, boxes: [table] };

test("a fire on a table warms the table's top and the floor beyond, but not the floor under it", () => {
  const options = { room: onTable, base: { x: 0, y: 0.75, z: 5 }, radiatesAboveMetres: 0.4, own: null };
  const heating = new RoomHeating(options);
  for (let i = 0; i < 120; i += 1)
    heating.step(0.5, { kilowatts: 100, radiatedKilowatts: 40, diameterMetres: 0.3, air: freshAir });
  const excess = new Float32Array(still.depth.length);
  heating.addTo(still, excess);
  const under = at(excess, { x: 0.3, y: 0, z: 5 });
  const beyond = at(excess, { x: 2.6, y: 0, z: 5 });
  assert.ok(under < 0.5, `${under} K under the table`);
  assert.ok(beyond > 0.5, `${beyond} K beyond it`);
  const furnished = renderStillScene(onTable, new Random(1));
  const onTop = new Float32Array(furnished.depth.length);
  heating.addTo(furnished, onTop);
  const top = furnished.boxes.reduce((most, box, i) => (box === 0 ? Math.max(most, onTop[i]!) : most), 0);
  assert.ok(top > 25, `${top} K on the table`);
});

test("beside a wall the jet under the ceiling is that of twice the fire, as it is for the room's air", () => {
  // The same fire in the same place, of which the wall is moved up to it.
  const ceilingOver = { x: 0, y: 3, z: 6.2 };
  const free = at(heated(room, 60, 0), ceilingOver);
  const wall = at(heated({ ...room, leftX: -0.3 }, 60, 0), ceilingOver);
  assert.ok(Math.abs(wall / free - 2 ** (2 / 3)) < 1e-3, `${wall} K beside ${free} K`);
});

/** Of the neighbours in a row that lie on either side of a border, the share with the whole step between them. */
function abruptShare(values: Float32Array, step: { readonly low: number; readonly high: number }): number {
  let abrupt = 0;
  let soft = 0;
  for (let i = 1; i < values.length; i += 1) {
    const [one, other] = [values[i - 1]!, values[i]!].toSorted((a, b) => a - b) as [number, number];
    if (one <= step.low && other >= step.high) abrupt += 1;
    else if (other > step.low && other < step.high && one <= step.low) soft += 1;
  }
  assert.ok(abrupt + soft > 20, `${abrupt} and ${soft} borders`);
  return abrupt / (abrupt + soft);
}

test("a shadow's edge, and that of what throws it, are mixed within a pixel and no staircase", () => {
  const screen = {
    name: "screen",
    look: { celsius: 20 },
    low: { x: 0.55, y: 0, z: 4.3 },
    high: { x: 0.6, y: 1.2, z: 5.2 },
  };
  const furnished: RoomSpace = { ...room, height: 20, boxes: [screen] };
  const heating = new RoomHeating({ room: furnished, base, radiatesAboveMetres: 0.4, own: screen });
  const lit = new RoomHeating({ room: furnished, base, radiatesAboveMetres: 0.4, own: null });
  for (const one of [heating, lit])
    for (let i = 0; i < 80; i += 1)
      one.step(0.5, { kilowatts: 100, radiatedKilowatts: 40, diameterMetres: 0.4, air: freshAir });
  const bare = renderStillScene({ ...furnished, boxes: [] }, new Random(1));
  const onFloor = new Float32Array(bare.depth.length);
  lit.addTo(bare, onFloor);
  // Where the screen touches the floor its shadow begins at once.
  for (let i = 0; i < onFloor.length; i += 1) {
    const [x, z] = [bare.places[3 * i]!, bare.places[3 * i + 2]!];
    const isAtFoot = Math.abs(x - 0.575) < 0.1 && z > 4.2 && z < 5.3;
    if (isAtFoot) onFloor[i] = Number.NaN;
  }
  const shadow = abruptShare(onFloor, { low: 0.05, high: 6 });
  assert.ok(shadow < 0.05, `${shadow} of the shadow`);
  const seen = renderStillScene(furnished, new Random(1));
  const aroundOwn = new Float32Array(seen.depth.length);
  heating.addTo(seen, aroundOwn);
  const outline = abruptShare(aroundOwn, { low: 0.05, high: 6 });
  assert.ok(outline < 0.5, `${outline} of the outline`);
});

test("a flame half a metre wide throws a half shadow behind the edge of what shades it", () => {
  const screen = {
    name: "screen",
    look: { celsius: 20 },
    low: { x: 0.7, y: 0, z: 4 },
    high: { x: 0.72, y: 1.5, z: 5 },
  };
  const options = { base: { ...base, y: 0.1 }, radiatesAboveMetres: 0.7, own: null };
  const share = (x: number): number => {
    const kelvin = [{ ...room, boxes: [screen] }, room].map((of) => {
      const heating = new RoomHeating({ ...options, room: of });
      for (let i = 0; i < 60; i += 1)
        heating.step(0.5, { kilowatts: 100, radiatedKilowatts: 40, diameterMetres: 0.4, air: freshAir });
      const excess = new Float32Array(still.depth.length);
      heating.addTo(still, excess);
      return at(excess, { x, y: 0, z: 5 });
    });
    return kelvin[0]! / kelvin[1]!;
  };
  // Half of the flame is seen past the screen's edge from straight behind it.
  assert.ok(share(1.5) > 0.2 && share(1.5) < 0.8, `${share(1.5)} of the heat`);
});
