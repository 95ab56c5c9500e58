import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeLiveFrame, encodeLiveFrame, type LiveFrame } from "./live-frame-codec.ts";

const small: LiveFrame = {
  width: 2,
  height: 1,
  unit: "centikelvin",
  capturedAtMicros: 1_750_000_000_000_000,
  frameCounter: 0x01020304,
  ffcState: "complete",
  pixels: Uint16Array.of(29_515, 0xffff),
};

test("the bytes are those of the format's description", () => {
  // Version, unit, FFC state, zero; width and height; counter; zero; capture time as float64; pixels.
  const golden = "01000400 02000100 04030201 00000000 00806d8176de1843 4b73 ffff";
  const bytes = Buffer.from(encodeLiveFrame(small)).toString("hex");
  assert.equal(bytes, golden.replaceAll(" ", ""));
});

test("a picture says in which range the camera measures, where the source does", () => {
  const bytes = encodeLiveFrame({ ...small, gain: "low" });
  assert.equal(bytes[3], 2);
  assert.deepEqual(decodeLiveFrame(bytes), { ...small, gain: "low" });
});

test("every picture is read back as it was written", () => {
  const frames = fc.record({
    unit: fc.constantFrom("centikelvin" as const, "raw-counts" as const),
    capturedAtMicros: fc.maxSafeNat(),
    frameCounter: fc.nat(2 ** 32 - 1),
    ffcState: fc.constantFrom(null, "never", "imminent", "in-progress", "complete"),
    rows: fc.array(fc.uint16Array({ minLength: 7, maxLength: 7 }), { maxLength: 9 }),
  });
  fc.assert(
    fc.property(frames, ({ rows, ...rest }) => {
      const pixels = Uint16Array.from(rows.flatMap((row) => [...row]));
      const frame = { ...rest, width: 7, height: rows.length, pixels } as LiveFrame;
      assert.deepEqual(decodeLiveFrame(encodeLiveFrame(frame)), frame);
    }),
  );
});

test("a counter beyond 32 bits goes round", () => {
  const decoded = decodeLiveFrame(encodeLiveFrame({ ...small, frameCounter: 2 ** 32 + 5 }));
  assert.equal(decoded?.frameCounter, 5);
});

test("anything else is refused, never thrown at or read beyond its end", () => {
  const whole = encodeLiveFrame(small);
  for (let length = 0; length < whole.length; length += 1)
    assert.equal(decodeLiveFrame(whole.subarray(0, length)), null);
  assert.equal(decodeLiveFrame(new Uint8Array([...whole, 0])), null);
  const changed = (at: number, value: number): Uint8Array => {
    const bytes = Uint8Array.from(whole);
    bytes[at] = value;
    return bytes;
  };
  for (const [at, value] of [
    [0, 2],
    [1, 2],
    [2, 5],
    [3, 3],
    [4, 3],
    [7, 1],
    [23, 0xff],
  ] as const)
    assert.equal(decodeLiveFrame(changed(at, value)), null, `byte ${at}`);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      const frame = decodeLiveFrame(bytes);
      if (frame !== null) assert.equal(bytes.length, 24 + 2 * frame.width * frame.height);
    }),
  );
});

test("a picture is read from the middle of a message", () => {
  const whole = encodeLiveFrame(small);
  const message = new Uint8Array([7, ...whole]);
  assert.deepEqual(decodeLiveFrame(message.subarray(1)), small);
});
