import { assert } from "#core/failure.ts";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import type {
  CameraLoops,
  CameraLoopsMaker,
  CountSteps,
  WanderStep,
} from "#simulation/devices/camera-loops.ts";
import { loadKernel } from "./load-kernel.ts";
import { MemoryPlan } from "./memory-plan.ts";

/** What the module compiled from assembly/camera.ts exports: addresses, sizes and numbers. */
interface CameraExports {
  readonly memory: WebAssembly.Memory;
  stepWander(
    wander: number,
    unevenness: number,
    tile: number,
    tileWidth: number,
    columns: number,
    rows: number,
    width: number,
    height: number,
    kept: number,
    amplitude: number,
  ): void;
  addNoise(
    radiance: number,
    wander: number,
    pattern: number,
    detected: number,
    pixels: number,
    gain: number,
    offset: number,
  ): void;
  countRadiance(
    detected: number,
    pixels: number,
    readings: number,
    most: number,
    zeroRadiance: number,
    countsPerRadiance: number,
  ): void;
  writeWords(seen: number, words: number, pixels: number, centikelvinPerCount: number, most: number): number;
}

const pixels = leptonWidth * leptonHeight;
/** `noiseTileSize` and `detectorCounts` of the simulation, of which only types may be imported; test/simulation/camera-loops-kernel.test.ts compares. */
const tileSize = 256;
const readingsCount = 2 ** 14;

/**
 * Compiles the kernel and gives what makes the loops of each emulated camera. Throws
 * `Failure("machine", "kernel-unreadable")` when it is missing or the machine lacks WebAssembly SIMD.
 */
export function loadCameraLoops(): CameraLoopsMaker {
  const module = loadKernel("camera");
  return () => new WebAssemblyCameraLoops(module);
}

/** The loops over all pixels of a camera in WebAssembly SIMD. */
class WebAssemblyCameraLoops implements CameraLoops {
  readonly noiseTile: Float32Array;
  readonly unevenness: Float32Array;
  readonly wander: Float32Array;
  readonly pattern: Float32Array;
  readonly columns: Float32Array;
  readonly rows: Float32Array;
  readonly readings: Float32Array;
  readonly detected: Float32Array;
  readonly seen: Float32Array;
  readonly words: Uint16Array;
  readonly #radiance: Float32Array;
  readonly #exports: CameraExports;

  constructor(module: WebAssembly.Module) {
    this.#exports = new WebAssembly.Instance(module).exports as unknown as CameraExports;
    const plan = new MemoryPlan();
    const picture = (): number => plan.reserve(4 * pixels);
    const tile = plan.reserve(4 * tileSize ** 2);
    const [unevenness, wander, pattern] = [picture(), picture(), picture()] as const;
    const columns = plan.reserve(4 * leptonWidth);
    const rows = plan.reserve(4 * leptonHeight);
    const readings = plan.reserve(4 * readingsCount);
    const [radiance, detected, seen] = [picture(), picture(), picture()] as const;
    const words = plan.reserve(2 * pixels);
    const buffer = plan.apply(this.#exports.memory);
    this.noiseTile = new Float32Array(buffer, tile, tileSize ** 2);
    this.unevenness = new Float32Array(buffer, unevenness, pixels);
    this.wander = new Float32Array(buffer, wander, pixels);
    this.pattern = new Float32Array(buffer, pattern, pixels);
    this.columns = new Float32Array(buffer, columns, leptonWidth);
    this.rows = new Float32Array(buffer, rows, leptonHeight);
    this.readings = new Float32Array(buffer, readings, readingsCount);
    this.#radiance = new Float32Array(buffer, radiance, pixels);
    this.detected = new Float32Array(buffer, detected, pixels);
    this.seen = new Float32Array(buffer, seen, pixels);
    this.words = new Uint16Array(buffer, words, pixels);
  }

  stepWander({ kept, amplitude, tileStart }: WanderStep): void {
    const lastRow = tileStart + (leptonHeight - 1) * tileSize + leptonWidth;
    assert(tileStart >= 0 && lastRow <= tileSize ** 2, "a picture's piece lies inside of the tile");
    this.#exports.stepWander(
      this.wander.byteOffset,
      this.unevenness.byteOffset,
      this.noiseTile.byteOffset + 4 * tileStart,
      tileSize,
      this.columns.byteOffset,
      this.rows.byteOffset,
      leptonWidth,
      leptonHeight,
      kept,
      amplitude,
    );
  }

  addNoise(radiance: Float32Array, { gain, offset }: { gain: number; offset: number }): void {
    this.#radiance.set(radiance);
    this.#exports.addNoise(
      this.#radiance.byteOffset,
      this.wander.byteOffset,
      this.pattern.byteOffset,
      this.detected.byteOffset,
      pixels,
      gain,
      offset,
    );
  }

  countRadiance({ zeroRadiance, countsPerRadiance }: CountSteps): void {
    const most = readingsCount - 1;
    this.#exports.countRadiance(
      this.detected.byteOffset,
      pixels,
      this.readings.byteOffset,
      most,
      zeroRadiance,
      countsPerRadiance,
    );
  }

  writeWords({ centikelvinPerCount, most }: { centikelvinPerCount: number; most: number }): number {
    return this.#exports.writeWords(
      this.seen.byteOffset,
      this.words.byteOffset,
      pixels,
      centikelvinPerCount,
      most,
    );
  }
}
