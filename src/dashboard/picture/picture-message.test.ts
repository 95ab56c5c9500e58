import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encodeLiveFrame } from "#wire/live-frame-codec.ts";
import { decodePictureMessage } from "./picture-message.ts";

const frame = {
  width: 2,
  height: 1,
  unit: "centikelvin",
  capturedAtMicros: 1_700_000_000_000_000,
  frameCounter: 7,
  ffcState: "complete",
  pixels: Uint16Array.of(29_500, 65_535),
} as const;

function message(id: string): Uint8Array {
  return Uint8Array.of(id.length, ...new TextEncoder().encode(id), ...encodeLiveFrame(frame));
}

test("a picture message names its device and carries its frame", () => {
  assert.deepEqual(decodePictureMessage(message("room-1")), { device: "room-1", frame });
});

test("a message cut short anywhere is no picture", () => {
  const whole = message("room-1");
  for (let length = 0; length < whole.length; length += 1)
    assert.equal(decodePictureMessage(whole.subarray(0, length)), null, `cut at ${length}`);
});

test("any bytes are read or refused, and never throw", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => void decodePictureMessage(bytes)),
    {
      numRuns: 300,
    },
  );
});
