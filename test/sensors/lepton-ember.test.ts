import assert from "node:assert/strict";
import { test } from "node:test";
import { badPixelComplaint } from "#core/detection/bad-pixel-complaint.ts";
import { Random } from "#core/random.ts";
import { drawBadPixels } from "#simulation/devices/bad-pixels.ts";
import { celsiusToRadiance, radianceToCelsius } from "#simulation/scene/band-radiance.ts";
import { LensBlur } from "#simulation/scene/lens-blur.ts";
import { CameraDeviceBench } from "#support/camera-device-bench.ts";
import { feature } from "#support/feature-run.ts";
import { readPurethermalClip } from "#support/purethermal-clip.ts";
import { needsRealRecordings, realRecording } from "#support/real-recordings.ts";

const width = 160;
const height = 120;

/** A place of the picture, in pixels from the top left. */
type Place = readonly [x: number, y: number];

/** Columns of row 76 that follow the scene too warm (test/features/real-clip-features.test.ts finds the same). */
const badColumns = [2, 38, 57, 59, 69, 90, 94, 101, 102, 104, 108, 109, 111, 116, 120, 128, 146, 153, 156];
const badRow = 76;

/** Pixels that an ember fills, from where it lies. */
const shapes: Readonly<Record<string, readonly Place[]>> = {
  "one pixel": [[0, 0]],
  "two side by side": [
    [0, 0],
    [1, 0],
  ],
  "two one above the other": [
    [0, 0],
    [0, 1],
  ],
  "three in a row": [
    [0, 0],
    [1, 0],
    [2, 0],
  ],
  "three in a corner": [
    [0, 0],
    [1, 0],
    [0, 1],
  ],
  "four in a square": [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ],
};

/** In the open, at both edges and in a corner, right above and below the row of bad pixels, and upon one of them. */
const places: readonly Place[] = [
  [80, 30],
  [0, 50],
  [157, 100],
  [0, 0],
  [40, 118],
  [70, badRow - 1],
  [103, badRow + 1],
  [128, badRow],
];

const clip = needsRealRecordings().skip === false ? realPictures() : [];

function realPictures(): readonly Uint16Array[] {
  const path = realRecording("lepton35-y16-liflabuc", "thermal_20260512_151542.raw.y16.gz");
  return readPurethermalClip(path).map(({ pixels }) => pixels);
}

/** The clip again and again, with embers of one shape at all places while `glows` says so. */
function embersIn(shape: readonly Place[], celsius: number, glows: () => boolean): () => Uint16Array {
  let shown = 0;
  const share = new Float32Array(width * height);
  for (const [x, y] of places) for (const [dx, dy] of shape) share[(y + dy) * width + x + dx] = 1;
  // What the lens makes of it; the picture itself has been through one already.
  new LensBlur({ width, height }).apply(share);
  return () => {
    const real = clip[shown++ % clip.length]!;
    return glows() ? real.map((value, i) => warmed(value, share[i]!, celsius)) : real;
  };
}

/** A pixel of which a share shows the ember. */
function warmed(centikelvin: number, share: number, emberCelsius: number): number {
  if (share === 0) return centikelvin;
  const own = celsiusToRadiance(centikelvin / 100 - 273.15);
  const mixed = own + share * (celsiusToRadiance(emberCelsius) - own);
  return Math.round(100 * (radianceToCelsius(mixed) + 273.15));
}

function mapped(bench: CameraDeviceBench): readonly number[] {
  return [...(bench.badPixels ?? []).entries()].filter(([, bad]) => bad === 1).map(([i]) => i);
}

const knownBad = badColumns.map((x) => badRow * width + x);

for (const [name, shape] of Object.entries(shapes))
  for (const celsius of name === "one pixel" ? [80, 600] : [300])
    test(
      `an ember of ${name} at ${celsius} °C in the real clip is hot at every place and mapped nowhere, the bad pixels are`,
      needsRealRecordings(),
      async () => {
        let glows = false;
        const bench = new CameraDeviceBench({
          emulated: { scene: embersIn(shape, celsius, () => glows) },
        });
        await bench.start();
        await bench.lepton.pass(16_000);
        assert.deepEqual(mapped(bench), knownBad);
        assert.deepEqual(
          bench.troubles.map(({ code, active }) => [code, active]),
          [["camera-bad-pixels", true]],
        );
        assert.match(bench.troubles[0]!.text, /row 76 /);
        // Bad pixels alone are never a hot spot, and once they are known not the hottest place either.
        for (const second of bench.seconds) {
          assert.deepEqual(second.tracked, []);
          if (second.vector !== null) assert.equal(feature(second, "t_hot_area_pct"), 0);
        }
        for (const { hottest } of bench.seconds.slice(-8)) assert.notEqual(hottest?.y ?? badRow, badRow);
        bench.mark();
        glows = true;
        await bench.lepton.pass(8_000);
        const last = bench.seconds.at(-1)!;
        assert.ok(feature(last, "t_hot_area_pct") > 0);
        for (const [x, y] of places) {
          const region = last.tracked.find(({ box }) => isIn(box, x, y));
          assert.ok(region !== undefined, `no region at ${x}, ${y}`);
          // Upon a bad pixel its neighbours stand in, and a single pixel's ember gives them a quarter of its own light.
          const isStoodInFor = name === "one pixel" && knownBad.includes(y * width + x);
          assert.ok(
            region.features[1]! >= (isStoodInFor ? 30 : 40),
            `only ${region.features[1]} °C at ${x}, ${y}`,
          );
        }
        assert.deepEqual(mapped(bench), knownBad);
        await bench.lepton.camera.stop();
      },
    );

test(
  "embers that glow before the bad pixels are known are mapped nowhere",
  needsRealRecordings(),
  async () => {
    const bench = new CameraDeviceBench({
      emulated: { scene: embersIn(shapes["one pixel"]!, 120, () => true) },
    });
    await bench.start();
    await bench.lepton.pass(12_000);
    const found = mapped(bench);
    assert.ok(found.length > 0 && found.every((pixel) => knownBad.includes(pixel)), `${found}`);
    await bench.lepton.camera.stop();
  },
);

test("the bad pixels of emulated modules are no cluster, so that a simulated camera is not told to be replaced", () => {
  for (let seed = 0; seed < 300; seed += 1) {
    const map = new Uint8Array(width * height);
    for (const { index } of drawBadPixels(new Random(seed), "few")) map[index] = 1;
    assert.equal(badPixelComplaint(map, width), null, `seed ${seed}`);
  }
});

function isIn(
  box: { left: number; top: number; right: number; bottom: number },
  x: number,
  y: number,
): boolean {
  return box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
}
