import assert from "node:assert/strict";
import { test } from "node:test";
import { wireTelemetry } from "#support/vospi-wire.ts";
import { FrameAssembler, type SegmentOutcome, type TelemetryPlace } from "./frame-assembler.ts";

const pixels = Uint16Array.from({ length: 19_200 }, (_, i) => 29_000 + (i % 3_000));
const telemetry = wireTelemetry({ 20: 77 });

/** The four segments of a picture: words in the order in which they are sent. */
function segments(place: TelemetryPlace): Uint16Array[] {
  const rows = place === "none" ? 0 : 320;
  const words = new Uint16Array(19_200 + rows);
  words.set(pixels, place === "header" ? 320 : 0);
  if (rows > 0) words.set(telemetry, place === "header" ? 0 : 19_200);
  const size = words.length / 4;
  return [0, 1, 2, 3].map((i) => words.slice(i * size, (i + 1) * size));
}

function take(frame: FrameAssembler, numbers: readonly number[], place: TelemetryPlace): SegmentOutcome[] {
  const parts = segments(place);
  return numbers.map((number) => frame.take({ number, words: parts[Math.min(Math.max(number, 1), 4) - 1]! }));
}

for (const place of ["footer", "header", "none"] as const) {
  test(`a picture with telemetry as ${place} is put together`, () => {
    const frame = new FrameAssembler(place);
    assert.deepEqual(take(frame, [1, 2, 3, 4], place), ["stored", "stored", "stored", "complete"]);
    const whole = frame.frame();
    assert.deepEqual(whole.pixels, pixels);
    assert.deepEqual(whole.telemetryWords, place === "none" ? null : telemetry);
  });
}

test("the footer begins at packet 57 of segment 4, row by row as the data sheet places it", () => {
  const last = segments("footer")[3]!;
  assert.equal(last[57 * 80 + 20], 77);
  const first = segments("header")[0]!;
  assert.equal(first[20], 77);
});

test("the invalid segments between two pictures are thrown away", () => {
  const frame = new FrameAssembler("footer");
  const outcomes = take(frame, [0, 0, 0, 0, 1, 2, 3, 4, 0], "footer");
  assert.deepEqual(outcomes.slice(4), ["stored", "stored", "stored", "complete", "invalid"]);
});

test("a picture with a gap or a wrong order is given up and the next one taken", () => {
  for (const wrong of [[1, 2, 4], [1, 3], [2, 3, 4], [1, 2, 3, 0, 4], [1, 2, 5], [1, 7], [1, 2, 2], [4]]) {
    const frame = new FrameAssembler("footer");
    assert.equal(take(frame, wrong, "footer").includes("complete"), false, wrong.join(" "));
    assert.equal(take(frame, [1, 2, 3, 4], "footer")[3], "complete", wrong.join(" "));
    assert.deepEqual(frame.frame().pixels, pixels);
  }
});

test("a segment 1 in the middle begins a new picture", () => {
  const frame = new FrameAssembler("footer");
  assert.deepEqual(take(frame, [1, 2, 1, 2, 3, 4], "footer"), [
    "stored",
    "stored",
    "out-of-turn",
    "stored",
    "stored",
    "complete",
  ]);
});

test("a picture without telemetry in its place is none: its segments do not belong together", () => {
  const frame = new FrameAssembler("footer");
  const parts = segments("footer");
  for (const number of [1, 2, 3]) frame.take({ number, words: parts[number - 1]! });
  assert.equal(frame.take({ number: 4, words: parts[2]! }), "no-telemetry");
});

test("after a reset nothing of the old picture is used", () => {
  const frame = new FrameAssembler("footer");
  take(frame, [1, 2], "footer");
  assert.equal(frame.isWithin, true);
  frame.reset();
  assert.deepEqual(take(frame, [3, 4], "footer"), ["out-of-turn", "out-of-turn"]);
});

test("a picture given away is not written into any more", () => {
  const frame = new FrameAssembler("footer");
  take(frame, [1, 2, 3, 4], "footer");
  const kept = frame.frame().pixels;
  frame.take({ number: 1, words: new Uint16Array(61 * 80) });
  assert.deepEqual(kept, pixels);
});
