import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { captureMessagesMax, captureReopenDelayMs } from "#sensors/transport/capture-source.ts";
import { WorkerCapture } from "#sensors/transport/linux/worker-capture.ts";
import type { TransportFailure } from "#sensors/transport/transport-failure.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { deviceShim } from "./device-shim-control.ts";
import type { PatternMessage, PatternSettings } from "./pattern-capture-worker.ts";

const workerUrl = new URL("./pattern-capture-worker.ts", import.meta.url);
const link = { path: "/dev/spidev0.0" };

beforeEach(() => deviceShim.reset());

/** A capture and all that it has told, with a promise for the next thing of a kind. */
function build(settings: Partial<PatternSettings> = {}) {
  const clock = new ManualClock();
  const flooded = new SharedArrayBuffer(4);
  const capture = new WorkerCapture({
    clock,
    workerUrl,
    link,
    settings: { periodMs: 1, flooded, ...settings },
  });
  const messages: PatternMessage[] = [];
  const failures: TransportFailure[] = [];
  let reopened = 0;
  let waiting: { done: () => boolean; resolve: () => void } | null = null;
  const told = () => {
    if (waiting?.done()) waiting.resolve();
  };
  const until = (done: () => boolean) =>
    new Promise<void>((resolve) => {
      waiting = { done, resolve };
      told();
    });
  const listener = {
    onMessage: (message: unknown) => {
      messages.push(message as PatternMessage);
      told();
    },
    onFailure: (failure: TransportFailure) => {
      failures.push(failure);
      told();
    },
    onLinkReopened: () => {
      reopened += 1;
      told();
    },
  };
  return { capture, clock, flooded, messages, failures, listener, until, reopenedCount: () => reopened };
}

test("packets read in a capture thread arrive whole and in order, until it is stopped", async () => {
  const { capture, messages, listener, until } = build();
  await capture.start(listener);
  await until(() => messages.length >= 20);
  await capture.stop();
  messages.forEach(({ sequence, bytes }, index) => {
    assert.equal(sequence, index);
    assert.equal(bytes.length, 164);
    assert.deepEqual([...bytes.subarray(0, 4)], [index >> 8, index & 0xff, 2, 3]);
  });
  assert.equal(capture.droppedMessages, 0);
  assert.equal(deviceShim.openCount(), 0);
  const count = messages.length;
  await capture.stop();
  assert.equal(messages.length, count);
});

test("a link that cannot be opened at the start is told once and looked for until it is there", async () => {
  deviceShim.set("open_errno", 2);
  const { capture, messages, failures, listener, until, reopenedCount } = build();
  await capture.start(listener);
  assert.equal(failures.length, 1);
  assert.equal(failures[0]?.code, "device-missing");
  assert.match(failures[0]?.message ?? "", /SPI is disabled/);
  deviceShim.set("open_errno", 0);
  await until(() => messages.at(-1)?.reopened === 1);
  assert.equal(reopenedCount(), 1);
  assert.equal(failures.length, 1);
  await capture.stop();
  assert.equal(deviceShim.openCount(), 0);
});

test("an owner that falls behind loses the newest messages, counted, and memory stays bounded", async () => {
  const { capture, flooded, messages, listener, until } = build({ periodMs: 3_600_000 });
  await capture.start(listener);
  await until(() => messages.length === 1);
  capture.send("flood");
  // This thread is busy with something else until the reader has offered all.
  Atomics.wait(new Int32Array(flooded), 0, 0);
  await until(() => messages.length === 1 + captureMessagesMax);
  assert.equal(capture.droppedMessages, 100 - captureMessagesMax);
  await capture.stop();
  assert.equal(messages.length, 1 + captureMessagesMax);
});

test("a link that fails is told once, opened again, and the reader knows", async () => {
  const { capture, messages, failures, listener, until, reopenedCount } = build();
  await capture.start(listener);
  deviceShim.set("unplugged", 1);
  await until(() => failures.length === 1);
  assert.equal(failures[0]?.code, "gone");
  deviceShim.set("unplugged", 0);
  await until(() => messages.at(-1)?.reopened === 1);
  assert.equal(reopenedCount(), 1);
  assert.equal(failures.length, 1);
  await capture.stop();
  assert.equal(deviceShim.openCount(), 0);
});

test("a capture thread that dies is told and started again", async () => {
  const { capture, clock, messages, failures, listener, until, reopenedCount } = build();
  await capture.start(listener);
  await until(() => messages.length > 3);
  capture.send("die");
  await until(() => failures.length === 1);
  assert.match(failures[0]?.message ?? "", /has ended \(planted fault\): it is started again/);
  assert.equal(failures[0]?.code, "gone");
  assert.equal(deviceShim.openCount(), 0);
  const before = messages.length;
  clock.advanceMs(captureReopenDelayMs);
  await until(() => messages.length > before);
  assert.equal(reopenedCount(), 1);
  assert.equal(messages[before]?.sequence, 0);
  await capture.stop();
  assert.equal(clock.timersSet, 0);
  assert.equal(deviceShim.openCount(), 0);
});
