import assert from "node:assert/strict";
import { test } from "node:test";
import { blurredPoint, drawFrame, type Scene } from "#support/drawn-frame.ts";
import type { ThermalFrame } from "../frames/thermal-frame.ts";
import { Random } from "../random.ts";
import {
  BadPixelFinder,
  lookSpacingMicros,
  looksToMap,
  looksToTrust,
  mappedShareMax,
} from "./bad-pixel-finder.ts";

const size = { width: 64, height: 48 };
const room: Scene = (x, y) => 21 + 0.02 * x + 0.03 * y;

/** A frame of a scene at a look; a scene already drawn is not drawn again. */
function frameOf(scene: Scene, look: number): ThermalFrame {
  const atMicros = look * lookSpacingMicros;
  if (drawn === null || drawn.scene !== scene) drawn = { scene, frame: drawFrame(scene, size) };
  return { ...drawn.frame, capturedAtMicros: atMicros };
}

let drawn: { readonly scene: Scene; readonly frame: ThermalFrame } | null = null;

/** Shows a scene for some looks and returns the last map, as a list of "x,y". */
function found(scene: (look: number) => Scene, looks = 2 * looksToMap): string[] {
  const finder = new BadPixelFinder(size);
  let map: Uint8Array = new Uint8Array(size.width * size.height);
  for (let k = 0; k < looks; k += 1) map = finder.addFrame(frameOf(scene(k), k)) ?? map;
  return [...map.keys()].filter((i) => map[i] === 1).map((i) => `${i % 64},${Math.floor(i / 64)}`);
}

function steady(scene: Scene): () => Scene {
  return () => scene;
}

/** A scene with pixels that read wrongly by so many kelvin. */
function wrong(scene: Scene, pixels: Readonly<Record<string, number>>): Scene {
  return (x, y) => scene(x, y) + (pixels[`${x},${y}`] ?? 0);
}

test("a room without bad pixels has none", () => {
  assert.deepEqual(found(steady(room)), []);
});

test("single pixels and pairs in a row are found, hot and cold, with the good ones between them left alone", () => {
  const bad = { "10,20": 10, "12,20": 10, "30,20": 9, "31,20": 11, "40,8": -6, "50,30": 2 };
  assert.deepEqual(found(steady(wrong(room, bad))), ["40,8", "10,20", "12,20", "30,20", "31,20", "50,30"]);
});

test("a dead pixel is found", () => {
  assert.deepEqual(found(steady((x, y) => (x === 5 && y === 5 ? -300 : room(x, y)))), ["5,5"]);
});

test("bad pixels that follow a drifting, noisy scene are found", () => {
  const random = new Random(11);
  const scene = (k: number) =>
    wrong((x, y) => room(x, y) - 0.05 * k + 0.03 * random.normal(), { "10,20": 10, "30,40": 3 });
  assert.deepEqual(found(scene), ["10,20", "30,40"]);
});

for (const blurPixels of [0.45, 0.6, 1]) {
  test(`a real point source, blurred by σ = ${blurPixels} pixel, is never mapped wherever it falls`, () => {
    for (let dx = 0; dx <= 0.5; dx += 0.125) {
      for (let dy = 0; dy <= 0.5; dy += 0.125) {
        for (const peakKelvin of [3, 30, 600]) {
          const ember = blurredPoint({ x: 20 + dx, y: 20 + dy, peakKelvin, blurPixels });
          const scene: Scene = (x, y) => room(x, y) + ember(x, y);
          assert.deepEqual(found(steady(scene), looksToMap), [], `${peakKelvin} K at ${dx}, ${dy}`);
        }
      }
    }
  });
}

test("an ember over the edge of the picture is not mapped, in the rows, the columns and the corners", () => {
  for (const [x, y] of [
    [20, -0.9],
    [20.5, 47.8],
    [-0.9, 20],
    [63.9, 20],
    [-0.8, -0.8],
    [63.8, 47.8],
  ] as const) {
    const ember = blurredPoint({ x, y, peakKelvin: 300, blurPixels: 0.6 });
    assert.deepEqual(found(steady((px, py) => room(px, py) + ember(px, py))), [], `${x}, ${y}`);
  }
});

test("a bad pixel is found in the first row, the last row and the side columns", () => {
  const bad = { "20,0": 10, "0,20": 10, "63,30": 10, "40,47": 10 };
  assert.deepEqual(found(steady(wrong(room, bad))), ["20,0", "0,20", "63,30", "40,47"]);
});

test("a hot wire, a hot edge and a hot block are no bad pixels", () => {
  const wire: Scene = (x, y) => room(x, y) + (y === 20 && x > 10 && x < 30 ? 20 : 0);
  const edge: Scene = (x, y) => room(x, y) + (x > 30 ? 20 : 0);
  const block: Scene = (x, y) => room(x, y) + (x >= 30 && x < 32 && y >= 20 && y < 22 ? 50 : 0);
  for (const scene of [wire, edge, block]) assert.deepEqual(found(steady(scene)), []);
});

test("a glint that passes is not confirmed", () => {
  assert.deepEqual(
    found((k) => (k % 3 === 0 ? room : wrong(room, { "10,10": 10 })), 40),
    [],
  );
});

test("a pixel is mapped after several seconds, not before, however many frames come", () => {
  const finder = new BadPixelFinder(size);
  const maps: number[] = [];
  for (let k = 0; k < 60; k += 1) {
    const frame = drawFrame(wrong(room, { "10,10": 10 }), { ...size, atMicros: k * 115_000 });
    if (finder.addFrame(frame) !== null) maps.push(k * 0.115);
  }
  assert.equal(maps.length, 1);
  assert.ok(maps[0]! >= 3.5 && maps[0]! < 5, `${maps}`);
});

test("a mapped pixel that blinks stays mapped, one that has healed is trusted again", () => {
  const finder = new BadPixelFinder(size);
  const bad = wrong(room, { "10,10": 10 });
  let look = 0;
  const show = (scene: Scene) => {
    look += 1;
    return finder.addFrame(frameOf(scene, look));
  };
  for (let k = 1; k < looksToMap; k += 1) assert.equal(show(bad), null);
  assert.equal(show(bad)![10 * 64 + 10], 1);
  for (let round = 0; round < 3; round += 1) {
    for (let k = 0; k < 500; k += 1) assert.equal(show(room), null);
    assert.equal(show(bad), null);
  }
  for (let k = 1; k < looksToTrust; k += 1) assert.equal(show(room), null);
  assert.ok(show(room)!.every((value) => value === 0));
});

test("never more than the largest share is mapped", () => {
  const most = Math.floor(mappedShareMax * 64 * 48);
  const specks = (count: number, from = 0): Record<string, number> =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `${4 + 4 * ((from + i) % 14)},${4 + 4 * Math.floor((from + i) / 14)}`,
        10,
      ]),
    );
  assert.equal(found(steady(wrong(room, specks(most)))).length, most);
  assert.deepEqual(found(steady(wrong(room, specks(most + 1)))), []);
  // More pixels than the share, but never so many at once: the first ones stay, the others are not mapped.
  const turns = [wrong(room, specks(most)), wrong(room, specks(10, most))];
  assert.equal(found((look) => turns[look < looksToMap ? 0 : 1]!, 4 * looksToMap).length, most);
});

test("frames of an FFC, raw counts and other sizes are not looked at", () => {
  const bad = wrong(room, { "10,10": 10 });
  const finder = new BadPixelFinder(size);
  for (let k = 0; k < 3 * looksToMap; k += 1) {
    const at = { atMicros: k * lookSpacingMicros };
    assert.equal(
      finder.addFrame(drawFrame(bad, { ...size, ...at, telemetry: { ffcState: "in-progress" } })),
      null,
    );
    assert.equal(finder.addFrame({ ...drawFrame(bad, { ...size, ...at }), unit: "raw-counts" }), null);
    assert.equal(finder.addFrame(drawFrame(bad, { width: 48, height: 64, ...at })), null);
  }
});
