import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { celsiusToRadiance } from "../band-radiance.ts";
import { Picture } from "../picture.ts";
import type { RoomSpace } from "../room-layout.ts";
import type { SceneView } from "../scene-thing.ts";
import { renderStillScene } from "../still-scene.ts";
import { BodyWarmth } from "./body-warmth.ts";
import { dressedBuild } from "./dressed-build.ts";

const roomCelsius = 20;
const look = { celsius: roomCelsius };
const room: RoomSpace = {
  leftX: -3,
  rightX: 3,
  depth: 8,
  height: 3,
  camera: { position: { x: 0, y: 1.7, z: 0.05 }, tiltDownDegrees: 8 },
  walls: look,
  floor: look,
  ceiling: look,
  boxes: [],
  airChangesPerHour: 1,
};
const still = renderStillScene(room, new Random(1));
const cold = still.celsius.map(celsiusToRadiance);
const build = dressedBuild(
  { who: "grown", dress: "indoor", roomCelsius, outsideCelsius: roomCelsius },
  new Random(2),
);

/** How somebody is warmed in a room whose surfaces, layers and border between them are given. */
function warmedIn(heated: {
  readonly surfacesKelvin: number;
  readonly upperCelsius: number;
  readonly interfaceHeightMetres: number;
}): typeof build {
  const picture = new Picture(still.depth);
  picture.radiance.set(
    heated.surfacesKelvin === 0
      ? cold
      : still.celsius.map((celsius) => celsiusToRadiance(celsius + heated.surfacesKelvin)),
  );
  const { upperCelsius, interfaceHeightMetres } = heated;
  const air = {
    ambientCelsius: roomCelsius,
    lowerCelsius: roomCelsius,
    upperCelsius,
    interfaceHeightMetres,
    oxygenMassFraction: 0.23,
  };
  const view: SceneView = { camera: still.camera, still, room, seconds: 0, air };
  return new BodyWarmth().warmed(build, picture, view);
}

test("a room as warm as at the start leaves people as they are", () => {
  assert.equal(warmedIn({ surfacesKelvin: 0, upperCelsius: roomCelsius, interfaceHeightMetres: 3 }), build);
});

test("among walls that are 100 K warmer nobody stays cold: cloth takes 40 K, skin less than half of that", () => {
  const warmed = warmedIn({ surfacesKelvin: 100, upperCelsius: roomCelsius, interfaceHeightMetres: 3 });
  const cloth = warmed.clothingCelsius - build.clothingCelsius;
  assert.ok(Math.abs(cloth - 40) < 1, `${cloth} K`);
  assert.ok(Math.abs(warmed.trousersCelsius - build.trousersCelsius - cloth) < 1e-9);
  const skin = warmed.skinCelsius - build.skinCelsius;
  assert.ok(skin > 15 && skin < 20, `${skin} K`);
});

test("a hot layer that reaches down to the chest warms shirt and face, and not the trousers below it", () => {
  const warmed = warmedIn({ surfacesKelvin: 0, upperCelsius: 120, interfaceHeightMetres: 0.9 });
  assert.ok(warmed.clothingCelsius > build.clothingCelsius + 35);
  assert.ok(warmed.skinCelsius > build.skinCelsius + 10);
  assert.ok(warmed.trousersCelsius < build.trousersCelsius + 0.5);
});
