import assert from "node:assert/strict";
import { test } from "node:test";
import type { AirSample } from "#core/frames/air-sample.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { Cancel, Clock } from "#core/time.ts";
import { EmulatedAirSensor } from "./emulated-air-sensor.ts";
import { EmulatedCamera } from "./emulated-camera.ts";
import { EmulatedRoom } from "./emulated-room.ts";

const epochMicros = 1_800_000_000_000_000;

/** Simulated time: callbacks run when the test says so. */
class ManualClock implements Clock {
  #ms = 0;
  #waiting: { readonly atMs: number; readonly callback: () => void }[] = [];

  get waiting(): number {
    return this.#waiting.length;
  }

  nowMicros(): number {
    return epochMicros + Math.round(this.#ms * 1000);
  }

  monotonicMs(): number {
    return 5_000 + this.#ms;
  }

  after(delayMs: number, callback: () => void): Cancel {
    const entry = { atMs: this.#ms + delayMs, callback };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry);
    };
  }

  every(): Cancel {
    throw new Error("not used here");
  }

  /** Runs everything due up to this time, in order. */
  runTo(ms: number): void {
    for (;;) {
      const next = this.#waiting.filter((entry) => entry.atMs <= ms).sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) break;
      this.#waiting = this.#waiting.filter((entry) => entry !== next);
      this.#ms = Math.max(this.#ms, next.atMs);
      next.callback();
    }
    this.#ms = Math.max(this.#ms, ms);
  }

  /** Lets time go by while the program is busy and runs nothing. */
  stall(ms: number): void {
    this.#ms += ms;
  }
}

function workshop(): EmulatedRoom {
  return new EmulatedRoom({ seed: 1, startMicros: epochMicros, kind: "workshop" });
}

function ignored(): void {}

async function startCamera(clock: Clock): Promise<{ camera: EmulatedCamera; frames: ThermalFrame[] }> {
  const camera = new EmulatedCamera({ room: workshop(), clock, seed: 2 });
  const frames: ThermalFrame[] = [];
  await camera.start({ onFrame: (frame) => frames.push(frame), onTrouble: ignored, onEnd: ignored });
  return { camera, frames };
}

test("a camera gives 8.7 pictures a second with uneven gaps, and lateness does not add up", async () => {
  const clock = new ManualClock();
  const { camera, frames } = await startCamera(clock);
  clock.runTo(60_000);
  assert.ok(Math.abs(frames.length - 60 * 8.7) <= 1, `${frames.length} frames`);
  const times = frames.map((frame) => (frame.capturedAtMicros - epochMicros) / 1000);
  const gaps = times.slice(1).map((time, i) => time - times[i]!);
  assert.ok(gaps.every((gap) => gap > 20 && gap < 250));
  assert.ok(new Set(gaps.map((gap) => gap.toFixed(1))).size > 30);
  assert.ok(times.at(-1)! > 59_750);
  await camera.stop();
});

test("pictures that a busy program missed are gone; they do not come in a burst", async () => {
  const clock = new ManualClock();
  const { camera, frames } = await startCamera(clock);
  clock.runTo(1_000);
  const before = frames.length;
  clock.stall(3_000);
  clock.runTo(4_500);
  assert.ok(frames.length - before >= 4 && frames.length - before <= 6, `${frames.length - before} frames`);
  await camera.stop();
});

test("stopping leaves no timer, may be done twice, and nothing comes afterwards", async () => {
  const clock = new ManualClock();
  const { camera, frames } = await startCamera(clock);
  clock.runTo(500);
  const before = frames.length;
  await camera.stop();
  await camera.stop();
  assert.equal(clock.waiting, 0);
  clock.runTo(5_000);
  assert.equal(frames.length, before);
});

test("stopping from within a picture's callback is heeded", async () => {
  const clock = new ManualClock();
  const camera = new EmulatedCamera({ room: workshop(), clock, seed: 2 });
  let count = 0;
  const onFrame = (): void => {
    count += 1;
    void camera.stop();
  };
  await camera.start({ onFrame, onTrouble: ignored, onEnd: ignored });
  clock.runTo(3_000);
  assert.equal(count, 1);
  assert.equal(clock.waiting, 0);
});

test("an air sensor gives a reading every 5 s in whole ppm", async () => {
  const clock = new ManualClock();
  const sensor = new EmulatedAirSensor({ room: workshop(), clock });
  const samples: AirSample[] = [];
  await sensor.start({ onSample: (sample) => samples.push(sample), onTrouble: ignored, onEnd: ignored });
  clock.runTo(60_000);
  assert.deepEqual(
    samples.map((sample) => (sample.sampledAtMicros - epochMicros) / 1e6),
    [5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60],
  );
  for (const sample of samples) {
    assert.ok(Number.isInteger(sample.co2Ppm) && sample.co2Ppm > 330 && sample.co2Ppm < 560);
    assert.ok(Math.abs(sample.temperatureCelsius - 19) < 1.5);
    const word = ((sample.temperatureCelsius + 45) / 175) * 65_535;
    assert.ok(Math.abs(word - Math.round(word)) < 1e-6);
    assert.ok(Math.abs(sample.humidityPercent - 47) < 7);
  }
  await sensor.stop();
  await sensor.stop();
  assert.equal(clock.waiting, 0);
});
