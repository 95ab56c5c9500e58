import assert from "node:assert/strict";
import { test } from "node:test";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { ExtraSensor, ExtraSensorListener } from "#sensors/extra-sensor.ts";
import type { SensorFault } from "#sensors/sensor-fault.ts";
import { sampleMicros } from "#support/alarm-samples.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { ScriptedAir, ScriptedCamera, ScriptedRoom } from "#support/scripted-camera.ts";
import { SensorIntake } from "./sensor-intake.ts";

interface Bench {
  clock: ManualClock;
  camera: ScriptedCamera;
  air: ScriptedAir;
  intake: SensorIntake;
  extra: ScriptedExtra;
  faults: string[];
  frames: ThermalFrame[];
  ends: () => number;
}

/** An extra sensor that measures when the test says so. */
class ScriptedExtra implements ExtraSensor {
  readonly name = "sps30";
  readonly channels = [{ name: "pm2.5", unit: "µg/m³" }];
  readonly periodSeconds = 1;
  listener: ExtraSensorListener | null = null;
  stopped = false;

  async start(listener: ExtraSensorListener): Promise<void> {
    this.listener = listener;
  }

  async stop(): Promise<void> {
    this.stopped = true;
  }

  measure(value: number): void {
    const sample = {
      sensor: this.name,
      channel: "pm2.5",
      value,
      unit: "µg/m³",
      sampledAtMicros: sampleMicros,
    };
    this.listener?.onChannels([sample]);
  }
}

async function bench(): Promise<Bench> {
  const clock = new ManualClock(sampleMicros);
  const camera = new ScriptedCamera();
  const air = new ScriptedAir();
  const extra = new ScriptedExtra();
  const faults: string[] = [];
  const frames: ThermalFrame[] = [];
  let ends = 0;
  const listener = {
    onFrame: (frame: ThermalFrame) => void frames.push(frame),
    onSample: () => {},
    onTrouble: () => {},
    onFault: (fault: SensorFault) => void faults.push(`${fault.code} ${fault.active}`),
    onEnd: () => {
      ends += 1;
    },
  };
  const intake = new SensorIntake({ camera, air, extras: [extra], clock, listener });
  await intake.start();
  return { clock, camera, air, extra, faults, intake, frames, ends: () => ends };
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

test("the newest reading of each extra channel is kept, and a fault of its sensor is passed on", async () => {
  const { extra, intake, faults } = await bench();
  assert.equal(intake.channels.length, 0);
  extra.measure(4);
  extra.measure(250);
  assert.deepEqual(
    intake.channels.map((sample) => [sample.sensor, sample.channel, sample.value]),
    [["sps30", "pm2.5", 250]],
  );
  extra.listener?.onFault({ code: "sps30-fault", active: true, text: "The fan stands still." });
  assert.deepEqual(faults, ["sps30-fault true"]);
  await intake.stop();
  assert.ok(extra.stopped);
});
