import assert from "node:assert/strict";
import { test } from "node:test";
import { badPixelComplaint, badPixelsInLine } from "./bad-pixel-complaint.ts";

const width = 160;
const height = 120;

function mapOf(isBad: (x: number, y: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, i) =>
    Number(isBad(i % width, Math.floor(i / width))),
  );
}

test("a few bad pixels, even one short of a cluster in many rows, are no complaint", () => {
  const none = new Uint8Array(width * height);
  assert.equal(badPixelComplaint(none, width), null);
  const short = 20 * (badPixelsInLine - 1);
  const rows = mapOf((x, y) => y % 12 === 0 && x < short && (x + y) % 20 === 0);
  assert.equal(
    rows.reduce((sum, bad) => sum + bad, 0),
    10 * (badPixelsInLine - 1),
  );
  assert.equal(badPixelComplaint(rows, width), null);
});

test("eight bad pixels in one row or column are a complaint that names it", () => {
  const row = mapOf((x, y) => y === 76 && x % 20 === 0);
  assert.match(badPixelComplaint(row, width)!, /^8 or more pixels in row 76 of .* Replace the camera\.$/);
  const column = mapOf((x, y) => x === 159 && y % 15 === 0);
  assert.match(badPixelComplaint(column, width)!, /^8 or more pixels in column 159 of /);
});

test("one bad pixel in a hundred is a complaint, wherever they are", () => {
  const scattered = mapOf((x, y) => (x + 13 * y) % 97 === 0);
  assert.match(badPixelComplaint(scattered, width)!, /^At least 1 %/);
});
