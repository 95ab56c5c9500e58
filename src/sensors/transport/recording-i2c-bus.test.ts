import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "#support/manual-clock.ts";
import { SerialNumberBus } from "#support/serial-number-bus.ts";
import type { I2cBus } from "./i2c-bus.ts";
import { i2cRecordingHeading, parseI2cRecording } from "./i2c-exchange.ts";
import { PlaybackI2cBus } from "./playback-i2c-bus.ts";
import { RecordingI2cBus } from "./recording-i2c-bus.ts";
import { TransportFailure } from "./transport-failure.ts";

/** A bus on which an exchange takes 1.25 ms of the clock's time. */
function timedBus(clock: ManualClock): I2cBus {
  const bus = new SerialNumberBus();
  return {
    transfer: (transfer) => {
      clock.advanceMs(1.25);
      return bus.transfer(transfer);
    },
    close: () => bus.close(),
  };
}

async function record(work: (bus: I2cBus, clock: ManualClock) => Promise<void>): Promise<string[]> {
  const clock = new ManualClock();
  clock.advanceMs(500);
  const lines: string[] = [];
  const bus = new RecordingI2cBus({ bus: timedBus(clock), clock, writeLine: (line) => lines.push(line) });
  await work(bus, clock);
  await bus.close();
  return lines;
}

const write = Uint8Array.of(0x36, 0x82);

test("an exchange becomes a line with its time, its bytes and its length of time", async () => {
  const lines = await record(async (bus, clock) => {
    await bus.transfer({ address: 0x62, write, readBytes: 0 });
    clock.advanceMs(1);
    await bus.transfer({ address: 0x62, write: new Uint8Array(), readBytes: 3 });
    await assert.rejects(bus.transfer({ address: 0x09, write: new Uint8Array(), readBytes: 2 }));
  });
  assert.deepEqual(lines, [
    i2cRecordingHeading,
    "0.000 ms  0x62  write 36 82  read 0  took 1.250 ms",
    "2.250 ms  0x62  write  read 3: f8 96 31  took 1.250 ms",
    "3.500 ms  0x09  write  read 2 failed no-answer  took 1.250 ms",
  ]);
});

test("a recording played back answers the same, failures with their code", async () => {
  const work = async (bus: I2cBus) => {
    const answers: unknown[] = [];
    for (const address of [0x62, 0x61]) {
      const answer = bus.transfer({ address, write, readBytes: 9 });
      answers.push(await answer.then((bytes) => [...bytes]).catch((error: TransportFailure) => error.code));
    }
    return answers;
  };
  let recorded: unknown[] = [];
  const lines = await record(async (bus) => {
    recorded = await work(bus);
  });
  const bus = new PlaybackI2cBus(parseI2cRecording({ name: "test", text: `${lines.join("\n")}\n` }));
  assert.deepEqual(await work(bus), recorded);
  await bus.close();
});

test("an error of the program is passed on and not written down", async () => {
  const lines: string[] = [];
  const bus = new RecordingI2cBus({
    bus: { transfer: () => Promise.reject(new Error("bug")), close: async () => undefined },
    clock: new ManualClock(),
    writeLine: (line) => lines.push(line),
  });
  await assert.rejects(bus.transfer({ address: 0x62, write, readBytes: 0 }), /bug/);
  assert.deepEqual(lines, [i2cRecordingHeading]);
});

test("a failure keeps its code in the recording", async () => {
  const lines: string[] = [];
  const failure = new TransportFailure("bus-error", "The bus is held.");
  const bus = new RecordingI2cBus({
    bus: { transfer: () => Promise.reject(failure), close: async () => undefined },
    clock: new ManualClock(),
    writeLine: (line) => lines.push(line),
  });
  await assert.rejects(bus.transfer({ address: 0x62, write, readBytes: 0 }), failure);
  assert.equal(lines[1], "0.000 ms  0x62  write 36 82  read 0 failed bus-error  took 0.000 ms");
});
