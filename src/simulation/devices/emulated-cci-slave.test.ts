import assert from "node:assert/strict";
import { test } from "node:test";
import { bootedHost, LeptonHost, movingScene } from "#support/lepton-host.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { EmulatedI2cBus } from "./emulated-i2c-bus.ts";
import { EmulatedLepton } from "./emulated-lepton.ts";

function bytes(text: string): Uint8Array {
  return Uint8Array.from(text.split(" ").map((byte) => Number.parseInt(byte, 16)));
}

test("the bus examples of the facts sheet are understood byte by byte", () => {
  const examples: readonly (readonly [writes: readonly string[], code: number, value: number])[] = [
    [["00 08 00 00 00 00", "00 06 00 02", "00 04 01 01"], 0x0100, 0],
    [["00 08 00 01 00 00", "00 06 00 02", "00 04 02 19"], 0x0218, 1],
    [["00 08 00 01 00 00", "00 06 00 02", "00 04 02 1D"], 0x021c, 1],
    [["00 08 00 01 00 00", "00 06 00 02", "00 04 4E C1"], 0x4ec0, 1],
    [["00 08 00 01 00 00", "00 06 00 02", "00 04 4E C5"], 0x4ec4, 1],
    [["00 08 00 00 00 00", "00 06 00 02", "00 04 4E C5"], 0x4ec4, 0],
    [["00 08 00 02 00 00", "00 06 00 02", "00 04 02 49"], 0x0248, 2],
  ];
  for (const [writes, code, value] of examples) {
    const host = bootedHost();
    const { cci } = host.lepton;
    for (const write of writes) assert.equal(cci.transfer(bytes(write), 0).length, 0);
    host.clock.advanceMs(2);
    assert.deepEqual(cci.transfer(bytes("00 02"), 2), bytes("00 06"), writes.at(-1));
    assert.deepEqual(host.get(code, 2), [value, 0]);
  }
});

test("temperature and spotmeter are read as in the facts sheet", () => {
  const host = bootedHost({
    temperatures: () => ({ fpaKelvin: 303.15, housingKelvin: 300 }),
    scene: () => new Uint16Array(19_200).fill(30_000),
  });
  const { cci } = host.lepton;
  host.frames(200);
  for (const write of ["00 06 00 01", "00 04 02 14"]) cci.transfer(bytes(write), 0);
  host.clock.advanceMs(2);
  assert.deepEqual(cci.transfer(bytes("00 02"), 2), bytes("00 06"));
  assert.deepEqual(cci.transfer(bytes("00 08"), 2), bytes("76 6B"));
  for (const write of ["00 06 00 04", "00 04 4E D0"]) cci.transfer(bytes(write), 0);
  host.clock.advanceMs(2);
  assert.deepEqual(cci.transfer(bytes("00 08"), 8), bytes("75 30 75 30 75 30 00 04"));
});

test("the status is busy while a command is carried out, and the outcome shows afterwards", () => {
  const host = bootedHost({ commandMs: 5 });
  host.write(0x0006, 2);
  host.write(0x0004, 0x0248);
  assert.equal(host.status(), 0x0007);
  host.clock.advanceMs(4);
  assert.equal(host.status(), 0x0007);
  host.clock.advanceMs(1);
  assert.equal(host.status(), 0x0006);
});

test("a command during another is lost", () => {
  const host = bootedHost({ commandMs: 5 });
  host.write(0x0008, 1, 0);
  host.write(0x0006, 2);
  host.write(0x0004, 0x0219);
  host.write(0x0004, 0x0101);
  host.clock.advanceMs(6);
  host.write(0x0006, 2);
  host.write(0x0004, 0x0100);
  host.clock.advanceMs(6);
  assert.deepEqual(host.lepton.cci.transfer(bytes("00 08"), 4), bytes("00 00 00 00"));
});

test("the module refuses what it does not have, and says why", () => {
  const host = bootedHost();
  assert.equal(host.command(0x0bfc, { length: 1 }), -7, "no such command");
  assert.equal(host.command(0x0840, { length: 0 }), -11, "the protect bit is absent");
  assert.equal(host.command(0x0214, { length: 2 }), -6, "wrong length");
  assert.equal(host.command(0x0215, { length: 1 }), -8, "a reading cannot be set");
  assert.equal(host.command(0x021a, { length: 0 }), -8, "a setting cannot be run");
  assert.equal(host.set(0x0218, 2, 0), -9, "out of range");
  assert.equal(host.set(0x4ecc, 0, 0, 120, 10), -9, "a rectangle beyond the picture");
  assert.equal(host.status(), 0xf706, "the code stays in the upper byte");
  assert.equal(host.set(0x4ecc, 0, 0, 119, 10), 0);
  assert.equal(host.set(0x4858, 0xfffd, 0xffff), 0, "−3 is a phase delay");
  assert.equal(host.set(0x4858, 0xfffc, 0xffff), -9, "−4 is none");
});

test("power-on defaults are those of a Lepton 3.5", () => {
  const host = bootedHost();
  assert.deepEqual(host.get(0x0218, 2), [0, 0], "telemetry off");
  assert.deepEqual(host.get(0x021c, 2), [1, 0], "in the footer");
  assert.deepEqual(host.get(0x0248, 2), [0, 0], "high gain");
  assert.deepEqual(host.get(0x4ec0, 2), [1, 0], "TLinear on");
  assert.deepEqual(host.get(0x4ec4, 2), [1, 0], "at 0.01 K");
  assert.deepEqual(host.get(0x4ecc, 4), [59, 79, 60, 80], "spotmeter");
  assert.deepEqual(host.get(0x0250, 14).slice(0, 10), [0, 0, 159, 119, 25, 90, 115, 85, 388, 358]);
  const ffc = host.get(0x023c, 16);
  assert.deepEqual(
    [ffc[0], ffc[4], ffc[10]! + ffc[11]! * 65_536, ffc[14], ffc[15]],
    [1, 1, 180_000, 150, 52],
  );
});

test("the part number is text with the first character in the lower byte", () => {
  const text = (host: LeptonHost) =>
    host
      .get(0x481c, 16)
      .flatMap((word) => [word & 0xff, word >> 8])
      .filter((byte) => byte > 0);
  assert.equal(String.fromCharCode(...text(bootedHost())), "500-0771-01");
  assert.equal(String.fromCharCode(...text(bootedHost({ model: "3.0" }))), "500-0726-01");
});

test("a Lepton 3.0 has neither radiometry nor low gain", () => {
  const host = bootedHost({ model: "3.0", scene: () => new Uint16Array(19_200).fill(30_000) });
  assert.equal(host.command(0x4ec0, { length: 2 }), -8);
  assert.equal(host.set(0x0248, 1, 0), -8);
  host.enableTelemetry();
  const [frame] = host.frames(300);
  assert.ok(frame!.pixels[0]! < 16_384, "raw counts of 14 bits");
  assert.equal(frame!.telemetry[160 + 48], 0, "TLinear off");
});

test("a read goes on where the last exchange stopped", () => {
  const host = bootedHost();
  host.write(0x0008, 0x1111, 0x2222, 0x3333);
  const { cci } = host.lepton;
  assert.deepEqual(cci.transfer(bytes("00 08"), 2), bytes("11 11"));
  assert.deepEqual(cci.transfer(new Uint8Array(0), 4), bytes("22 22 33 33"));
  cci.transfer(bytes("00 0A"), 0);
  assert.deepEqual(cci.transfer(new Uint8Array(0), 3), bytes("22 22 33"));
});

test("more than 16 words go through the block buffer", () => {
  const host = bootedHost();
  const words = Array.from({ length: 512 }, (_, i) => (i * 131) & 0xffff);
  host.write(0xf800, ...words);
  assert.equal(host.command(0x0309, { length: 512 }), 0);
  host.write(0xf800, 0, 0, 0);
  assert.equal(host.command(0x0308, { length: 512 }), 0);
  const read = host.lepton.cci.transfer(bytes("F8 00"), 1_024);
  assert.deepEqual(
    words.map((_, i) => (read[2 * i]! << 8) | read[2 * i + 1]!),
    words,
  );
});

test("the module is deaf at first, then says that it boots, then that it has booted", () => {
  const clock = new ManualClock();
  const host = new LeptonHost(new EmulatedLepton({ clock, scene: movingScene() }), clock);
  assert.throws(() => host.status(), { code: "no-answer" });
  clock.advanceMs(400);
  assert.equal(host.status(), 0x0002);
  clock.advanceMs(550);
  assert.equal(host.status(), 0x0006);
});

test("a reboot by command forgets all settings and the uptime", () => {
  const host = bootedHost();
  host.enableTelemetry();
  host.write(0x0006, 0);
  host.write(0x0004, 0x4842);
  assert.throws(() => host.status(), { code: "no-answer" });
  host.clock.advanceMs(1_000);
  assert.equal(host.status(), 0x0006);
  assert.deepEqual(host.get(0x0218, 2), [0, 0]);
  assert.deepEqual(
    host.get(0x020c, 2),
    [1_004 - 2, 0].map((ms, i) => (i === 0 ? ms : 0)),
  );
});

test("powered down by command, the module boots when 0 is written to the power register", () => {
  const host = bootedHost();
  host.write(0x0006, 0);
  host.write(0x0004, 0x4802);
  assert.equal(host.segments(300).length, 0);
  host.write(0x0000, 0);
  host.clock.advanceMs(2_000);
  assert.ok(host.segments(300).length > 20);
});

test("no supply, no answer", async () => {
  const host = bootedHost();
  await host.lepton.powerLine.set("low");
  assert.throws(() => host.status(), { code: "no-answer" });
  await host.lepton.powerLine.set("high");
  host.clock.advanceMs(1_000);
  assert.equal(host.status(), 0x0006);
});

test("on a bus, exchanges are done in order, and an address without a chip does not answer", async () => {
  const host = bootedHost();
  const bus = new EmulatedI2cBus([host.lepton.cci], { clock: host.clock });
  const write = bus.transfer({ address: 0x2a, write: bytes("00 08 12 34"), readBytes: 0 });
  const read = bus.transfer({ address: 0x2a, write: bytes("00 08"), readBytes: 2 });
  await write;
  assert.deepEqual(await read, bytes("12 34"));
  await assert.rejects(bus.transfer({ address: 0x62, write: bytes("21 B1"), readBytes: 0 }), {
    code: "no-answer",
  });
  await bus.close();
  await assert.rejects(bus.transfer({ address: 0x2a, write: bytes("00 02"), readBytes: 2 }), {
    code: "gone",
  });
});
