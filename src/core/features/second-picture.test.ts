import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "../random.ts";
import { medianNetwork } from "./median-network.ts";
import { medianOfNine } from "./median-of-nine.ts";
import { SecondPicture, secondPicturesMax } from "./second-picture.ts";

function add(second: SecondPicture, picture: Uint16Array): void {
  second.next.set(picture);
  second.take();
}

test("the picture taken last stays as it is until another is taken, however many a second has", () => {
  const second = new SecondPicture(3);
  const random = new Random(9);
  for (let count = 1; count <= 2 * secondPicturesMax; count += 1) {
    let newest = second.next;
    for (let k = 0; k < count; k += 1) {
      const before = newest.slice();
      assert.ok(k === 0 || second.next !== newest);
      second.next.set([random.integer(65_536), random.integer(65_536), random.integer(65_536)]);
      if (k > 0) assert.deepEqual(newest, before);
      newest = second.next;
      second.take();
    }
    const before = newest.slice();
    second.close(new Float32Array(3), new Float32Array(3));
    second.clear();
    second.next.fill(7);
    assert.deepEqual(newest, before, `${count} pictures`);
  }
});

test("the median networks find the middle of every order of zeros and ones, hence of anything", () => {
  for (let count = 2; count <= 12; count += 1) {
    const network = medianNetwork(count);
    for (let bits = 0; bits < 2 ** count; bits += 1) {
      const values = Array.from({ length: count }, (_, i) => (bits >> i) & 1);
      const sorted = values.toSorted();
      for (const { low, high } of network) {
        const [a, b] = [values[low]!, values[high]!];
        values[low] = Math.min(a, b);
        values[high] = Math.max(a, b);
      }
      assert.equal(values[count >> 1], sorted[count >> 1]);
      assert.equal(values[(count - 1) >> 1], sorted[(count - 1) >> 1]);
    }
  }
});

test("the median of nine is the middle of every order of zeros and ones, hence of anything", () => {
  const rows = Array.from({ length: 9 }, (_, i) => Uint16Array.from({ length: 512 }, (_, k) => (k >> i) & 1));
  const out = new Uint16Array(512);
  medianOfNine(rows, out);
  for (let k = 0; k < 512; k += 1) assert.equal(out[k], rows.map((row) => row[k]!).toSorted()[4]);
});

test("median and maximum of each pixel agree with sorting, for any number of pictures", () => {
  const random = new Random(3);
  const pixels = 37;
  const second = new SecondPicture(pixels);
  const median = new Float32Array(pixels);
  const max = new Float32Array(pixels);
  for (let count = 1; count <= secondPicturesMax; count += 1) {
    const pictures = Array.from({ length: count }, () =>
      Uint16Array.from({ length: pixels }, () => random.integer(65_536)),
    );
    for (const picture of pictures) add(second, picture);
    second.close(median, max);
    second.clear();
    for (let i = 0; i < pixels; i += 1) {
      const sorted = pictures.map((p) => (p[i]! - 27_315) / 100).toSorted((a, b) => a - b);
      const middle = (sorted[(count - 1) >> 1]! + sorted[count >> 1]!) / 2;
      assert.ok(Math.abs(median[i]! - middle) < 1e-4, `${count} pictures`);
      assert.equal(max[i], Math.fround(sorted.at(-1)!));
    }
  }
});

test("more pictures than the maximum replace the oldest of the second", () => {
  const second = new SecondPicture(1);
  for (let k = 0; k < secondPicturesMax + 5; k += 1) add(second, Uint16Array.of(k < 5 ? 65_535 : 27_315));
  assert.equal(second.count, secondPicturesMax);
  const max = new Float32Array(1);
  second.close(new Float32Array(1), max);
  assert.equal(max[0], 0);
});
