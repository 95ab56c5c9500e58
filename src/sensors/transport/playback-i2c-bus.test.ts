import assert from "node:assert/strict";
import { test } from "node:test";
import { i2cRecordingHeading, parseI2cRecording } from "./i2c-exchange.ts";
import { PlaybackI2cBus } from "./playback-i2c-bus.ts";

const lines = [
  i2cRecordingHeading,
  "# SCD41 on a test bench",
  "0.000 ms  0x62  write 36 82  read 0  took 0.310 ms",
  "",
  "1.561 ms  0x62  write  read 9: f8 96 31 9f 07 c2 3b be 89  took 0.940 ms",
];

function playback(): PlaybackI2cBus {
  return new PlaybackI2cBus(parseI2cRecording({ name: "bench.txt", text: lines.join("\r\n") }));
}

const ask = { address: 0x62, write: Uint8Array.of(0x36, 0x82), readBytes: 0 };
const read = { address: 0x62, write: new Uint8Array(), readBytes: 9 };

test("the recorded exchanges in their order are answered, and closing finds nothing wrong", async () => {
  const bus = playback();
  assert.equal(bus.remaining, 2);
  await bus.transfer(ask);
  assert.equal((await bus.transfer(read))[0], 0xf8);
  assert.equal(bus.remaining, 0);
  await bus.close();
});

test("any differing byte, address or length fails, and once more on closing", async () => {
  const different = [
    { ...ask, write: Uint8Array.of(0x36, 0x83) },
    { ...ask, write: Uint8Array.of(0x36) },
    { ...ask, write: Uint8Array.of(0x36, 0x82, 0x00) },
    { ...ask, address: 0x61 },
    { ...ask, readBytes: 9 },
    read,
  ];
  for (const transfer of different) {
    const bus = playback();
    const isMismatch = /^Error: Playback: exchange 1 is "0x62 {2}write 36 82 {2}read 0", asked for was/;
    await assert.rejects(bus.transfer(transfer), isMismatch);
    await assert.rejects(bus.close(), isMismatch);
  }
});

test("a mismatch that a driver swallowed fails the closing even if the right exchanges follow", async () => {
  const bus = playback();
  await bus.transfer({ ...ask, address: 0x10 }).catch(() => undefined);
  await bus.transfer(ask);
  await bus.transfer(read);
  await assert.rejects(bus.close(), /asked for was "0x10/);
});

test("exchanges left over fail the closing", async () => {
  const bus = playback();
  await bus.transfer(ask);
  await assert.rejects(bus.close(), /1 exchanges were left over, first "0x62 {2}write {2}read 9"/);
});

test("an exchange after the last one fails", async () => {
  const bus = playback();
  await bus.transfer(ask);
  await bus.transfer(read);
  await assert.rejects(bus.transfer(ask), /after its 2 exchanges came "0x62 {2}write 36 82 {2}read 0"/);
});

test("a recording with a line that is no exchange is refused by its number", () => {
  const spoilt = [
    "0.000 ms  0x62  write 36 8  read 0  took 0.310 ms",
    "0.000 ms  0x82  write 36 82  read 0  took 0.310 ms",
    "0.000 ms  0x62  write 36 82  read 2: f8  took 0.310 ms",
    "0.000 ms  0x62  write 36 82  read 2  took 0.310 ms",
    "0.000 ms  0x62  write 36 82  read 2 failed badly  took 0.310 ms",
    "0.000 ms 0x62 write 36 82 read 0 took 0.310 ms",
    "0.000 ms  0x62  write 36 82  read 0",
  ];
  for (const line of spoilt) {
    assert.throws(
      () => parseI2cRecording({ name: "bench.txt", text: `${i2cRecordingHeading}\n${line}\n` }),
      (error: { code?: string; side?: string; message?: string }) =>
        error.code === "damaged-i2c-recording" &&
        error.side === "input" &&
        /bench\.txt, line 2/.test(error.message ?? ""),
      line,
    );
  }
  assert.throws(() => parseI2cRecording({ name: "notes.txt", text: "hello" }), {
    code: "not-an-i2c-recording",
  });
});
