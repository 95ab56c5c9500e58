import assert from "node:assert/strict";
import { test } from "node:test";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { controlCheckMs } from "#sensors/lepton/lepton-camera.ts";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";
import { indexOfPicture, LeptonBench, numberedPicture } from "#support/lepton-bench.ts";

/** Pictures during a correction are frozen ones; all others are whole and of the pattern. */
function isCorrecting(frame: ThermalFrame): boolean {
  return frame.telemetry!.ffcState === "in-progress";
}

/** Everything that went wrong on the video bus; joining a running camera costs the picture under way. */
function errorsOf(bench: LeptonBench): Record<string, number> {
  const { packets, discards, segments, invalidSegments, frames, ...errors } = bench.camera.counters.video;
  assert.ok(packets + discards + segments + invalidSegments + frames > 0);
  return errors;
}

test("at full rate every picture of ten minutes comes intact, through three corrections", async () => {
  const bench = new LeptonBench();
  let frames = 0;
  let corrections = 0;
  let last: ThermalFrame | null = null;
  bench.onFrame = (frame) => {
    frames += 1;
    if (last !== null) {
      assert.equal(frame.frameCounter, last.frameCounter + 1, "no picture is missing");
      const gapMicros = frame.capturedAtMicros - last.capturedAtMicros;
      assert.ok(gapMicros > 108_000 && gapMicros < 119_000, `${gapMicros} µs between two pictures`);
      if (isCorrecting(last) && !isCorrecting(frame)) corrections += 1;
    }
    assert.equal(frame.unit, "centikelvin");
    if (!isCorrecting(frame)) indexOfPicture(frame.pixels);
    last = frame;
  };
  await bench.start();
  await bench.pass(3_000);
  const errorsAtStart = errorsOf(bench);
  const syncLossesAtStart = bench.lepton.videoCounts.syncLosses;
  // From here on nothing is awaited, so that time may pass in one go.
  bench.clock.advanceMs(600_000);
  const { video, camera } = bench.camera.counters;
  assert.equal(camera.delivered, frames);
  assert.ok(frames > 5_300, `${frames} pictures`);
  // One at start-up, one every three minutes.
  assert.equal(corrections, 4);
  assert.equal(camera.corrections, corrections);
  assert.deepEqual(errorsOf(bench), errorsAtStart);
  assert.deepEqual([video.crcErrors, video.damagedSegments, camera.duplicates], [0, 0, 0]);
  // Switching telemetry on at the start is the only loss of step.
  assert.equal(bench.lepton.videoCounts.syncLosses, syncLossesAtStart);
  assert.deepEqual(bench.troubles, []);
  await bench.camera.stop();
  assert.equal(bench.clock.timersSet, 0);
});

test("a camera that is told to corrects itself once, and not while it is being set up", async () => {
  const bench = new LeptonBench();
  await bench.start();
  await assert.rejects(bench.camera.runFfc(), /is being set up/);
  await bench.pass(4_000);
  const { corrections } = bench.camera.counters.camera;
  await bench.passWhile(bench.camera.runFfc());
  await bench.pass(1_000);
  assert.equal(bench.camera.counters.camera.corrections, corrections + 1);
  assert.deepEqual(bench.troubles, []);
  await bench.camera.stop();
});

test("after it is stopped, a camera sets no timer and tells nothing more", async () => {
  const bench = new LeptonBench();
  await bench.start();
  await bench.pass(4_000);
  assert.ok(bench.frames.length > 0);
  await bench.camera.stop();
  await bench.camera.stop();
  const { length } = bench.frames;
  await bench.pass(2_000);
  assert.equal(bench.frames.length, length);
  assert.equal(bench.clock.timersSet, 0);
});

test("stopping in the middle of setting up is clean", async () => {
  for (const ms of [0, 5, 50, 700, 1_200]) {
    const bench = new LeptonBench();
    await bench.start();
    await bench.pass(ms);
    await bench.camera.stop();
    await bench.pass(10);
    assert.equal(bench.clock.timersSet, 0, `after ${ms} ms`);
    assert.deepEqual(bench.frames, []);
    assert.deepEqual(bench.troubles, []);
  }
});

test("a module that is no radiometric one gives raw counts, and its name", async () => {
  const bench = new LeptonBench({ emulated: { model: "3.0" } });
  await bench.start();
  await bench.pass(5_000);
  assert.ok(bench.frames.length > 10);
  assert.ok(bench.frames.every(({ unit }) => unit === "raw-counts"));
  assert.deepEqual(bench.camera.troubles, ["not-radiometric"]);
  assert.equal(bench.troubles.length, 1);
  assert.match(bench.troubles[0]!, /Lepton 3.0, part 500-0726/);
  assert.equal(bench.camera.counters.camera.rawCounts, bench.frames.length);
  await bench.camera.stop();
});

test("in low gain tenths of a kelvin become hundredths", async () => {
  const scene = (): Uint16Array => new Uint16Array(19_200).fill(60_015);
  const bench = new LeptonBench({
    emulated: { scene },
    camera: { settings: { gainMode: "low", ffcMode: "auto" } },
  });
  await bench.start();
  await bench.pass(8_000);
  const last = bench.frames.at(-1)!;
  assert.equal(last.telemetry!.effectiveGain, "low");
  assert.equal(last.telemetry!.tLinearResolutionKelvin, 0.1);
  assert.ok(last.pixels.every((pixel) => Math.abs(pixel - 60_015) <= 10 && pixel % 10 === 0));
  assert.deepEqual(bench.camera.troubles, []);
  await bench.camera.stop();
});

test("an SPI bus that fails is told once, and pictures go on when it works again", async () => {
  let isBroken = false;
  const bench = new LeptonBench({
    beforeRead: () => {
      if (isBroken) throw new TransportFailure("gone", "/dev/spidev0.0 has vanished.");
    },
  });
  await bench.start();
  await bench.pass(4_000);
  isBroken = true;
  await bench.pass(8_000);
  assert.deepEqual(bench.camera.troubles, ["link-failed"]);
  assert.match(bench.troubles[0]!, /spidev0.0 has vanished/);
  isBroken = false;
  const { length } = bench.frames;
  await bench.pass(3_000);
  assert.ok(bench.frames.length > length + 5);
  assert.deepEqual(bench.camera.troubles, []);
  assert.equal(bench.troubles.length, 2);
  await bench.camera.stop();
});

test("a camera that is not there at the start is told within five seconds and found when it comes", async () => {
  const bench = new LeptonBench({ emulated: { power: "off" }, camera: { power: null } });
  await bench.start();
  await bench.pass(4_900);
  assert.deepEqual(bench.camera.troubles, ["control-failed"]);
  await bench.pass(20_000);
  assert.equal(bench.troubles.length, 1);
  await bench.lepton.powerLine.set("high");
  await bench.pass(15_000);
  assert.deepEqual(bench.camera.troubles, []);
  assert.ok(bench.frames.length > 10);
  await bench.camera.stop();
  assert.equal(bench.clock.timersSet, 0);
});

test("a frame keeps its words, and its time is that of its arrival", async () => {
  const bench = new LeptonBench();
  await bench.start();
  await bench.pass(4_000);
  const { telemetry, capturedAtMicros, frameCounter } = bench.frames.at(-1)!;
  assert.equal(telemetry!.words!.length, 240);
  assert.equal(telemetry!.words![20], frameCounter);
  assert.ok(capturedAtMicros <= bench.clock.nowMicros());
  assert.ok(bench.clock.nowMicros() - capturedAtMicros < 120_000);
  await bench.camera.stop();
});

test("a control line that dies while pictures come is named within a minute or so, and its return too", async () => {
  const scene = numberedPicture(1);
  let shown = 0;
  const bench = new LeptonBench({
    emulated: {
      scene: () => {
        shown += 1;
        scene[0] = 29_000 + (shown % 1_000);
        return scene;
      },
    },
  });
  bench.onFrame = () => {};
  await bench.start();
  await bench.pass(4_000);
  // The control line is used once a minute: what waits for it may wait for coarser steps.
  const passMinute = async (): Promise<void> => {
    for (let ms = 0; ms < controlCheckMs; ms += 100) {
      bench.clock.advanceMs(100);
      for (let turn = 0; turn < 12; turn += 1) await null;
    }
    await bench.pass(1_000);
  };
  const delivered = bench.camera.counters.camera.delivered;
  bench.lepton.setFault({ kind: "cci-no-answer" });
  await passMinute();
  assert.deepEqual(bench.camera.troubles, ["control-failed"]);
  assert.ok(bench.camera.counters.camera.delivered > delivered + 400, "pictures go on");
  bench.lepton.setFault(null);
  await passMinute();
  assert.deepEqual(bench.camera.troubles, []);
  assert.equal(bench.camera.counters.camera.reboots, 0);
  await bench.camera.stop();
  assert.equal(bench.clock.timersSet, 0);
});
