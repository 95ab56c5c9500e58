import assert from "node:assert/strict";
import { test } from "node:test";
import type { AirSample } from "#core/frames/air-sample.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { RecordingEntry } from "#recording/recording-entry.ts";
import { sampleMicros } from "#support/alarm-samples.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { ReplaySource, type ReplaySourceOptions } from "./replay-source.ts";

const recordedMicros = 1_500_000_000_000_000;

function thermal(n: number): RecordingEntry {
  const atMicros = recordedMicros + n * 100_000;
  const frame: ThermalFrame = {
    width: 1,
    height: 1,
    capturedAtMicros: atMicros,
    frameCounter: n,
    unit: "centikelvin",
    pixels: Uint16Array.of(29_000 + n),
    telemetry: null,
  };
  return { kind: "thermal", atMicros, frame };
}

function air(n: number): RecordingEntry {
  const atMicros = recordedMicros + n * 100_000 + 50_000;
  const sample = { sampledAtMicros: atMicros, co2Ppm: 600, temperatureCelsius: 21, humidityPercent: 40 };
  return { kind: "air", atMicros, sample };
}

class Replay {
  readonly clock = new ManualClock(sampleMicros);
  readonly frames: ThermalFrame[] = [];
  readonly samples: AirSample[] = [];
  readonly troubles: string[] = [];
  ends = 0;
  readonly source: ReplaySource;

  constructor(entries: readonly RecordingEntry[], changes: Partial<ReplaySourceOptions> = {}) {
    this.source = new ReplaySource({
      entries: async function* () {
        yield* entries;
      },
      clock: this.clock,
      speed: 1,
      repeat: "once",
      ...changes,
    });
  }

  async start(): Promise<void> {
    const common = {
      onTrouble: (text: string) => void this.troubles.push(text),
      onEnd: () => {
        this.ends += 1;
      },
    };
    await this.source.camera.start({ ...common, onFrame: (frame) => void this.frames.push(frame) });
    await this.source.air.start({ ...common, onSample: (sample) => void this.samples.push(sample) });
  }

  /** Lets time pass in small steps, each followed by everything that it set off. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 10) {
      this.clock.advanceMs(Math.min(10, left));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

test("frames and readings come at their pace, moved so that the first happens now", async () => {
  const replay = new Replay([thermal(0), air(0), thermal(1), thermal(2)]);
  await replay.start();
  assert.equal(replay.frames.length, 0);
  await replay.pass(10);
  assert.deepEqual(
    replay.frames.map((frame) => frame.capturedAtMicros),
    [sampleMicros + 10_000],
  );
  await replay.pass(60);
  assert.equal(replay.samples[0]?.sampledAtMicros, sampleMicros + 60_000);
  assert.equal(replay.frames.length, 1);
  await replay.pass(140);
  assert.deepEqual(
    replay.frames.map((frame) => frame.pixels[0]),
    [29_000, 29_001, 29_002],
  );
});

test("the end of a recording is told to both sensors once, and capture time stands still from then on", async () => {
  const replay = new Replay([thermal(0), thermal(1)]);
  await replay.start();
  await replay.pass(500);
  assert.equal(replay.ends, 2);
  assert.deepEqual(replay.troubles, []);
  const end = replay.frames[1]?.capturedAtMicros;
  assert.equal(replay.source.nowMicros(), end);
  await replay.pass(500);
  assert.equal(replay.source.nowMicros(), end);
  assert.equal(replay.clock.timersSet, 0);
});

test("at ten times the speed capture time runs ten times as fast, never ahead of what was delivered", async () => {
  const replay = new Replay(
    Array.from({ length: 51 }, (_, n) => thermal(n)),
    { speed: 10 },
  );
  await replay.start();
  await replay.pass(260);
  assert.equal(replay.frames.length, 26);
  const newest = replay.frames.at(-1)?.capturedAtMicros ?? 0;
  assert.ok(replay.source.nowMicros() >= newest && replay.source.nowMicros() <= newest + 100_000);
  await replay.pass(300);
  assert.equal(replay.frames.length, 51);
  const last = replay.frames.at(-1)?.capturedAtMicros ?? 0;
  assert.equal(last - (replay.frames[0]?.capturedAtMicros ?? 0), 5_000_000);
});

test("a loop goes on in time and frame numbers without a step back or an end", async () => {
  const replay = new Replay([thermal(0), thermal(1), thermal(2)], { repeat: "loop" });
  await replay.start();
  await replay.pass(1_000);
  assert.ok(replay.frames.length >= 9);
  assert.equal(replay.ends, 0);
  for (let n = 1; n < replay.frames.length; n += 1) {
    assert.equal(replay.frames[n]!.frameCounter, n);
    assert.equal(replay.frames[n]!.capturedAtMicros - replay.frames[n - 1]!.capturedAtMicros, 100_000);
  }
  await replay.source.camera.stop();
  await replay.source.air.stop();
  const count = replay.frames.length;
  await replay.pass(300);
  assert.equal(replay.frames.length, count);
  assert.equal(replay.clock.timersSet, 0);
});

test("damage in a recording is trouble; one that breaks off ends, even in a loop", async () => {
  const damage: RecordingEntry = { kind: "damage", atMicros: recordedMicros, what: "3 frames lost", lost: 3 };
  const replay = new Replay([], {
    repeat: "loop",
    entries: async function* () {
      yield damage;
      yield thermal(1);
      throw new Error("clip.cptv ends in the middle of a frame");
    },
  });
  await replay.start();
  await replay.pass(300);
  assert.equal(replay.troubles[0], "3 frames lost");
  assert.match(replay.troubles[1] ?? "", /broke off: clip\.cptv ends in the middle/);
  assert.equal(replay.frames.length, 1);
  assert.equal(replay.ends, 2);
});

test("an empty recording ends instead of looping for ever", async () => {
  const replay = new Replay([], { repeat: "loop" });
  await replay.start();
  await replay.pass(20);
  assert.equal(replay.ends, 2);
});
