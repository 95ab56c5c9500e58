import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { type CameraLoops, type CountSteps, noiseTileSize, type WanderStep } from "./camera-loops.ts";
import { detectorCounts } from "./detector-counts.ts";

const pixels = leptonWidth * leptonHeight;

/** The loops over all pixels of a camera in TypeScript: their definition. */
export class PlainCameraLoops implements CameraLoops {
  readonly noiseTile = new Float32Array(noiseTileSize ** 2);
  readonly unevenness = new Float32Array(pixels);
  readonly wander = new Float32Array(pixels);
  readonly pattern = new Float32Array(pixels);
  readonly columns = new Float32Array(leptonWidth);
  readonly rows = new Float32Array(leptonHeight);
  readonly readings = new Float32Array(detectorCounts);
  readonly detected = new Float32Array(pixels);
  readonly seen = new Float32Array(pixels);
  readonly words = new Uint16Array(pixels);

  stepWander({ kept, amplitude, tileStart }: WanderStep): void {
    const { noiseTile, unevenness, wander, columns, rows } = this;
    let i = 0;
    for (let y = 0; y < leptonHeight; y += 1) {
      const row = rows[y]!;
      let from = tileStart + y * noiseTileSize;
      for (let x = 0; x < leptonWidth; x += 1) {
        wander[i] = kept * wander[i]! + amplitude * unevenness[i]! * noiseTile[from]! + columns[x]! + row;
        i += 1;
        from += 1;
      }
    }
  }

  addNoise(radiance: Float32Array, { gain, offset }: { gain: number; offset: number }): void {
    const { detected, wander, pattern } = this;
    for (let i = 0; i < pixels; i += 1) detected[i] = radiance[i]! + gain * wander[i]! + pattern[i]! + offset;
  }

  countRadiance({ zeroRadiance, countsPerRadiance }: CountSteps): void {
    const { detected, readings } = this;
    const most = readings.length - 1;
    for (let i = 0; i < pixels; i += 1) {
      // Written out: Math.min and Math.max are many times slower here.
      let count = ((detected[i]! - zeroRadiance) * countsPerRadiance + 0.5) | 0;
      if (count < 0) count = 0;
      if (count > most) count = most;
      detected[i] = readings[count]!;
    }
  }

  writeWords({ centikelvinPerCount, most }: { centikelvinPerCount: number; most: number }): number {
    const { seen, words } = this;
    let sum = 0;
    for (let i = 0; i < pixels; i += 1) {
      let word = (seen[i]! / centikelvinPerCount + 0.5) | 0;
      if (word > most) word = most;
      if (word < 0) word = 0;
      words[i] = word;
      sum += word;
    }
    return sum;
  }
}
