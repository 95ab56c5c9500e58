import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { needsRealRecordings, realRecording } from "#support/real-recordings.ts";
import { openRecording } from "./open-recording.ts";

interface Golden {
  readonly file: string;
  readonly frames: number;
  readonly width: number;
  readonly height: number;
  readonly sha256_all_pixels_u16le: string;
  readonly unit: string;
}

for (const folder of ["lepton-cptv-apache", "lepton35-y16-liflabuc"]) {
  test(
    `every clip of ${folder} is read pixel-exact, in time order, with its unit`,
    needsRealRecordings(),
    async () => {
      const goldens: readonly Golden[] = JSON.parse(
        readFileSync(realRecording(folder, "golden.json"), "utf8"),
      );
      for (const golden of goldens) {
        const recording = await openRecording(realRecording(folder, golden.file));
        const hash = createHash("sha256");
        let frames = 0;
        let last = 0;
        for await (const entry of recording.entries()) {
          assert.equal(entry.kind, "thermal", golden.file);
          if (entry.kind !== "thermal") continue;
          assert.ok(entry.atMicros >= last, golden.file);
          last = entry.atMicros;
          hash.update(new Uint8Array(entry.frame.pixels.buffer));
          assert.equal(entry.frame.unit, recording.unit);
          frames += 1;
        }
        assert.equal(frames, golden.frames, golden.file);
        assert.equal(hash.digest("hex"), golden.sha256_all_pixels_u16le, golden.file);
        assert.deepEqual([recording.width, recording.height], [golden.width, golden.height]);
        assert.equal(
          recording.unit,
          golden.unit === "centi-kelvin" ? "centikelvin" : "raw-counts",
          golden.file,
        );
      }
    },
  );
}

test("raw counts become temperatures only with a calibration", needsRealRecordings(), async () => {
  const path = realRecording("lepton-cptv-apache", "go-cptv_v2.cptv");
  const calibration = { gainCentikelvinPerCount: 2, offsetCentikelvin: 24_000 };
  const plain = await openRecording(path);
  const warm = await openRecording(path, { calibration });
  const plainPixels = await firstPixels(plain);
  const warmPixels = await firstPixels(warm);
  assert.equal(warm.unit, "centikelvin");
  assert.deepEqual(
    warmPixels,
    plainPixels.map((count) => 2 * count + 24_000),
  );
  await assert.rejects(
    openRecording(path, { calibration: { gainCentikelvinPerCount: 0, offsetCentikelvin: 0 } }),
    {
      code: "calibration-invalid",
    },
  );
});

async function firstPixels(recording: Awaited<ReturnType<typeof openRecording>>): Promise<number[]> {
  for await (const entry of recording.entries())
    if (entry.kind === "thermal") return Array.from(entry.frame.pixels);
  return [];
}
