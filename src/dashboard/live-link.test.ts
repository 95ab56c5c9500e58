import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "#support/manual-clock.ts";
import { encodeLiveFrame } from "#wire/live-frame-codec.ts";
import { LiveLink, type LiveSocket } from "./live-link.ts";

class FakeSocket implements LiveSocket {
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  readonly sent: unknown[] = [];
  closed = false;
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.closed = true;
  }
}

function linked(probe: () => Promise<boolean> = async () => false) {
  const clock = new ManualClock();
  const sockets: FakeSocket[] = [];
  const told: string[] = [];
  const link = new LiveLink(
    {
      clock,
      chance: () => 1,
      openSocket: () => {
        const socket = new FakeSocket();
        sockets.push(socket);
        return socket;
      },
      probe,
    },
    {
      onUp: () => told.push("up"),
      onDown: () => told.push("down"),
      onMessage: (message) => told.push(message.type),
      onPicture: ({ device }) => told.push(`picture of ${device}`),
      onNotUnderstood: () => told.push("not understood"),
    },
  );
  link.start();
  return { clock, sockets, told, link };
}

const devices = JSON.stringify({ type: "devices", devices: [], serverTimeMicros: 1 });

test("messages and pictures are passed on, and what is neither is counted", () => {
  const { sockets, told } = linked();
  const [socket] = sockets;
  socket?.onopen?.();
  socket?.onmessage?.({ data: devices });
  const frame = encodeLiveFrame({
    width: 1,
    height: 1,
    unit: "centikelvin",
    capturedAtMicros: 1,
    frameCounter: 1,
    ffcState: null,
    pixels: Uint16Array.of(1),
  });
  socket?.onmessage?.({ data: Uint8Array.of(1, 97, ...frame).buffer });
  socket?.onmessage?.({ data: '{"type":"surprise"}' });
  socket?.onmessage?.({ data: "not JSON" });
  socket?.onmessage?.({ data: new ArrayBuffer(3) });
  assert.deepEqual(told, [
    "up",
    "devices",
    "picture of a",
    "not understood",
    "not understood",
    "not understood",
  ]);
});

test("a lost connection is told once and tried again at growing intervals until it stands", () => {
  const { clock, sockets, told } = linked();
  sockets[0]?.onopen?.();
  sockets[0]?.onclose?.();
  for (const waitMs of [500, 1_000, 2_000]) {
    const tries = sockets.length;
    clock.advanceMs(waitMs - 1);
    assert.equal(sockets.length, tries, `not before ${waitMs} ms`);
    clock.advanceMs(1);
    assert.equal(sockets.length, tries + 1, `after ${waitMs} ms`);
    sockets.at(-1)?.onclose?.();
  }
  assert.deepEqual(told, ["up", "down"]);
});

test("only a message proves the hub is back: waits begin anew after it, not after a mere connection", () => {
  const { clock, sockets } = linked();
  sockets[0]?.onclose?.();
  clock.advanceMs(500);
  sockets[1]?.onopen?.();
  sockets[1]?.onmessage?.({ data: devices });
  sockets[1]?.onclose?.();
  clock.advanceMs(500);
  assert.equal(sockets.length, 3);
});

test("the wish for pictures is repeated every 10 s, because the hub forgets it after 20 s", async () => {
  const { clock, sockets, link } = linked(async () => true);
  link.watch(["a", "b"]);
  const [socket] = sockets;
  socket?.onopen?.();
  for (let seconds = 0; seconds < 30; seconds += 1) {
    clock.advanceMs(1_000);
    socket?.onmessage?.({ data: devices });
  }
  const wish = { type: "watch", devices: ["a", "b"] };
  assert.deepEqual(socket?.sent, [wish, wish, wish, wish]);
});

test("a connection on which nothing comes is given up when the hub does not answer either", async () => {
  const { clock, sockets, told } = linked(async () => false);
  sockets[0]?.onopen?.();
  clock.advanceMs(6_000);
  await Promise.resolve();
  await Promise.resolve();
  assert.deepEqual(told, ["up", "down"]);
  assert.equal(sockets[0]?.closed, true);
});

test("a quiet hub that answers keeps its connection", async () => {
  const { clock, sockets, told } = linked(async () => true);
  sockets[0]?.onopen?.();
  clock.advanceMs(60_000);
  await Promise.resolve();
  await Promise.resolve();
  assert.deepEqual(told, ["up"]);
  assert.equal(sockets.length, 1);
});

test("a try that hangs is given up after 8 s", () => {
  const { clock, sockets } = linked();
  clock.advanceMs(9_000);
  assert.equal(sockets[0]?.closed, true);
  clock.advanceMs(500);
  assert.equal(sockets.length, 2);
});

test("trying now does not wait, and leaves one connection", () => {
  const { clock, sockets, link } = linked();
  sockets[0]?.onclose?.();
  link.reconnectNow();
  assert.equal(sockets.length, 2);
  link.reconnectNow();
  clock.advanceMs(5_000);
  assert.equal(sockets.length, 2);
});

test("a stopped link stays away", () => {
  const { clock, sockets, told, link } = linked();
  sockets[0]?.onopen?.();
  link.stop();
  sockets[0]?.onclose?.();
  clock.advanceMs(60_000);
  assert.equal(sockets.length, 1);
  assert.deepEqual(told, ["up"]);
});
