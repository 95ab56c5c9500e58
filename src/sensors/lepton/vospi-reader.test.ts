import assert from "node:assert/strict";
import { test } from "node:test";
import { getHeapStatistics } from "node:v8";
import { type CyclingCamera, cyclingCamera } from "#support/cycling-camera.ts";
import { numberedPicture } from "#support/lepton-bench.ts";
import { TransportFailure } from "../transport/transport-failure.ts";
import type { VospiFrame } from "./frame-assembler.ts";
import { VospiReader } from "./vospi-reader.ts";
import { syncIdleMs } from "./vospi-timing.ts";

interface Bench {
  readonly camera: CyclingCamera;
  readonly reader: VospiReader;
  readonly frames: VospiFrame[];
  syncLosses: number;
  /** Calls the reader as often as it asks for, for so long. */
  pass(ms: number): void;
}

function bench(): Bench {
  const camera = cyclingCamera();
  const made: Bench = {
    camera,
    frames: [],
    syncLosses: 0,
    reader: new VospiReader({
      spi: camera.spi,
      clock: camera.clock,
      telemetryPlace: "footer",
      onFrame: (frame) => void made.frames.push(frame),
      onSyncLost: () => {
        made.syncLosses += 1;
      },
    }),
    pass(ms) {
      const endMs = camera.clock.monotonicMs() + ms;
      while (camera.clock.monotonicMs() < endMs) camera.advanceMs(made.reader.readDue());
    },
  };
  return made;
}

test("a reader touches nothing until it is told to, and then lets the line idle long enough first", () => {
  const { camera, reader, pass } = bench();
  pass(1_000);
  assert.equal(camera.reads, 0);
  reader.resume({ frameWithinMs: 500 });
  const before = camera.clock.monotonicMs();
  while (camera.reads === 0) camera.advanceMs(reader.readDue());
  assert.ok(camera.clock.monotonicMs() - before <= 20, "it has idled long enough already");
  reader.pause();
  reader.resume({ frameWithinMs: 500 });
  const { reads } = camera;
  const again = camera.clock.monotonicMs();
  while (camera.reads === reads) camera.advanceMs(reader.readDue());
  assert.ok(camera.clock.monotonicMs() - again >= syncIdleMs);
});

test("pictures come at their rate and each is whole", () => {
  const { reader, frames, pass } = bench();
  reader.resume({ frameWithinMs: 500 });
  pass(10_000);
  assert.ok(frames.length >= 84 && frames.length <= 87, `${frames.length} pictures`);
  for (const { pixels } of frames) {
    const expected = numberedPicture(pixels[0]! - 29_000);
    assert.ok(pixels.every((pixel, i) => pixel === expected[i]));
  }
});

test("when beginning anew twice does not help, the owner is asked once and nothing is read", () => {
  const made = bench();
  made.reader.resume({ frameWithinMs: 500 });
  made.pass(2_000);
  made.camera.send("discards");
  made.pass(10_000);
  assert.equal(made.syncLosses, 1);
  assert.equal(made.reader.counters.resyncs, 3);
  const { reads } = made.camera;
  made.pass(5_000);
  assert.equal(made.camera.reads, reads);
  made.camera.send("cycle");
  made.reader.resume({ frameWithinMs: 1_500 });
  const { length } = made.frames;
  made.pass(1_000);
  assert.ok(made.frames.length > length);
  assert.equal(made.syncLosses, 1);
});

test("a reader that was resumed asks again at once when no picture comes", () => {
  const made = bench();
  made.camera.send("discards");
  made.reader.resume({ frameWithinMs: 1_500 });
  made.pass(1_500 + syncIdleMs + 50);
  assert.equal(made.syncLosses, 1);
});

test("a host that was late for a quarter of a second loses what it missed and no more", () => {
  const made = bench();
  made.reader.resume({ frameWithinMs: 500 });
  made.pass(3_000);
  const { length } = made.frames;
  made.camera.advanceMs(250);
  made.pass(2_000);
  assert.ok(made.frames.length >= length + 13, `${made.frames.length - length} pictures`);
  assert.equal(made.syncLosses, 0);
});

test("a bus that fails is the caller's to deal with", () => {
  const { camera, reader } = bench();
  reader.resume({ frameWithinMs: 500 });
  camera.advanceMs(300);
  camera.setFailure(new TransportFailure("gone", "planted"));
  assert.throws(() => reader.readDue(), /planted/);
});

test("nothing is allocated per packet", () => {
  const made = bench();
  made.camera.send("invalid");
  made.reader.resume({ frameWithinMs: 3_600_000 });
  // The compiler has seen the code.
  made.pass(60_000);
  const { packets } = made.reader.counters;
  const before = getHeapStatistics().used_heap_size;
  made.pass(60_000);
  const bytes = getHeapStatistics().used_heap_size - before;
  const count = made.reader.counters.packets - packets;
  assert.ok(count > 300_000, `${count} packets`);
  // One object of the smallest size for each packet would be 12 bytes.
  assert.ok(bytes / count < 2, `${(bytes / count).toFixed(2)} bytes a packet`);
});
