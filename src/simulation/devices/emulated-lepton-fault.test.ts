import assert from "node:assert/strict";
import { test } from "node:test";
import { bootedHost, type HostSegment, type LeptonHost } from "#support/lepton-host.ts";
import { EmulatedI2cBus } from "./emulated-i2c-bus.ts";
import { type LeptonFault, LeptonFaults } from "./emulated-lepton-fault.ts";
import { crc16 } from "./emulated-vospi-packet.ts";

function hostWith(fault: LeptonFault): LeptonHost {
  const host = bootedHost();
  host.enableTelemetry();
  host.frames(300);
  host.lepton.setFault(fault);
  return host;
}

function isIntact({ bytes }: { readonly bytes: Uint8Array }): boolean {
  const plain = bytes.slice();
  plain[0]! &= 0x0f;
  plain.fill(0, 2, 4);
  return crc16(plain) === ((bytes[2]! << 8) | bytes[3]!);
}

function validOf(segments: readonly HostSegment[]): HostSegment[] {
  return segments.filter(({ number }) => number !== 0);
}

function packetNumbers({ packets }: HostSegment): number[] {
  return packets.map(({ id }) => id & 0xfff);
}

function pixelsDiffer(host: LeptonHost): boolean {
  const [first, second] = host.frames(500);
  return first!.pixels[0] !== second!.pixels[0];
}

test("a fault ends by count, by time, by its remedy or by being taken away", () => {
  let nowMs = 0;
  const faults = new LeptonFaults(() => nowMs);
  faults.arm({ kind: "crc-error", times: 2 });
  faults.arm({ kind: "stall", forMs: 100 });
  faults.arm({ kind: "discards", curedBy: "reboot" });
  faults.arm({ kind: "cci-busy" });
  assert.ok(faults.strike("crc-error") !== null && faults.strike("crc-error") !== null);
  assert.equal(faults.strike("crc-error"), null);
  nowMs = 99;
  assert.ok(faults.active("stall") !== null);
  nowMs = 100;
  assert.equal(faults.active("stall"), null);
  faults.cure("resync");
  assert.ok(faults.active("discards") !== null);
  faults.cure("power-cycle");
  assert.equal(faults.active("discards"), null);
  assert.ok(faults.active("cci-busy") !== null);
  faults.clear();
  assert.equal(faults.active("cci-busy"), null);
});

test("discards for ever: nothing else comes, and idling does not help", () => {
  const host = hostWith({ kind: "discards" });
  assert.equal(host.segments(300).length, 0);
  host.idle();
  assert.equal(host.segments(300).length, 0);
  host.lepton.setFault(null);
  host.idle();
  assert.ok(host.segments(100).length > 5);
});

test("each remedy cures what it is said to cure, and the weaker ones do not", async () => {
  for (const [index, curedBy] of (["resync", "reboot", "power-cycle"] as const).entries()) {
    const host = hostWith({ kind: "discards", curedBy });
    const works: boolean[] = [];
    assert.equal(host.segments(50).length, 0);
    host.idle();
    works.push(host.segments(50).length > 0);
    host.write(0x0006, 0);
    host.write(0x0004, 0x4842);
    host.boot();
    works.push(host.segments(50).length > 0);
    await host.lepton.powerLine.set("low");
    await host.lepton.powerLine.set("high");
    host.boot();
    works.push(host.segments(50).length > 0);
    assert.deepEqual(works, [index <= 0, index <= 1, true], curedBy);
  }
});

test("a wrong segment number stands in packet 20 alone, and only in so many segments", () => {
  const host = hostWith({ kind: "wrong-segment-number", times: 2 });
  const numbers = host
    .segments(400)
    .map(({ number }) => number)
    .join("");
  assert.equal(numbers.match(/[1-4]+/g)!.filter((run) => run !== "1234").length, 1, numbers);
  assert.ok(host.segments(300).every(({ packets }) => packets.every(isIntact)));
});

test("segment 0 for ever", () => {
  const host = hostWith({ kind: "segment-zero" });
  const segments = host.segments(500);
  assert.ok(segments.length > 40);
  assert.ok(segments.slice(4).every(({ number }) => number === 0));
});

test("a duplicated packet stands in the place of the right one", () => {
  const host = hostWith({ kind: "duplicated-packet", packet: 33, times: 1 });
  const wrong = host.segments(300).filter((segment) => packetNumbers(segment)[33] !== 33);
  assert.equal(wrong.length, 1);
  assert.equal(packetNumbers(wrong[0]!)[33], 32);
});

test("two packets change places", () => {
  const host = hostWith({ kind: "swapped-packets", packet: 40, times: 3 });
  const wrong = host.segments(300).filter((segment) => packetNumbers(segment)[40] !== 40);
  assert.equal(wrong.length, 3);
  assert.deepEqual(packetNumbers(wrong[0]!).slice(39, 43), [39, 41, 40, 42]);
  assert.ok(wrong[0]!.packets.every(isIntact));
});

test("a slipped byte moves everything after it until the line idles", () => {
  const host = hostWith({ kind: "byte-slip", bytes: 1 });
  host.clock.advanceMs(4);
  const packets = host.packets(61);
  assert.ok(packets.filter((packet) => !packet.isDiscard && isIntact(packet)).length <= 1);
  host.idle();
  assert.ok(host.segments(200).every(({ packets: whole }) => whole.every(isIntact)));
});

test("a checksum error touches one packet of each segment and not the sync", () => {
  const host = hostWith({ kind: "crc-error", packet: 12, times: 5 });
  const broken = validOf(host.segments(600)).filter(({ packets }) => !packets.every(isIntact));
  assert.equal(broken.length, 5);
  for (const { packets } of broken)
    assert.deepEqual(
      packets.filter((one) => !isIntact(one)),
      [packets[12]],
    );
  assert.equal(host.lepton.videoCounts.syncLosses, 0);
});

test("a stalled line stays at its level", () => {
  for (const level of [0x00, 0xff] as const) {
    const host = hostWith({ kind: "stall", level, forMs: 50 });
    assert.ok(host.packets(3).every(({ bytes }) => bytes.every((byte) => byte === level)));
    host.clock.advanceMs(236);
    assert.ok(host.segments(100).length > 5);
  }
});

test("a reboot in the middle: no video, deaf, and all settings as after power-on", () => {
  const host = hostWith({ kind: "reboot" });
  assert.throws(() => host.status(), { code: "no-answer" });
  assert.equal(host.segments(900).length, 0);
  host.clock.advanceMs(200);
  assert.deepEqual(host.get(0x0218, 2), [0, 0]);
  assert.ok(host.lepton.moment.uptimeMs < 1_200, "once, not again and again");
});

test("a correction that does not end keeps the picture frozen", () => {
  const host = hostWith({ kind: "ffc-stuck", forMs: 5_000 });
  const frames = host.frames(4_500);
  assert.ok(frames.length > 30);
  assert.equal(new Set(frames.map(({ pixels }) => pixels[0])).size, 1);
  assert.ok(frames.every(({ telemetry }) => ((telemetry[3]! >> 4) & 0b11) === 0b10));
  host.clock.advanceMs(600);
  host.idle();
  assert.equal(pixelsDiffer(host), true);
});

test("a frozen picture's counter goes on, a frozen frame's does not", () => {
  const counters = (kind: "frozen-picture" | "frozen-frame") => {
    const frames = hostWith({ kind }).frames(1_000);
    assert.equal(new Set(frames.slice(1).map(({ pixels }) => pixels[0])).size, 1);
    return new Set(frames.slice(1).map(({ telemetry }) => telemetry[20])).size;
  };
  assert.ok(counters("frozen-picture") > 5);
  assert.equal(counters("frozen-frame"), 1);
});

test("the control interface does not acknowledge, so many times", () => {
  const host = hostWith({ kind: "cci-no-answer", times: 2 });
  assert.throws(() => host.status(), { code: "no-answer" });
  assert.throws(() => host.status(), { code: "no-answer" });
  assert.equal(host.status(), 0x0006);
});

test("the control interface is busy for a while, and takes no command", () => {
  const host = hostWith({ kind: "cci-busy", forMs: 100 });
  assert.equal(host.status() & 1, 1);
  host.write(0x0006, 0);
  host.write(0x0004, 0x0242);
  host.clock.advanceMs(101);
  assert.equal(host.status(), 0x0006);
  assert.equal(host.lepton.moment.corrections, 1);
  assert.equal(host.lepton.moment.ffcState, "complete");
});

test("commands end with an error", () => {
  const host = hostWith({ kind: "cci-error", result: -2, times: 1 });
  assert.equal(host.run(0x0240), -2);
  assert.equal(host.run(0x0240), 0);
});

test("answers come late when the clock is stretched", async () => {
  const host = hostWith({ kind: "cci-late", ms: 40, times: 1 });
  const bus = new EmulatedI2cBus([host.lepton.cci], { clock: host.clock });
  const read = { address: 0x2a, write: Uint8Array.of(0x00, 0x02), readBytes: 2 };
  let isAnswered = false;
  const late = bus.transfer(read).then((bytes) => {
    isAnswered = true;
    return bytes;
  });
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  host.clock.advanceMs(39);
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  assert.equal(isAnswered, false);
  host.clock.advanceMs(1);
  assert.deepEqual(await late, Uint8Array.of(0x00, 0x06));
  assert.deepEqual(await bus.transfer(read), Uint8Array.of(0x00, 0x06));
});

test("a power cut takes video and control away, and the module boots when it ends", () => {
  const host = hostWith({ kind: "power-cut", forMs: 300 });
  assert.ok(host.packets(1)[0]!.bytes.every((byte) => byte === 0x00));
  assert.throws(() => host.status(), { code: "no-answer" });
  host.clock.advanceMs(300);
  assert.throws(() => host.status(), { code: "no-answer" });
  host.clock.advanceMs(1_000);
  assert.equal(host.status(), 0x0006);
  assert.deepEqual(host.get(0x0218, 2), [0, 0]);
});

test("a wrong part says so, and a wrong revision codes the correction's state the old way", () => {
  const host = hostWith({ kind: "wrong-part", partNumber: "500-0643-00" });
  assert.equal(host.get(0x481c, 16)[2], "0".charCodeAt(0) | ("6".charCodeAt(0) << 8));
  host.lepton.setFault({ kind: "wrong-revision" });
  host.idle();
  const words = host.frames(300).at(-1)!.telemetry;
  assert.deepEqual([words[0], words[3]], [8, 0x20]);
});

test("faults add up, and one of the same kind replaces the other", () => {
  const host = hostWith({ kind: "cci-error", result: -2 });
  host.lepton.addFault({ kind: "cci-error", result: -3 });
  host.lepton.addFault({ kind: "segment-zero" });
  assert.equal(host.run(0x0200), -3);
  assert.ok(
    host
      .segments(300)
      .slice(4)
      .every(({ number }) => number === 0),
  );
});
