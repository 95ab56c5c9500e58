import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { BadPixelFinder } from "#core/features/bad-pixel-finder.ts";
import { wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { feature, featureRun } from "#support/feature-run.ts";
import { readPurethermalClip } from "#support/purethermal-clip.ts";
import { needsRealRecordings, realRecording } from "#support/real-recordings.ts";

const folder = "lepton35-y16-liflabuc";
const stillClip = "thermal_20260512_151542.raw.y16.gz";
const handClip = "thermal_20260512_143532.raw.y16.gz";

/** Columns of row 76 that follow the scene 3.5 to 11 K too warm. */
const badColumns = [2, 38, 57, 59, 69, 90, 94, 101, 102, 104, 108, 109, 111, 116, 120, 128, 146, 153, 156];

const python = "/usr/bin/python3";

function needsNumpy(): { readonly skip: string | false } {
  const clips = needsRealRecordings();
  if (clips.skip !== false) return clips;
  const works = existsSync(python) && spawnSync(python, ["-c", "import numpy"]).status === 0;
  return { skip: works ? false : `NumPy absent: install python3-numpy for ${python} to run this` };
}

/** Features 1 to 10 of each frame, by NumPy. */
function numpyFeatures(frames: readonly ThermalFrame[]): number[][] {
  const input = Buffer.concat(frames.map((f) => Buffer.from(f.pixels.buffer)));
  const script = join(import.meta.dirname, "numpy-features.py");
  const { status, stdout, stderr } = spawnSync(python, [script], {
    input,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  assert.equal(status, 0, stderr);
  return stdout
    .trim()
    .split("\n")
    .map((line) => line.split(" ").map(Number));
}

function median(values: readonly number[]): number {
  const sorted = values.filter((v) => !Number.isNaN(v)).toSorted((a, b) => a - b);
  if (sorted.length === 0) return Number.NaN;
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

/** Adds a hot, uneven thing, so that hot area and blob are compared as well; no fire of this kind was recorded. */
function withHotThing(frame: ThermalFrame): ThermalFrame {
  const pixels = frame.pixels.map((value, i) => {
    const distance = Math.hypot((i % 160) - 70 - (frame.frameCounter % 5), Math.floor(i / 160) - 40);
    const ripple = 1 + 0.4 * Math.sin(distance + frame.frameCounter);
    return Math.min(65_535, value + Math.round(9_000 * ripple * Math.exp(-((distance / 9) ** 2))));
  });
  return { ...frame, pixels };
}

for (const [name, change] of [
  ["as recorded", (frame: ThermalFrame) => frame],
  ["with a hot thing drawn in", withHotThing],
] as const) {
  test(`features 1 to 10 of the real clip ${name} agree with NumPy to 1e-6`, needsNumpy(), () => {
    const frames = readPurethermalClip(realRecording(folder, stillClip)).map(change);
    assert.equal(frames.length, 82);
    const expected = numpyFeatures(frames);
    const run = featureRun();
    for (const frame of frames) assert.equal(run.extractor.addFrame(frame), "valid");
    run.extractor.advance(frames.at(-1)!.capturedAtMicros + 1_000_000);
    let compared = 0;
    for (const second of run.seconds.filter((s) => s.vector !== null)) {
      const rows = frames.flatMap((f, k) =>
        f.capturedAtMicros >= second.atMicros - 1_000_000 && f.capturedAtMicros < second.atMicros ? [k] : [],
      );
      for (let k = 0; k < 10; k += 1) {
        const [ours, theirs] = [second.vector![k]!, median(rows.map((row) => expected[row]![k]!))];
        if (Number.isNaN(ours) && Number.isNaN(theirs)) continue;
        const label = `${wholePictureFeatureNames[k]}: ${ours}, NumPy ${theirs}`;
        assert.ok(Math.abs(ours - theirs) <= 1e-6, label);
        compared += 1;
      }
    }
    assert.equal(compared, 10 * 10 - 2);
  });
}

test(
  "the bad pixels of the real clip are found within 5 s, and nothing else is",
  needsRealRecordings(),
  () => {
    const frames = readPurethermalClip(realRecording(folder, stillClip));
    const finder = new BadPixelFinder({ width: 160, height: 120 });
    const maps = frames.flatMap((frame) => {
      const map = finder.addFrame(frame);
      return map === null
        ? []
        : [{ map, seconds: (frame.capturedAtMicros - frames[0]!.capturedAtMicros) / 1e6 }];
    });
    const { map, seconds } = maps.at(-1)!;
    assert.ok(seconds < 5, `${seconds} s`);
    assert.deepEqual(
      [...map.keys()].filter((i) => map[i] === 1),
      badColumns.map((x) => 76 * 160 + x),
    );
  },
);

test("with its bad pixels mapped the real clip is a cool room", needsRealRecordings(), () => {
  const frames = readPurethermalClip(realRecording(folder, stillClip));
  const badPixels = new Uint8Array(19_200);
  for (const x of badColumns) badPixels[76 * 160 + x] = 1;
  const run = featureRun({ badPixels });
  for (const frame of frames) run.extractor.addFrame(frame);
  run.extractor.advance(frames.at(-1)!.capturedAtMicros + 1_000_000);
  for (const second of run.seconds.filter((s) => s.vector !== null)) {
    assert.ok(feature(second, "t_max") <= 30.0, `${feature(second, "t_max")}`);
    assert.notEqual(second.hottest!.y, 76);
    assert.deepEqual(second.regions, []);
  }
});

test(
  "flow reads almost nothing on a real Lepton's noise, and more where a hand moves",
  needsRealRecordings(),
  () => {
    const flows = (clip: string) => {
      const run = featureRun();
      const frames = readPurethermalClip(realRecording(folder, clip));
      for (const frame of frames) run.extractor.addFrame(frame);
      run.extractor.advance(frames.at(-1)!.capturedAtMicros + 1_000_000);
      return run.seconds.map((s) => feature(s, "flow_mag_mean")).filter((v) => !Number.isNaN(v));
    };
    const still = flows(stillClip);
    assert.equal(still.length, 9);
    assert.ok(Math.max(...still) < 0.01, `${still}`);
    assert.ok(Math.max(...flows(handClip)) > 0.05);
  },
);
