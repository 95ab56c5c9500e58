import assert from "node:assert/strict";
import { test } from "node:test";
import { telemetryFrameCounter } from "#core/frames/lepton-telemetry.ts";
import { Random } from "#core/random.ts";
import { indexOfPicture, numberedPicture } from "#support/lepton-bench.ts";
import { y16Picture, y16Telemetry } from "#support/y16-wire.ts";
import { type Y16Picture, Y16StreamParser } from "./y16-stream-parser.ts";

function picture(index: number, set: Readonly<Record<number, number>> = {}): Uint8Array {
  return y16Picture({ pixels: numberedPicture(index), telemetry: y16Telemetry(index, set) });
}

function parser(telemetry: "with" | "without" = "with"): { parser: Y16StreamParser; pictures: Y16Picture[] } {
  const pictures: Y16Picture[] = [];
  return {
    pictures,
    parser: new Y16StreamParser({ telemetry, onPicture: (whole) => void pictures.push(whole) }),
  };
}

/** Numbers of the pictures, each of which is whole and belongs to its telemetry. */
function indices(pictures: readonly Y16Picture[]): number[] {
  return pictures.map(({ pixels, telemetryWords }) => {
    const index = indexOfPicture(pixels);
    if (telemetryWords !== null) assert.equal(telemetryFrameCounter(telemetryWords), index);
    return index;
  });
}

test("pictures come out of pieces of any size", () => {
  for (const size of [1, 7, 640, 39_039, 39_040, 39_041, 65_536, 1_000_000]) {
    const { parser: y16, pictures } = parser();
    const stream = Buffer.concat([1, 2, 3].map((index) => picture(index)));
    for (let at = 0; at < stream.length; at += size) y16.add(stream.subarray(at, at + size));
    assert.deepEqual(indices(pictures), [1, 2, 3], `${size} bytes`);
    assert.equal(y16.counters.frames, 3);
    assert.equal(y16.counters.skippedBytes, 0);
  }
});

test("a stream without telemetry is cut every 160×120 pixels", () => {
  const { parser: y16, pictures } = parser("without");
  for (const index of [4, 5]) y16.add(y16Picture({ pixels: numberedPicture(index), telemetry: null }));
  assert.deepEqual(indices(pictures), [4, 5]);
  assert.equal(pictures[0]!.telemetryWords, null);
});

const losses: readonly (readonly [what: string, at: number, count: number])[] = [
  ["a byte of the first pixel", 0, 1],
  ["an odd number of bytes in the middle", 20_001, 333],
  ["a row", 16_000, 320],
  ["the last bytes of the pixels", 38_390, 10],
  ["bytes of the telemetry", 38_500, 5],
  ["half of a picture", 10_000, 19_520],
  ["a whole picture but for a byte", 0, 39_039],
];

for (const [what, at, count] of losses) {
  test(`when ${what} is lost, only the picture it belongs to is, too`, () => {
    const { parser: y16, pictures } = parser();
    const stream = [1, 2, 3, 4, 5, 6].map((index) => picture(index));
    stream[2] = Buffer.concat([stream[2]!.subarray(0, at), stream[2]!.subarray(at + count)]);
    for (const bytes of stream) y16.add(bytes);
    const seen = indices(pictures);
    assert.deepEqual(seen.slice(0, 2), [1, 2]);
    assert.deepEqual(seen.slice(-2), [5, 6]);
    assert.equal(seen.includes(3), false);
    assert.ok(seen.includes(4) || count > 38_400 || (at > 38_400 && at < 38_880), seen.join(" "));
    assert.equal(y16.counters.brokenFrames, 1);
    assert.ok(y16.counters.skippedBytes > 0);
  });
}

test("a stream that is taken up in the middle of a picture finds the next one", () => {
  for (const at of [1, 20_000, 38_399, 38_401, 38_900, 39_039]) {
    const { parser: y16, pictures } = parser();
    y16.add(picture(1).subarray(at));
    for (const index of [2, 3, 4]) y16.add(picture(index));
    const seen = indices(pictures);
    assert.deepEqual(seen.slice(-2), [3, 4], `from byte ${at}`);
  }
});

test("a counter that jumps or goes back costs one picture", () => {
  const { parser: y16, pictures } = parser();
  for (const index of [100, 101, 50_000, 50_001, 3, 4]) y16.add(picture(index));
  assert.deepEqual(indices(pictures), [100, 101, 50_001, 4]);
  assert.equal(y16.counters.implausibleFrames, 2);
});

test("another camera's pictures are found after the search went through one in vain", () => {
  const { parser: y16, pictures } = parser();
  y16.add(picture(1));
  for (const index of [2, 3, 4, 5]) y16.add(picture(index, { 5: 0x1111 }));
  assert.deepEqual(indices(pictures).at(-1), 5);
});

test("after a reset nothing of before is used", () => {
  const { parser: y16, pictures } = parser();
  y16.add(picture(9).subarray(0, 1_000));
  y16.reset();
  for (const index of [1, 2]) y16.add(picture(index));
  assert.deepEqual(indices(pictures), [1, 2]);
});

test("no picture with a wrong pixel comes out of a stream that loses and repeats bytes at random", () => {
  const random = new Random(35);
  const { parser: y16, pictures } = parser();
  for (let index = 1; index <= 150; index += 1) {
    const bytes = picture(index);
    const at = random.integer(bytes.length);
    const count = 1 + random.integer(3_000);
    const kind = random.integer(4);
    if (kind === 0) y16.add(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + count)]));
    else if (kind === 1) y16.add(Buffer.concat([bytes.subarray(0, at + count), bytes.subarray(at)]));
    else y16.add(bytes);
  }
  const seen = indices(pictures);
  assert.ok(seen.length > 20, `${seen.length} pictures`);
});

test("pictures go on when the camera's frame counter and milliseconds begin anew", () => {
  const { parser: y16, pictures } = parser();
  const shown = [1, 2, 3, 4, 5];
  for (const index of shown) {
    const counter = (2 ** 32 - 3 + index) % 2 ** 32;
    const uptimeMs = (2 ** 32 - 300 + 115 * index) % 2 ** 32;
    const telemetry = y16Telemetry(counter, {
      1: uptimeMs & 0xffff,
      2: uptimeMs >>> 16,
      30: 0xf000,
      31: 0xffff,
    });
    y16.add(y16Picture({ pixels: numberedPicture(index), telemetry }));
  }
  assert.deepEqual(
    pictures.map(({ pixels }) => indexOfPicture(pixels)),
    shown,
  );
  assert.equal(y16.counters.implausibleFrames + y16.counters.brokenFrames, 0);
});
