import assert from "node:assert/strict";
import { test } from "node:test";
import type { ToLink } from "#wire/link-channel.ts";
import { LinkQueue, repliesWaitingMax, telemetryWaitingMax } from "./link-queue.ts";

/** A channel that takes a message only when the test says so. */
class StuckChannel {
  readonly sent: ToLink[] = [];
  readonly queue = new LinkQueue((message, onTaken) => {
    this.sent.push(message);
    this.#taken.push(onTaken);
  });
  readonly #taken: (() => void)[] = [];

  /** Takes everything there is. */
  takeAll(): void {
    for (let taken = this.#taken.shift(); taken !== undefined; taken = this.#taken.shift()) taken();
  }
}

const second = (n: number): ToLink => ({ kind: "telemetry", text: String(n) });

test("a stuck channel is given four messages and no more", () => {
  const channel = new StuckChannel();
  for (let n = 0; n < 50; n += 1) channel.queue.add(second(n));
  assert.equal(channel.sent.length, 4);
});

test("the oldest telemetry goes first and is counted once", () => {
  const channel = new StuckChannel();
  for (let n = 0; n < 4 + telemetryWaitingMax + 7; n += 1) channel.queue.add(second(n));
  assert.deepEqual(channel.queue.takeLetGo(), { telemetry: 7, pictures: 0, replies: 0 });
  assert.deepEqual(channel.queue.takeLetGo(), { telemetry: 0, pictures: 0, replies: 0 });
  channel.takeAll();
  const texts = channel.sent.map((message) => (message.kind === "telemetry" ? message.text : ""));
  assert.deepEqual(texts.slice(0, 5), ["0", "1", "2", "3", "11"]);
  assert.equal(texts.length, 4 + telemetryWaitingMax);
});

test("of pictures and states only the newest waits", () => {
  const channel = new StuckChannel();
  for (let n = 0; n < 4; n += 1) channel.queue.add(second(n));
  for (const n of [1, 2, 3]) {
    channel.queue.add({ kind: "picture", payload: Uint8Array.of(n) });
    channel.queue.add({ kind: "state", text: String(n) });
  }
  channel.takeAll();
  assert.deepEqual(channel.sent.slice(4), [
    { kind: "state", text: "3" },
    { kind: "picture", payload: Uint8Array.of(3) },
  ]);
  assert.equal(channel.queue.takeLetGo().pictures, 2);
});

test("answers have a limit too", () => {
  const channel = new StuckChannel();
  for (let n = 0; n < 4; n += 1) channel.queue.add(second(n));
  for (let n = 0; n <= repliesWaitingMax; n += 1)
    channel.queue.add({ kind: "reply", commandId: `c${n}`, text: "" });
  assert.equal(channel.queue.takeLetGo().replies, 1);
});

test("what is recorded goes one message at a time behind telemetry, and is fetched when it is its turn", () => {
  const waiting = [1, 2, 3];
  const sent: (ToLink & { taken: () => void })[] = [];
  const queue = new LinkQueue((message, taken) => sent.push({ ...message, taken }), {
    next: () => {
      const n = waiting.shift();
      return n === undefined ? null : { kind: "record-clip", clipId: String(n), seconds: n };
    },
  });
  queue.add(second(1));
  queue.add({ kind: "picture", payload: Uint8Array.of(1) });
  const told = (): readonly string[] => sent.map(({ kind }) => kind);
  assert.deepEqual(told(), ["telemetry", "record-clip", "picture"]);
  queue.pump();
  assert.equal(sent.length, 3, "the first one is under way");
  sent[1]!.taken();
  assert.deepEqual(told(), ["telemetry", "record-clip", "picture", "record-clip"]);
  assert.deepEqual(waiting, [3]);
});

test("events overtake everything that waits", () => {
  const channel = new StuckChannel();
  for (let n = 0; n < 20; n += 1) channel.queue.add(second(n));
  channel.queue.add({ kind: "events", events: [{ id: "e", text: "", channel: "event" }] });
  channel.takeAll();
  assert.equal(channel.sent[4]?.kind, "events");
});
