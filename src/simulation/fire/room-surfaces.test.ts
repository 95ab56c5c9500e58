import assert from "node:assert/strict";
import { test } from "node:test";
import { bareRoom } from "#support/bare-room.ts";
import { assertNear } from "#support/burning-room.ts";
import { RoomSurfaces, type WallMaterial } from "./room-surfaces.ts";

const space = bareRoom({ widthMetres: 5, depthMetres: 5, heightMetres: 2.4, airChangesPerHour: 0 });
const steel: WallMaterial = { conductivity: 45, density: 7850, heatCapacity: 0.46, thicknessMetres: 0.001 };
const smoke = { kelvin: 900, kilograms: 20, emissivity: 0.8, jetMetresPerSecond: 2 };

function surfacesOf(material: WallMaterial): RoomSurfaces {
  const materials = { ceiling: material, walls: material, floor: material };
  return new RoomSurfaces(space, { kelvin: 293, materials });
}

test("thin steel heats through evenly and safely, and no heat is made or lost on the way", () => {
  for (const seconds of [0.05, 0.25, 1]) {
    const surfaces = surfacesOf(steel);
    let given = 0;
    for (let t = 0; t < 300; t += seconds) {
      given += surfaces.exchange(seconds, smoke, { low: 0, high: 2.4 });
      surfaces.conduct(seconds, 0.2);
    }
    assertNear(surfaces.storedKilojoules + surfaces.lostKilojoules, given, 1e-9);
    // All of it as warm as the smoke holds no more than this: it cannot overshoot.
    const area = 2 * 25 + 4 * 5 * 2.4;
    const most = area * steel.density * steel.heatCapacity * steel.thicknessMetres * (smoke.kelvin - 293);
    assert.ok(surfaces.storedKilojoules > 0.5 * most && surfaces.storedKilojoules < most);
  }
});

test("a wall of foil is refused", () => {
  assert.throws(() => surfacesOf({ ...steel, thicknessMetres: 0.0001 }), /thicker than foil/);
});
