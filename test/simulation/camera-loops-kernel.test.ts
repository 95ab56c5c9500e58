import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { loadCameraLoops } from "#kernels/web-assembly-camera-loops.ts";
import type { CameraLoops } from "#simulation/devices/camera-loops.ts";
import { PlainCameraLoops } from "#simulation/devices/plain-camera-loops.ts";

const makeLoops = loadCameraLoops();

/** The definition and the kernel, which are to do the same. */
function bothLoops(): readonly [CameraLoops, CameraLoops] {
  return [new PlainCameraLoops(), makeLoops()];
}

/** Writes the same numbers into one of the arrays of both. */
function fill(
  both: readonly CameraLoops[],
  numbers: { readonly of: (loops: CameraLoops) => Float32Array; readonly draw: () => number },
): void {
  const drawn = numbers.of(both[0]!).map(numbers.draw);
  for (const loops of both) numbers.of(loops).set(drawn);
}

/** Compares bits, so that 0 and −0 differ. */
function assertSame(values: readonly [Float32Array, Float32Array]): void {
  const [expected, found] = values.map((one) => new Uint32Array(one.slice().buffer));
  assert.deepEqual(found, expected);
}

test("the lent arrays of the kernel are as long as the definition's", () => {
  const [plain, kernel] = bothLoops();
  for (const key of Object.keys(plain) as (keyof CameraLoops)[]) {
    const array = plain[key];
    if (ArrayBuffer.isView(array)) assert.equal((kernel[key] as Float32Array).length, array.length, key);
  }
});

test("noise wanders and is added as the definition has it, to the last bit", () => {
  const both = bothLoops();
  const random = new Random(1);
  fill(both, { of: (loops) => loops.noiseTile, draw: () => random.normal() });
  fill(both, { of: (loops) => loops.unevenness, draw: () => Math.exp(random.normal()) });
  fill(both, { of: (loops) => loops.pattern, draw: () => 0.1 * random.normal() });
  const radiance = Float32Array.from({ length: 160 * 120 }, () => 10 ** random.between(-1, 4));
  for (let frame = 0; frame < 20; frame += 1) {
    fill(both, { of: (loops) => loops.columns, draw: () => random.normal() });
    fill(both, { of: (loops) => loops.rows, draw: () => random.normal() });
    const tileStart = random.integer(136) * 256 + random.integer(96);
    const step = { kept: 0.925, amplitude: random.normal(), tileStart };
    const noise = { gain: 1 + random.integer(4), offset: random.normal() };
    for (const loops of both) {
      loops.stepWander(step);
      loops.addNoise(radiance, noise);
    }
    assertSame([both[0].wander, both[1].wander]);
    assertSame([both[0].detected, both[1].detected]);
  }
});

test("radiance is counted and made words as the definition has it, also beyond both ends", () => {
  const both = bothLoops();
  const random = new Random(2);
  fill(both, { of: (loops) => loops.readings, draw: () => 100_000 * random.uniform() });
  fill(both, { of: (loops) => loops.detected, draw: () => random.between(-50, 300) });
  both.forEach(({ detected }) => {
    detected.set([Number.NaN, -0, 0, 10, 1e6, -1e6]);
  });
  for (const loops of both) loops.countRadiance({ zeroRadiance: 10.1, countsPerRadiance: 77.7 });
  assertSame([both[0].detected, both[1].detected]);
  fill(both, { of: (loops) => loops.seen, draw: () => random.between(-1_000, 80_000) });
  both.forEach(({ seen }) => {
    seen.set([Number.NaN, -0.5, -0.51, 0.49, 0.5, 45_449.5, 65_535, 1e9, -1e9]);
  });
  for (const scale of [
    { centikelvinPerCount: 1, most: 45_450 },
    { centikelvinPerCount: 1, most: 65_535 },
    { centikelvinPerCount: 10, most: 7_232 },
  ]) {
    const [expected, found] = both.map((loops) => loops.writeWords(scale));
    assert.equal(found, expected);
    assert.deepEqual(both[1].words.slice(), both[0].words);
  }
});

test("a piece that leaves the tile of noise is a programmer's error", () => {
  const step = { kept: 0.9, amplitude: 1, tileStart: 256 * 256 - 1_000 };
  assert.throws(() => makeLoops().stepWander(step), /Programmer error/);
});
