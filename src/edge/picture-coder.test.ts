import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { openRecording } from "#recording/open-recording.ts";
import { repositoryRoot } from "#support/repository-files.ts";
import { keyEvery, PictureCoder } from "./picture-coder.ts";

function frameOf(pixels: Uint16Array, frameCounter: number): ThermalFrame {
  const capturedAtMicros = 1_750_000_000_000_000 + frameCounter;
  const identity = { capturedAtMicros, frameCounter, unit: "raw-counts", telemetry: null } as const;
  return { width: 4, height: 3, ...identity, pixels };
}

test("every picture comes back as it was, in whatever order they are asked for", () => {
  const pixels = fc.uint16Array({ minLength: 12, maxLength: 12 });
  const pictures = fc.array(pixels, { minLength: 1, maxLength: 3 * keyEvery });
  fc.assert(
    fc.property(pictures, fc.infiniteStream(fc.nat()), (given, order) => {
      const coder = new PictureCoder();
      const coded = given.map((one, i) => coder.code(frameOf(one, i)));
      for (const n of [...order.take(2 * given.length)].map((one) => one % given.length)) {
        assert.deepEqual(coded[n]!.pixels, given[n]);
        assert.equal(coded[n]!.frameCounter, n);
      }
    }),
    { numRuns: 50 },
  );
});

test("a picture of another size begins anew", () => {
  const coder = new PictureCoder();
  coder.code(frameOf(new Uint16Array(12).fill(7), 0));
  const wide = { ...frameOf(new Uint16Array(20).fill(9), 1), width: 5, height: 4 };
  assert.deepEqual(coder.code(wide).pixels, wide.pixels);
});

test("a burning room takes less than a third of what its pixels do", async () => {
  const coder = new PictureCoder();
  const recording = await openRecording(join(repositoryRoot, "recordings/workshop-fire.mcap"));
  const bytes: number[] = [];
  for await (const entry of recording.entries()) {
    if (entry.kind === "thermal") bytes.push(coder.code(entry.frame).bytes);
    if (bytes.length === 4 * keyEvery) break;
  }
  assert.equal(bytes.length, 4 * keyEvery);
  const mean = bytes.reduce((sum, one) => sum + one) / bytes.length;
  assert.ok(mean < (160 * 120 * 2) / 3, `${mean} bytes a picture`);
});
