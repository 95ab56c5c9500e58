import { VospiReader } from "#sensors/lepton/vospi-reader.ts";
import { cyclingCamera } from "#support/cycling-camera.ts";
import { type FrameCost, measureRuns, type RunPlan } from "./measure-runs.ts";

/** Pictures a second of a Lepton 3.5: one in twelve segments of 9.434 ms. */
const picturesPerSecond = 1_000 / (12 * 9.434);

/** What reading the camera may cost: this share of one core. */
export const captureShareMax = 0.05;

/** What capturing costs. */
export interface CaptureCost {
  readonly cost: FrameCost;
  /** Share of one core at the camera's rate. */
  readonly share: number;
}

/**
 * Reads a camera's wire for ten simulated seconds a pass: every packet of all twelve segments, the discard packets in
 * between, checksums, assembly and the copy of each picture. What it costs the system to move the bytes over SPI is not
 * in it.
 */
export function measureCapture(plan: RunPlan): CaptureCost {
  const camera = cyclingCamera();
  let frames = 0;
  const reader = new VospiReader({
    spi: camera.spi,
    clock: camera.clock,
    telemetryPlace: "footer",
    onFrame: () => {
      frames += 1;
    },
    onSyncLost: () => {
      throw new Error("The bench's camera is never out of step.");
    },
  });
  reader.resume({ frameWithinMs: 1_000 });
  const cost = measureRuns(() => {
    const before = frames;
    const endMs = camera.clock.monotonicMs() + 10_000;
    while (camera.clock.monotonicMs() < endMs) camera.advanceMs(reader.readDue());
    return frames - before;
  }, plan);
  return { cost, share: cost.cpuSeconds * picturesPerSecond };
}
