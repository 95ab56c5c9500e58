import assert from "node:assert/strict";
import { test } from "node:test";
import { drawPixels, type Scene } from "#support/drawn-frame.ts";
import { Random } from "../random.ts";
import { BlockGradient } from "./block-gradient.ts";
import { ImagePyramid } from "./image-pyramid.ts";
import { OpticalFlow } from "./optical-flow.ts";

const size = { width: 160, height: 120 };

/** A texture with waves from 9 pixels up in all directions, a few kelvin strong. */
const texture: Scene = (x, y) =>
  25 +
  1.5 * Math.sin(0.37 * x + 0.21 * y) +
  1.2 * Math.sin(0.11 * x - 0.47 * y + 1) +
  2 * Math.sin(0.13 * x + 0.09 * y + 2) +
  0.8 * Math.sin(0.6 * x - 0.3 * y + 3);

function moved(scene: Scene, by: { x: number; y: number }): Scene {
  return (x, y) => scene(x - by.x, y - by.y);
}

function pyramid(pixels: Uint16Array): ImagePyramid {
  const result = new ImagePyramid(size);
  result.build(pixels);
  return result;
}

function flow(
  before: Uint16Array,
  after: Uint16Array,
  options: { excluded?: Uint8Array; offsetCentikelvin?: number } = {},
): OpticalFlow {
  const gradient = new BlockGradient(size);
  const result = new OpticalFlow(gradient);
  const excluded = options.excluded ?? null;
  result.setExcluded(excluded);
  gradient.measure(after, excluded);
  const { offsetCentikelvin = 0 } = options;
  result.measure({ previous: pyramid(before), current: pyramid(after), offsetCentikelvin });
  return result;
}

for (const pixels of [0.25, 0.5, 1, 2, 3]) {
  for (const [name, angle] of [
    ["right", 0],
    ["down", Math.PI / 2],
    ["up and left", (-3 * Math.PI) / 4],
  ] as const) {
    test(`a texture moved ${pixels} pixels ${name} flows by as much`, () => {
      const by = { x: pixels * Math.cos(angle), y: pixels * Math.sin(angle) };
      const result = flow(drawPixels(texture, size), drawPixels(moved(texture, by), size));
      assert.ok(Math.abs(result.meanPixels - pixels) < 0.05 + 0.06 * pixels, `${result.meanPixels}`);
      assert.ok(result.stdPixels < 0.1 + 0.2 * pixels, `${result.stdPixels}`);
    });
  }
}

test("a still texture does not flow", () => {
  const result = flow(drawPixels(texture, size), drawPixels(texture, size));
  assert.equal(result.meanPixels, 0);
  assert.equal(result.stdPixels, 0);
});

test("the camera's own offset step is no movement", () => {
  const warmer = drawPixels((x, y) => texture(x, y) + 0.5, size);
  const result = flow(drawPixels(texture, size), warmer, { offsetCentikelvin: 50 });
  assert.equal(result.meanPixels, 0);
});

test("a picture without texture does not flow, whatever its level does", () => {
  assert.equal(
    flow(
      drawPixels(() => 20, size),
      drawPixels(() => 90, size),
    ).meanPixels,
    0,
  );
});

test("a straight edge, whose movement along itself cannot be seen, is below the gate", () => {
  const edge: Scene = (x) => 25 + 5 * Math.tanh((x - 80) / 3);
  assert.equal(flow(drawPixels(edge, size), drawPixels(moved(edge, { x: 1, y: 0 }), size)).meanPixels, 0);
});

test("noise as strong as a real Lepton's, correlated between neighbours, reads almost nothing", () => {
  const random = new Random(5);
  const noisy = () => {
    const white = Float64Array.from({ length: 161 * 121 }, () => random.normal());
    // The mean of 2×2 white values correlates by half with each neighbour; 0.02 K in all (reference: 14–33 mK).
    const noise = (x: number, y: number) =>
      (white[y * 161 + x]! +
        white[y * 161 + x + 1]! +
        white[(y + 1) * 161 + x]! +
        white[(y + 1) * 161 + x + 1]!) /
      2;
    return drawPixels((x, y) => texture(x, y) + 0.02 * noise(x, y), size);
  };
  const onTexture = flow(noisy(), noisy());
  assert.ok(onTexture.meanPixels < 0.05, `${onTexture.meanPixels}`);
});

test("a flow vector is clamped to 8 pixels", () => {
  const random = new Random(9);
  const anything = () => Uint16Array.from({ length: 19_200 }, () => random.integer(65_536));
  const result = flow(anything(), anything());
  assert.ok(result.meanPixels > 0 && result.meanPixels <= 8, `${result.meanPixels}`);
  assert.ok(result.stdPixels <= 4);
});

test("what moves under a mask does not flow, and its blocks leave the mean", () => {
  const excluded = Uint8Array.from({ length: 19_200 }, (_, i) => (i % 160 < 80 ? 1 : 0));
  const leftMoves: Scene = (x, y) => (x < 80 ? texture(x - 2, y) : texture(x, y));
  const result = flow(drawPixels(texture, size), drawPixels(leftMoves, size), { excluded });
  assert.equal(result.meanPixels, 0);
  const rightMoves: Scene = (x, y) => (x < 80 ? texture(x, y) : texture(x - 1, y));
  const right = flow(drawPixels(texture, size), drawPixels(rightMoves, size), { excluded });
  assert.ok(Math.abs(right.meanPixels - 1) < 0.1, `${right.meanPixels}`);
});

test("with every pixel masked the flow is absent", () => {
  const excluded = new Uint8Array(19_200).fill(1);
  assert.ok(
    Number.isNaN(flow(drawPixels(texture, size), drawPixels(texture, size), { excluded }).meanPixels),
  );
});
