import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { gunzipSync } from "node:zlib";
import { needsRealRecordings, realRecording } from "#support/real-recordings.ts";
import { insert } from "#support/region-scene.ts";
import { microsPerSecond } from "../time.ts";
import { regionFeatureNames } from "./feature-schema.ts";
import type { RegionObservation } from "./feature-second.ts";
import { type BackgroundSnapshot, RegionTracker } from "./region-tracker.ts";

const width = 160;
const height = 120;
const pixels = width * height;
/** Row of the clip's defective pixels, about 10 K too warm (its README). */
const badRow = 76;

interface Frame {
  readonly atMicros: number;
  readonly celsius: Float32Array;
}

/** The real radiometric clip, PTY16V1: gzip of magic, header, and records of index, seconds, milliseconds, pixels. */
function realClip(): Frame[] {
  const file = realRecording("lepton35-y16-liflabuc", "thermal_20260512_151542.raw.y16.gz");
  const bytes = gunzipSync(readFileSync(file));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames: Frame[] = [];
  const recordBytes = 24 + 2 * pixels;
  for (let at = 12 + view.getUint32(8, true); at + recordBytes <= bytes.length; at += recordBytes) {
    const celsius = new Float32Array(pixels);
    for (let p = 0; p < pixels; p += 1) celsius[p] = view.getUint16(at + 24 + 2 * p, true) / 100 - 273.15;
    frames.push({ atMicros: Math.round(view.getFloat64(at + 8, true) * microsPerSecond), celsius });
  }
  return frames;
}

/** Pixels of the bad row that stand out by more than 3 K from the same column two rows up and down. */
function badPixelsOf(frames: readonly Frame[]): Uint8Array {
  const bad = new Uint8Array(pixels);
  const { celsius } = frames[0]!;
  for (let p = badRow * width; p < (badRow + 1) * width; p += 1) {
    const around = (celsius[p - 2 * width]! + celsius[p + 2 * width]!) / 2;
    if (celsius[p]! - around > 3) bad[p] = 1;
  }
  return bad;
}

/** The clip with its bad pixels replaced by the one two rows above, as the extractor would do in its way. */
function repaired(frames: readonly Frame[], bad: Uint8Array): Frame[] {
  return frames.map(({ atMicros, celsius }) => ({
    atMicros,
    celsius: celsius.map((value, p) => (bad[p] === 1 ? celsius[p - 2 * width]! : value)),
  }));
}

interface Watched {
  readonly seconds: number;
  readonly regions: readonly RegionObservation[];
  readonly snapshot: BackgroundSnapshot | null;
}

/** Plays the clip several times over, each turn after the other in time. */
function watch(frames: readonly Frame[], tracker: RegionTracker, turns: number): Watched {
  const length = frames.at(-1)!.atMicros - frames[0]!.atMicros + microsPerSecond / 9;
  const regions: RegionObservation[] = [];
  let seconds = 0;
  let open: Frame[] = [];
  for (let turn = 0; turn < turns; turn += 1)
    for (const { atMicros: recorded, celsius } of frames) {
      const atMicros = Math.round(recorded + turn * length);
      const second = Math.floor(atMicros / microsPerSecond);
      if (open.length > 0 && Math.floor(open[0]!.atMicros / microsPerSecond) !== second) {
        regions.push(...closeSecond(open, tracker));
        seconds += 1;
        open = [];
      }
      tracker.addFrame({ atMicros, celsius });
      open.push({ atMicros, celsius });
    }
  return { seconds, regions, snapshot: tracker.snapshot() };
}

function closeSecond(frames: readonly Frame[], tracker: RegionTracker): readonly RegionObservation[] {
  const medianCelsius = new Float32Array(pixels);
  const maxCelsius = new Float32Array(pixels);
  const values = new Float32Array(frames.length);
  for (let p = 0; p < pixels; p += 1) {
    for (let i = 0; i < frames.length; i += 1) insert(values, i, frames[i]!.celsius[p]!);
    medianCelsius[p] = values[values.length >> 1]!;
    maxCelsius[p] = values.at(-1)!;
  }
  const atMicros = (Math.floor(frames[0]!.atMicros / microsPerSecond) + 1) * microsPerSecond;
  return tracker.closeSecond({ atMicros, medianCelsius, maxCelsius }).reported;
}

test(
  "the noise of a real, quiet room makes no region once its bad pixels are ignored",
  needsRealRecordings(),
  () => {
    const frames = realClip();
    assert.equal(frames.length, 82);
    const bad = badPixelsOf(frames);
    const clean = repaired(frames, bad);
    const learnt = watch(clean, new RegionTracker({ width, height, ignored: bad, background: null }), 4);
    assert.ok(learnt.seconds > 30);
    assert.deepEqual(learnt.regions, []);
    // The map matters: against the background so learnt the unrepaired bad pixels are hot, ignored they are not.
    const unmapped = new RegionTracker({
      width,
      height,
      ignored: new Uint8Array(pixels),
      background: learnt.snapshot,
    });
    const { regions } = watch(frames, unmapped, 1);
    assert.ok(regions.length > 0 && regions.every((region) => region.peakY === badRow));
    const mapped = new RegionTracker({ width, height, ignored: bad, background: learnt.snapshot });
    assert.deepEqual(watch(frames, mapped, 1).regions, []);
  },
);

test(
  "a flame drawn into the real clip is a region with its size, beside the real noise",
  needsRealRecordings(),
  () => {
    const frames = realClip();
    const bad = badPixelsOf(frames);
    const clean = repaired(frames, bad);
    const tracker = new RegionTracker({ width, height, ignored: bad, background: null });
    const { snapshot } = watch(clean, tracker, 2);
    const lit = clean.map(({ atMicros, celsius }) => {
      const burning = celsius.slice();
      const flame = 150 + 40 * Math.sin((2 * Math.PI * 3 * atMicros) / microsPerSecond);
      for (let y = 60; y < 66; y += 1) burning.fill(flame, y * width + 80, y * width + 84);
      return { atMicros, celsius: burning };
    });
    const { regions } = watch(
      lit,
      new RegionTracker({ width, height, ignored: bad, background: snapshot }),
      1,
    );
    const last = regions.at(-1)!;
    const value = (name: (typeof regionFeatureNames)[number]) =>
      last.features[regionFeatureNames.indexOf(name)]!;
    assert.ok(regions.every((region) => region.trackId === last.trackId));
    assert.equal(value("r_area"), 24);
    assert.ok(Math.abs(value("r_flicker") - 40 / Math.SQRT2 / 125) < 0.05, `${value("r_flicker")}`);
    assert.ok(value("r_area_flicker") < 0.01);
  },
);
