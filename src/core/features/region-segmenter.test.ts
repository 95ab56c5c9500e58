import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { regionDefinition } from "./region-definition.ts";
import { RegionSegmenter } from "./region-segmenter.ts";
import type { RegionShape } from "./region-shape.ts";

const room = 20;

/** Regions of a picture drawn with characters: `.` room, `#` 100 °C, `S` 150 °C, `-` 28 °C, `x` 100 °C but ignored. */
function regionsOf(rows: readonly string[]): { shapes: readonly RegionShape[]; pixels: number[][] } {
  const size = { width: rows[0]!.length, height: rows.length };
  const cells = [...rows.join("")];
  const celsius: Record<string, number> = { ".": room, "#": 100, S: 150, "-": 28, x: 100 };
  const median = Float32Array.from(cells, (cell) => celsius[cell]!);
  return segment(size, {
    median,
    max: median,
    ignored: Uint8Array.from(cells, (cell) => (cell === "x" ? 1 : 0)),
  });
}

function segment(
  size: { readonly width: number; readonly height: number },
  input: {
    readonly median: Float32Array;
    readonly max: Float32Array;
    readonly ignored: Uint8Array;
    readonly commissioned?: Float32Array;
  },
): { shapes: readonly RegionShape[]; pixels: number[][] } {
  const segmenter = new RegionSegmenter(size);
  const background = new Float32Array(size.width * size.height).fill(room);
  const shapes = segmenter.segment({
    hot: "above-background",
    background,
    commissioned: background,
    ...input,
  });
  const pixels: number[][] = shapes.map(() => []);
  segmenter.eachRun((region, run) => {
    for (let p = run.from; p < run.to; p += 1) pixels[region]!.push(p);
  });
  return { shapes, pixels };
}

test("pixels that touch at a corner are one region", () => {
  const { shapes } = regionsOf(["#..", ".#.", "..#"]);
  assert.equal(shapes.length, 1);
  assert.equal(shapes[0]!.area, 3);
});

test("pixels one apart are two regions, in reading order", () => {
  const { shapes } = regionsOf(["..#", "...", "#.."]);
  assert.deepEqual(
    shapes.map((shape) => [shape.peakX, shape.peakY]),
    [
      [2, 0],
      [0, 2],
    ],
  );
});

test("arms that join only below are one region", () => {
  const { shapes } = regionsOf(["#.#.#", "#.#.#", "#####"]);
  assert.equal(shapes.length, 1);
  assert.equal(shapes[0]!.area, 11);
});

test("the end of a row does not touch the beginning of the next", () => {
  assert.equal(regionsOf(["...#", "....", "#..."]).shapes.length, 2);
  assert.equal(regionsOf(["...#", "#..."]).shapes.length, 2);
});

test("area, excess, centroid, peak, severe pixels and box are those of the drawing", () => {
  const { shapes } = regionsOf(["......", "..##..", "..#S..", "......"]);
  assert.deepEqual(shapes, [
    {
      area: 4,
      excess: 3 * 80 + 130,
      centroidX: 2.5,
      centroidY: 1.5,
      peakCelsius: 150,
      peakX: 3,
      peakY: 2,
      severePixels: 1,
      newSeverePixels: 1,
      left: 2,
      top: 1,
      right: 3,
      bottom: 2,
    },
  ]);
});

test("8 K above background is hot, and less is not", () => {
  assert.equal(regionsOf(["-"]).shapes.length, 1);
  const median = Float32Array.of(27.9);
  const size = { width: 1, height: 1 };
  assert.equal(segment(size, { median, max: median, ignored: new Uint8Array(1) }).shapes.length, 0);
});

test("15 K in the maximum of the second is hot, and counts only the excess of the median", () => {
  const input = { median: Float32Array.of(19, 23), ignored: new Uint8Array(2) };
  const size = { width: 2, height: 1 };
  const { shapes } = segment(size, { ...input, max: Float32Array.of(35, 60) });
  assert.equal(shapes[0]!.area, 2);
  assert.equal(shapes[0]!.excess, 3);
  assert.equal(shapes[0]!.peakCelsius, 23);
  assert.equal(segment(size, { ...input, max: Float32Array.of(34.9, 34.9) }).shapes.length, 0);
});

test("a severe pixel is new only 30 K above what commissioning found", () => {
  const median = Float32Array.of(150, 150, 150);
  const { shapes } = segment(
    { width: 3, height: 1 },
    { median, max: median, ignored: new Uint8Array(3), commissioned: Float32Array.of(20, 120, 121) },
  );
  assert.equal(shapes[0]!.severePixels, 3);
  assert.equal(shapes[0]!.newSeverePixels, 2);
});

test("ignored pixels are part of no region and join none", () => {
  const { shapes } = regionsOf(["#x#", "xx.", "..x"]);
  assert.deepEqual(
    shapes.map((shape) => shape.area),
    [1, 1],
  );
});

test("a pixel without a median is not hot, however high its maximum", () => {
  const median = Float32Array.of(Number.NaN);
  const max = Float32Array.of(300);
  assert.equal(
    segment({ width: 1, height: 1 }, { median, max, ignored: new Uint8Array(1) }).shapes.length,
    0,
  );
});

test("above 256 regions those with the least excess heat are left out", () => {
  const width = 80;
  const height = 41;
  const median = new Float32Array(width * height).fill(room);
  let dots = 0;
  for (let y = 0; y < height; y += 2)
    for (let x = 0; x < width; x += 2) {
      median[y * width + x] = 30 + (dots % 400) / 10;
      dots += 1;
    }
  const { shapes, pixels } = segment(
    { width, height },
    { median, max: median, ignored: new Uint8Array(width * height) },
  );
  assert.equal(shapes.length, regionDefinition.componentsMax);
  const faintest = Math.min(...shapes.map((shape) => shape.excess));
  const hotter = [...median].filter((celsius) => celsius - room > faintest).length;
  assert.ok(hotter < regionDefinition.componentsMax, "nothing hotter than what was kept is left out");
  assert.deepEqual(
    pixels.map((list) => list.length),
    shapes.map((shape) => shape.area),
  );
});

/** The same by flood fill, the plain definition. */
function floodFill(hot: readonly boolean[], width: number): number[][] {
  const seen = new Set<number>();
  const regions: number[][] = [];
  for (let start = 0; start < hot.length; start += 1) {
    if (!hot[start] || seen.has(start)) continue;
    const region = [start];
    seen.add(start);
    for (const p of region)
      for (const dy of [-1, 0, 1])
        for (const dx of [-1, 0, 1]) {
          const x = (p % width) + dx;
          const q = p + dy * width + dx;
          if (x < 0 || x >= width || !hot[q] || seen.has(q)) continue;
          seen.add(q);
          region.push(q);
        }
    regions.push(region.sort((a, b) => a - b));
  }
  return regions;
}

test("any picture falls into the regions that flood fill finds", () => {
  const drawing = fc
    .integer({ min: 1, max: 12 })
    .chain((width) =>
      fc.array(fc.boolean(), { minLength: width, maxLength: width * 10 }).map((hot) => ({ width, hot })),
    );
  fc.assert(
    fc.property(drawing, ({ width, hot }) => {
      const height = Math.floor(hot.length / width);
      const cells = hot.slice(0, width * height);
      const median = Float32Array.from(cells, (isHot) => (isHot ? 100 : room));
      const { pixels } = segment(
        { width, height },
        { median, max: median, ignored: new Uint8Array(cells.length) },
      );
      assert.deepEqual(pixels, floodFill(cells, width));
    }),
    { numRuns: 300, seed: 1 },
  );
});
