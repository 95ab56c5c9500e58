import assert from "node:assert/strict";
import { test } from "node:test";
import { bootedHost, LeptonHost, movingScene } from "#support/lepton-host.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { EmulatedLepton } from "./emulated-lepton.ts";

test("segments come as 1, 2, 3, 4 and eight invalid ones, 106 a second", () => {
  const host = bootedHost();
  const segments = host.segments(1_000);
  assert.ok(segments.length >= 104 && segments.length <= 106, `${segments.length} segments`);
  assert.ok(segments.every(({ packets }) => packets.length === 60));
  const numbers = segments.map(({ number }) => number).join("");
  assert.match(numbers, /^\d{0,12}(123400000000){7}\d*$/);
  assert.equal(host.lepton.videoCounts.syncLosses, 0);
});

test("packets are counted from 0 in each segment, and the idle time is filled with discard packets", () => {
  const host = bootedHost();
  for (const { packets } of host.segments(200)) {
    assert.deepEqual(
      packets.map(({ id }) => id & 0xfff),
      Array.from({ length: 60 }, (_, i) => i),
    );
    assert.ok(packets.every(({ id }) => id < 0x8000));
  }
  assert.ok(host.lepton.videoCounts.discardPackets > 50);
});

test("unique pictures come 8.8 times a second, pixel for pixel as the scene is", () => {
  const seen: Uint16Array[] = [];
  const scene = movingScene();
  const host = bootedHost({
    scene: (atMicros) => {
      const picture = scene(atMicros);
      seen.push(picture);
      return picture;
    },
  });
  const frames = host.frames(5_000);
  assert.ok(frames.length >= 43 && frames.length <= 45, `${frames.length} pictures`);
  const first = seen.findIndex((picture) => picture[0] === frames[0]!.pixels[0]);
  assert.ok(first >= 0);
  frames.forEach((frame, i) => {
    assert.ok(
      seen[first + i]!.every((value, at) => frame.pixels[at] === value),
      `picture ${i}`,
    );
  });
});

test("while the module boots the video line is idle, and low without supply", async () => {
  const clock = new ManualClock();
  const lepton = new EmulatedLepton({ clock, scene: movingScene(), power: "off" });
  const host = new LeptonHost(lepton, clock);
  assert.ok(host.packets(2).every(({ bytes }) => bytes.every((byte) => byte === 0x00)));
  await lepton.powerLine.set("high");
  assert.ok(host.packets(2).every(({ bytes }) => bytes.every((byte) => byte === 0xff)));
  assert.ok(host.segments(940).length === 0);
  assert.ok(host.segments(100).length > 5);
});

test("a host that stops reading for more than one segment gets discard packets until it lets the line idle", () => {
  const host = bootedHost();
  host.segments(50);
  host.clock.advanceMs(20);
  assert.equal(host.segments(180).length, 0);
  assert.equal(host.lepton.videoCounts.syncLosses, 1);
  host.clock.advanceMs(180);
  assert.equal(host.segments(100).length, 0, "180 ms of idleness is too short");
  host.idle();
  const [first] = host.segments(12);
  assert.ok(first !== undefined, "the first segment comes within 10 ms");
  assert.ok(host.frames(300).length >= 1);
});

test("a segment that is not read to its end before the next is ready loses synchronisation", () => {
  const host = bootedHost();
  host.segments(50);
  while (host.packets(1)[0]!.isDiscard) host.clock.advanceMs(1);
  host.packets(58);
  host.clock.advanceMs(10);
  assert.ok(host.packets(5).every(({ isDiscard }) => isDiscard));
  assert.equal(host.lepton.videoCounts.syncLosses, 1);
});

test("a segment may be read in pieces while the next is not ready", () => {
  const host = bootedHost();
  host.segments(50);
  while (host.packets(1)[0]!.isDiscard) host.clock.advanceMs(0.5);
  const ids = [19, 20, 20].flatMap((count) => {
    host.clock.advanceMs(2);
    return host.packets(count).map(({ id }) => id & 0xfff);
  });
  assert.deepEqual(
    ids,
    Array.from({ length: 59 }, (_, i) => i + 1),
  );
  host.segments(30);
  assert.equal(host.lepton.videoCounts.syncLosses, 0);
});

test("a packet must be clocked out within three lines", () => {
  for (const [waitMs, losses] of [
    [1.4, 0],
    [1.6, 1],
  ] as const) {
    const host = bootedHost();
    host.segments(50);
    host.lepton.spi.read(new Uint8Array(100));
    host.clock.advanceMs(waitMs);
    host.lepton.spi.read(new Uint8Array(64));
    assert.equal(host.lepton.videoCounts.syncLosses, losses, `${waitMs} ms`);
  }
});

test("a read across packets gives the same bytes as single reads", () => {
  const whole = bootedHost();
  const single = bootedHost();
  for (const host of [whole, single]) {
    host.packets(1);
    host.clock.advanceMs(10);
  }
  const bytes = new Uint8Array(60 * 164);
  whole.lepton.spi.read(bytes);
  assert.deepEqual(bytes, Uint8Array.from(single.packets(60).flatMap(({ bytes: packet }) => [...packet])));
});

test("with more segments kept, a late host still gets every picture", () => {
  const host = bootedHost({ segmentsKept: 6 });
  const frames = host.frames(2_000, { everyMs: 40 });
  assert.ok(frames.length >= 16, `${frames.length} pictures`);
  assert.equal(host.lepton.videoCounts.syncLosses, 0);
});

test("the same calls bring the same bytes", () => {
  const [first, second] = [bootedHost(), bootedHost()].map((host) => host.frames(1_000));
  assert.deepEqual(first, second);
});

test("a closed link says that it is closed", () => {
  const host = bootedHost();
  host.lepton.spi.close();
  assert.throws(() => host.packets(1), { code: "gone" });
});
