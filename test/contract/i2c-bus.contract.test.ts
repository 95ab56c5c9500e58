import assert from "node:assert/strict";
import { test } from "node:test";
import { i2cRecordingHeading, parseI2cRecording } from "#sensors/transport/i2c-exchange.ts";
import { PlaybackI2cBus } from "#sensors/transport/playback-i2c-bus.ts";
import { RecordingI2cBus } from "#sensors/transport/recording-i2c-bus.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { SerialNumberBus } from "#support/serial-number-bus.ts";
import { type I2cBusCase, i2cBusContract } from "./i2c-bus.contract.ts";

const ask = "0.000 ms  0x62  write 36 82  read 0  took 0.300 ms";
const read = "1.000 ms  0x62  write  read 9: f8 96 31 9f 07 c2 3b be 89  took 0.900 ms";
const readWord = "1.000 ms  0x62  write  read 3: f8 96 31  took 0.500 ms";
const readNothing = "0.000 ms  0x62  write  read 9 failed no-answer  took 0.100 ms";
const askAndRead = "2.000 ms  0x62  write 36 82  read 9: f8 96 31 9f 07 c2 3b be 89  took 1.000 ms";
const nobody = "0.000 ms  0x61  write 36 82  read 0 failed no-answer  took 0.100 ms";

const recordings: Readonly<Record<I2cBusCase, readonly string[]>> = {
  "write-then-read": [ask, read],
  "repeated-start": [askAndRead],
  "nobody-there": [nobody],
  "after-no-answer": [readNothing, nobody, askAndRead],
  "in-order": [ask, read, ask, readWord, nobody, ask, read],
  "own-bytes": [askAndRead, askAndRead],
  closed: [],
};

i2cBusContract({
  name: "played back",
  open: async (exchanges) => {
    const text = [i2cRecordingHeading, ...recordings[exchanges]].join("\n");
    return new PlaybackI2cBus(parseI2cRecording({ name: exchanges, text }));
  },
});

i2cBusContract({ name: "faked", open: async () => new SerialNumberBus() });

i2cBusContract({
  name: "recorded over a faked one",
  open: async () =>
    new RecordingI2cBus({ bus: new SerialNumberBus(), clock: new ManualClock(), writeLine: () => undefined }),
});

test("what the recording bus writes is what the playback of the contract holds", async () => {
  const lines: string[] = [];
  const bus = new RecordingI2cBus({
    bus: new SerialNumberBus(),
    clock: new ManualClock(),
    writeLine: (line) => lines.push(line),
  });
  const address = 0x62;
  await bus.transfer({ address, write: Uint8Array.of(0x36, 0x82), readBytes: 0 });
  await bus.transfer({ address, write: new Uint8Array(), readBytes: 9 });
  await assert.rejects(bus.transfer({ address: 0x61, write: Uint8Array.of(0x36, 0x82), readBytes: 0 }));
  const timeless = (line: string) => line.replace(/[\d.]+ ms/g, "… ms");
  assert.deepEqual(lines.map(timeless), [i2cRecordingHeading, ask, read, nobody].map(timeless));
});
