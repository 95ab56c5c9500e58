import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { HotBlob } from "./hot-blob.ts";

/** Largest component of a drawing in which `#` is hot and `x` is hot but excluded. */
function largest(drawing: readonly string[]): number {
  const cells = drawing.join("");
  const rowHighest = Uint16Array.from(drawing, (row) => (row.includes("#") ? 100 : 0));
  return new HotBlob({ width: drawing[0]!.length, height: drawing.length }).largestPixels({
    centikelvin: Uint16Array.from(cells, (c) => (c === "." ? 0 : 100)),
    excluded: cells.includes("x") ? Uint8Array.from(cells, (c) => (c === "x" ? 1 : 0)) : null,
    hotFromCentikelvin: 100,
    rowHighest,
  });
}

test("nothing hot is no blob, and a picture wholly hot is one", () => {
  assert.equal(largest(["....", "...."]), 0);
  assert.equal(largest(["####", "####"]), 8);
});

test("two blobs that touch at a corner are one", () => {
  assert.equal(largest(["##...", "##...", "..###", "..###"]), 10);
  assert.equal(largest(["...##", "...##", "###..", "###.."]), 10);
});

test("two blobs a pixel apart are two", () => {
  assert.equal(largest(["##.###", "##.###"]), 6);
});

test("the end of a row does not touch the beginning of the next", () => {
  assert.equal(largest(["...#", "....", "#..."]), 1);
  assert.equal(largest(["...##", "#...."]), 2);
});

test("arms that meet only at the bottom are one blob", () => {
  assert.equal(largest(["#.#.#", "#.#.#", "#####"]), 11);
});

test("an excluded pixel is no bridge", () => {
  assert.equal(largest(["##x##"]), 2);
});

test("a disc is counted pixel by pixel", () => {
  const inside = (x: number, y: number) => (x - 20) ** 2 + (y - 15) ** 2 <= 100;
  const rows = Array.from({ length: 31 }, (_, y) =>
    Array.from({ length: 41 }, (_, x) => (inside(x, y) ? "#" : ".")).join(""),
  );
  // Gauss circle problem: 317 lattice points in a circle of radius 10.
  assert.equal(largest(rows), 317);
});

test("run joining agrees with flood filling on any picture", () => {
  const width = 12;
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 120, maxLength: 120 }), (hot) => {
      const rows = Array.from({ length: 10 }, (_, y) =>
        hot
          .slice(y * width, (y + 1) * width)
          .map((h) => (h ? "#" : "."))
          .join(""),
      );
      assert.equal(largest(rows), floodFilledLargest(hot, width));
    }),
  );
});

function floodFilledLargest(hot: readonly boolean[], width: number): number {
  const left = new Set(hot.flatMap((h, i) => (h ? [i] : [])));
  let most = 0;
  for (const seed of [...left]) {
    const queue = left.delete(seed) ? [seed] : [];
    for (let k = 0; k < queue.length; k += 1) {
      for (let dy = -1; dy <= 1; dy += 1) {
        for (let dx = -1; dx <= 1; dx += 1) {
          const x = (queue[k]! % width) + dx;
          const other = queue[k]! + dy * width + dx;
          if (x >= 0 && x < width && left.delete(other)) queue.push(other);
        }
      }
    }
    most = Math.max(most, queue.length);
  }
  return most;
}
