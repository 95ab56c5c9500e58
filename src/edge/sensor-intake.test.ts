import assert from "node:assert/strict";
import { test } from "node:test";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { sampleMicros } from "#support/alarm-samples.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { ScriptedAir, ScriptedCamera, ScriptedRoom } from "#support/scripted-camera.ts";
import { SensorIntake } from "./sensor-intake.ts";

interface Bench {
  clock: ManualClock;
  camera: ScriptedCamera;
  air: ScriptedAir;
  intake: SensorIntake;
  frames: ThermalFrame[];
  ends: () => number;
}

async function bench(): Promise<Bench> {
  const clock = new ManualClock(sampleMicros);
  const camera = new ScriptedCamera();
  const air = new ScriptedAir();
  const frames: ThermalFrame[] = [];
  let ends = 0;
  const listener = {
    onFrame: (frame: ThermalFrame) => void frames.push(frame),
    onSample: () => {},
    onTrouble: () => {},
    onFault: () => {},
    onEnd: () => {
      ends += 1;
    },
  };
  const intake = new SensorIntake({ camera, air, clock, listener });
  await intake.start();
  return { clock, camera, air, intake, frames, ends: () => ends };
}

test("before the first picture nothing is claimed of the camera", async () => {
  const { intake } = await bench();
  assert.deepEqual(intake.health, {
    radiometric: null,
    newestFrameAtMicros: null,
    newestAirAtMicros: null,
    framesPerSecond: 0,
  });
});

test("a repeated picture is passed on but is no sign of life", async () => {
  const { clock, camera, intake, frames } = await bench();
  const frame = new ScriptedRoom().frameAt(sampleMicros);
  camera.show(frame);
  clock.advanceMs(1_000);
  camera.show(frame);
  assert.equal(frames.length, 2);
  assert.equal(intake.health.newestFrameAtMicros, sampleMicros);
  assert.equal(intake.health.radiometric, true);
});

test("a camera without temperatures is told apart", async () => {
  const { camera, intake } = await bench();
  camera.show({ ...new ScriptedRoom().frameAt(sampleMicros), unit: "raw-counts" });
  assert.equal(intake.health.radiometric, false);
});

test("the end has come when the last sensor has ended, once", async () => {
  const { camera, air, intake, ends } = await bench();
  camera.end();
  assert.deepEqual([intake.ended, ends()], [false, 0]);
  air.end();
  air.end();
  assert.deepEqual([intake.ended, ends()], [true, 1]);
});
