import assert from "node:assert/strict";
import { test } from "node:test";
import { DetectorBench, type Disc, type Stretch, tinyPictures } from "#support/detector-bench.ts";
import { readPurethermalClip } from "#support/purethermal-clip.ts";
import { needsRealRecordings, realRecording } from "#support/real-recordings.ts";
import { defaultAlarmPolicy } from "../alarm/alarm-policy.ts";
import { defaultDetectionPolicy } from "./detection-policy.ts";
import { DeviceDetector } from "./device-detector.ts";

/** A fire that grows by half a pixel of radius a second and heats up by 40 K/s, from the given second on. */
function fire(ignition: number, hottestCelsius = 300): (second: number) => Disc {
  return (second) =>
    second < ignition
      ? null
      : {
          celsius: Math.min(hottestCelsius, 21 + 40 * (second - ignition)),
          radiusPixels: 1 + 0.5 * (second - ignition),
        };
}

function levels(bench: DetectorBench): readonly string[] {
  return bench.story.filter((line) => line.startsWith("level"));
}

function troubles(bench: DetectorBench): readonly string[] {
  return bench.story.filter((line) => line.startsWith("trouble"));
}

test("a growing hot disc alarms within twelve seconds of ignition, with its reasons", () => {
  const bench = new DetectorBench();
  bench.run({ seconds: 20 });
  bench.run({ seconds: 12, disc: fire(20) });
  const alarm = bench.events.find((event) => event.type === "level");
  assert.ok(alarm?.type === "level" && alarm.level === "alarm");
  assert.ok(alarm.reasons.length > 0);
  const { location } = alarm.reasons[0]!;
  assert.ok(location !== null && Math.hypot(location.x - 40, location.y - 30) < 3);
  assert.equal(bench.detector.state.sounding, true);
});

test("a fire that the camera shows at no more than 130 °C alarms within twelve seconds too", () => {
  const bench = new DetectorBench();
  bench.run({ seconds: 20 });
  bench.run({ seconds: 12, disc: fire(20, 130) });
  assert.equal(bench.detector.state.level, "alarm");
  const alarm = bench.events.find((event) => event.type === "level" && event.level === "alarm");
  assert.ok(alarm?.type === "level");
  assert.ok(!alarm.reasons.some((reason) => reason.code === "severe-heat"));
});

test("an alarm latches until reset, and a cause that persists alarms again as the same incident within 20 s", () => {
  const bench = new DetectorBench();
  const disc = fire(20);
  bench.run({ seconds: 20 });
  bench.run({ seconds: 15, disc });
  bench.run({ seconds: 60, disc: (second) => disc(Math.min(second, 35)) });
  assert.equal(bench.detector.state.level, "alarm");
  const id = bench.detector.state.incident!.id;
  bench.act("acknowledge");
  bench.act("silence");
  assert.equal(bench.detector.state.sounding, false);
  bench.act("reset");
  assert.equal(bench.detector.state.level, "normal");
  bench.run({ seconds: 20, disc: () => disc(35) });
  assert.equal(bench.detector.state.level, "alarm");
  assert.equal(bench.detector.state.incident!.id, id);
  bench.run({ seconds: 60 });
  assert.equal(bench.detector.state.level, "alarm");
  bench.act("reset");
  bench.run({ seconds: 60 });
  assert.equal(bench.detector.state.level, "normal");
});

test("a fire of 110 °C that has stopped growing alarms again after a reset", () => {
  const bench = new DetectorBench();
  const disc = fire(20, 110);
  bench.run({ seconds: 20 });
  bench.run({ seconds: 15, disc });
  bench.run({ seconds: 30, disc: () => disc(35) });
  assert.equal(bench.detector.state.level, "alarm");
  bench.act("reset");
  bench.run({ seconds: 20, disc: () => disc(35) });
  assert.equal(bench.detector.state.level, "alarm");
});

test("a quiet room never says anything", () => {
  const bench = new DetectorBench({ pictureSize: tinyPictures });
  bench.run({ seconds: 300 });
  assert.deepEqual(bench.story, []);
  assert.ok(Math.max(...bench.nearness) < 0.1);
  assert.equal(bench.detector.counts.thermalSeconds, bench.detector.counts.seconds);
});

test("something hot that was there at commissioning is nothing new, and a fire beside it is", () => {
  const stove: Stretch = { seconds: 120, disc: () => ({ celsius: 160, radiusPixels: 4 }) };
  const bench = new DetectorBench();
  bench.run(stove);
  assert.deepEqual(levels(bench), []);
  bench.run({ seconds: 12, disc: (second) => ({ celsius: 300, radiusPixels: 4 + (second - 120) }) });
  assert.equal(bench.detector.state.level, "alarm");
});

test("a flat-field correction in the middle of a fire holds the evidence and loses none", () => {
  const bench = new DetectorBench();
  const disc = fire(20);
  bench.run({ seconds: 20 });
  bench.run({ seconds: 5, disc });
  bench.run({ seconds: 1, camera: "frozen", telemetry: { ffcState: "in-progress" } });
  bench.run({ seconds: 8, disc });
  assert.equal(bench.detector.state.level, "alarm");
  assert.deepEqual(troubles(bench), []);
});

const cameraFaults: readonly { readonly code: string; readonly broken: Stretch }[] = [
  { code: "camera-silent", broken: { seconds: 5, camera: "silent" } },
  { code: "camera-frozen", broken: { seconds: 6, camera: "frozen" } },
  { code: "camera-not-radiometric", broken: { seconds: 3, camera: "raw-counts" } },
  { code: "camera-over-temperature", broken: { seconds: 2, telemetry: { overTemperature: true } } },
  { code: "camera-shutter-lockout", broken: { seconds: 5, telemetry: { shutterLockout: true } } },
  { code: "camera-saturated", broken: { seconds: 6, disc: () => ({ celsius: 170, radiusPixels: 60 }) } },
  { code: "air-silent", broken: { seconds: 37, air: "silent" } },
  { code: "air-implausible", broken: { seconds: 12, air: "zero" } },
  { code: "air-stuck", broken: { seconds: 330, air: "stuck" } },
];

for (const { code, broken } of cameraFaults)
  test(`${code} is found (${JSON.stringify(broken)}) and restored`, () => {
    const bench = new DetectorBench({ pictureSize: tinyPictures });
    bench.run({ seconds: 20 });
    bench.run(broken);
    assert.deepEqual(troubles(bench), [`trouble ${code} on`]);
    const [trouble] = bench.detector.state.troubles;
    assert.ok(trouble!.text.length > 40);
    bench.run({ seconds: 65 });
    assert.deepEqual(troubles(bench), [`trouble ${code} on`, `trouble ${code} off`]);
    assert.deepEqual(bench.detector.state.troubles, []);
  });

test("a camera is silent between three and five seconds after its last frame", () => {
  const bench = new DetectorBench();
  bench.run({ seconds: 20 });
  const last = bench.nowMicros;
  bench.run({ seconds: 10, camera: "silent" });
  const seconds = (bench.events[0]!.atMicros - last) / 1e6;
  assert.ok(seconds > 3 && seconds <= 5, `after ${seconds} s`);
});

test("the last frame sent once more, counter and all, is no life: the camera is frozen", () => {
  const bench = new DetectorBench();
  bench.run({ seconds: 20 });
  const { validFrames } = bench.detector.counts;
  bench.run({ seconds: 8, camera: "repeats" });
  assert.deepEqual(troubles(bench), ["trouble camera-frozen on"]);
  assert.equal(bench.detector.counts.validFrames, validFrames);
});

test("a camera that never sends is silent after its time to start", () => {
  const bench = new DetectorBench();
  bench.run({ seconds: 9, camera: "silent" });
  assert.deepEqual(troubles(bench), []);
  bench.run({ seconds: 4, camera: "silent" });
  assert.deepEqual(troubles(bench), ["trouble camera-silent on"]);
});

test("a sensor that is not there by configuration is no fault", () => {
  const thermalOnly = new DetectorBench({ expects: { thermal: "required", air: "absent" } });
  thermalOnly.run({ seconds: 60, air: "silent" });
  assert.deepEqual(thermalOnly.story, []);
  const airOnly = new DetectorBench({ expects: { thermal: "absent", air: "required" } });
  airOnly.run({ seconds: 60, camera: "silent" });
  assert.deepEqual(airOnly.story, []);
});

test("a reading a minute is one fault, not one after the other", () => {
  const bench = new DetectorBench({ expects: { thermal: "absent", air: "required" } });
  for (let minute = 0; minute < 10; minute += 1) {
    bench.run({ seconds: 55, camera: "silent", air: "silent" });
    bench.run({ seconds: 5, camera: "silent" });
  }
  assert.deepEqual(bench.story, ["trouble air-silent on"]);
});

test("more CO2 than the sensor can measure is a gas hazard and a fault", () => {
  const bench = new DetectorBench({ expects: { thermal: "absent", air: "required" } });
  bench.run({ seconds: 20, camera: "silent", co2Ppm: () => 65_535 });
  assert.deepEqual(bench.story, ["trouble air-implausible on", "supervisory", "gas-hazard"]);
  assert.match(bench.detector.state.troubles[0]!.text, /treat the room as dangerous/);
  assert.equal(bench.detector.state.gasHazard[0]!.value, 40_000);
});

test("pictures of a wrong size are counted and become a fault that says so", () => {
  const bench = new DetectorBench({ width: 40, height: 60 });
  bench.run({ seconds: 10 });
  assert.deepEqual(troubles(bench), ["trouble frames-rejected on"]);
  assert.match(bench.detector.state.troubles[0]!.text, /wrong size/);
  assert.equal(bench.detector.counts.rejectedFrames, 80);
});

test("a camera that calibrates itself without end is a fault", () => {
  const bench = new DetectorBench();
  bench.run({ seconds: 40, camera: "frozen", telemetry: { ffcState: "in-progress" } });
  assert.deepEqual(troubles(bench), ["trouble frames-rejected on"]);
});

test("a frozen picture of a fire is no evidence of more fire", () => {
  const bench = new DetectorBench();
  bench.run({ seconds: 20 });
  bench.run({ seconds: 0.5, disc: () => ({ celsius: 200, radiusPixels: 5 }) });
  bench.run({ seconds: 60, camera: "frozen" });
  assert.deepEqual(levels(bench), []);
  assert.deepEqual(troubles(bench), ["trouble camera-frozen on"]);
});

test("a picture that is all past the camera's range is a fire, not a frozen camera", () => {
  const bench = new DetectorBench();
  bench.run({ seconds: 20 });
  bench.run({ seconds: 12, disc: () => ({ celsius: 500, radiusPixels: 100 }) });
  assert.equal(bench.detector.state.level, "alarm");
  assert.deepEqual(troubles(bench), ["trouble camera-saturated on"]);
});

test("raw counts are never taken for heat", () => {
  const bench = new DetectorBench();
  bench.run({ seconds: 30, camera: "raw-counts", disc: () => ({ celsius: 250, radiusPixels: 8 }) });
  assert.deepEqual(levels(bench), []);
  assert.equal(bench.detector.counts.validFrames, 0);
});

test("an alarm raised before the camera died stays", () => {
  const bench = new DetectorBench();
  bench.run({ seconds: 20 });
  bench.run({ seconds: 12, disc: fire(20) });
  bench.run({ seconds: 600, camera: "silent", air: "silent" });
  assert.equal(bench.detector.state.level, "alarm");
  assert.equal(bench.detector.state.troubles.length, 2);
});

test("an air-only device speaks of a possible hidden fire, never of FIRE", () => {
  const bench = new DetectorBench({ expects: { thermal: "absent", air: "required" } });
  const co2Ppm = (second: number): number => (second < 130 ? 600 : 600 + 16 * (second - 130));
  bench.run({ seconds: 300, camera: "silent", co2Ppm });
  assert.deepEqual(levels(bench), ["level prealarm"]);
  assert.equal(bench.detector.state.supervisory.length, 0);
});

test("a latched alarm, its faults and the room's background survive a restart", () => {
  const before = new DetectorBench();
  before.run({ seconds: 20 });
  before.run({ seconds: 12, disc: fire(20) });
  before.run({ seconds: 10, camera: "silent" });
  const state = JSON.parse(JSON.stringify(before.detector.state)) as typeof before.detector.state;
  const after = new DetectorBench({ state, background: before.detector.backgroundSnapshot() });
  after.run({ seconds: 10 });
  assert.equal(after.detector.state.level, "alarm");
  assert.deepEqual(troubles(after), ["trouble camera-silent off"]);
  assert.equal(after.events[0]!.sequence, state.sequence + 1);
});

test("a fire that burns while the device restarts alarms, because the background is known", () => {
  const before = new DetectorBench();
  before.run({ seconds: 20 });
  const after = new DetectorBench({ background: before.detector.backgroundSnapshot() });
  after.run({ seconds: 12, disc: () => ({ celsius: 250, radiusPixels: 5 }) });
  assert.equal(after.detector.state.level, "alarm");
});

for (const clockJumpSeconds of [-3600, 86_400 * 365])
  test(`a clock that jumps by ${clockJumpSeconds} s neither blinds nor floods the device`, () => {
    const bench = new DetectorBench();
    bench.run({ seconds: 20 });
    bench.run({ seconds: 30, clockJumpSeconds });
    assert.deepEqual(troubles(bench), []);
    assert.ok(bench.nearness.length <= 50);
    bench.run({ seconds: 12, disc: fire(50) });
    assert.equal(bench.detector.state.level, "alarm");
  });

test("a test calls nobody, and a real fire alarms when the test is over", () => {
  const bench = new DetectorBench();
  bench.run({ seconds: 20 });
  bench.act("start-test", 1);
  const disc = fire(20);
  bench.run({ seconds: 70, disc: (second) => disc(Math.min(second, 35)) });
  const tests = bench.events.flatMap((event) => (event.type === "level" ? [event.test] : []));
  assert.equal(tests[0], true);
  assert.equal(tests.at(-1), false);
  assert.equal(bench.detector.state.level, "alarm");
});

test("the same calls give the same events, byte for byte", () => {
  const tell = (): string => {
    const bench = new DetectorBench();
    bench.run({ seconds: 20 });
    bench.run({ seconds: 12, disc: fire(20) });
    bench.run({ seconds: 6, camera: "frozen" });
    return JSON.stringify([bench.events, bench.nearness, bench.detector.state]);
  };
  assert.equal(tell(), tell());
});

test(
  "the real Lepton 3.5 clip, looped for two minutes, raises neither alarm nor prealarm",
  needsRealRecordings(),
  () => {
    const clip = readPurethermalClip(
      realRecording("lepton35-y16-liflabuc", "thermal_20260512_151542.raw.y16.gz"),
    );
    const lengthMicros = clip.at(-1)!.capturedAtMicros - clip[0]!.capturedAtMicros + 127_000;
    const story: string[] = [];
    let nearest = 0;
    const detector = new DeviceDetector(
      {
        deviceId: "clip",
        width: 160,
        height: 120,
        badPixels: "find",
        mask: null,
        detectionPolicy: defaultDetectionPolicy,
        alarmPolicy: defaultAlarmPolicy,
        scorer: null,
        state: null,
        background: null,
        expects: { thermal: "required", air: "absent" },
      },
      {
        onSecond: (_, evidence) => {
          nearest = Math.max(nearest, evidence.nearness);
        },
        onEvent: (event) => story.push(event.type === "trouble" ? event.code : event.type),
        onBadPixels: () => undefined,
      },
    );
    let tickMicros = Math.ceil(clip[0]!.capturedAtMicros / 1e6) * 1e6 + 250_000;
    for (let loop = 0; loop * lengthMicros < 120e6; loop += 1)
      for (const [index, frame] of clip.entries()) {
        const capturedAtMicros = frame.capturedAtMicros + loop * lengthMicros;
        for (; tickMicros <= capturedAtMicros; tickMicros += 1e6) detector.advance(tickMicros);
        detector.addFrame({ ...frame, capturedAtMicros, frameCounter: loop * clip.length + index });
      }
    // Its row 76 has 19 bad pixels.
    assert.deepEqual(story, ["camera-bad-pixels"]);
    assert.ok(nearest < 0.2, `nearness ${nearest}`);
    assert.ok(detector.counts.thermalSeconds > 110);
  },
);
