import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "#support/manual-clock.ts";
import { passTime } from "#support/pass-time.ts";
import type { I2cTransfer } from "../transport/i2c-bus.ts";
import { TransportFailure } from "../transport/transport-failure.ts";
import { command } from "./command.ts";
import { Pauses, Stopped } from "./pauses.ts";
import { ChecksumFailure, SensirionChip } from "./sensirion-chip.ts";

const start = command("start", 0x0001, { allowed: "idle", effect: "starts" });
const stop = command("stop", 0x0002, { executionMs: 500, effect: "stops" });
const ask = command("ask", 0x0003, { replyWords: 1, executionMs: 20 });
const set = command("set", 0x0004, { argumentWords: 1, executionMs: 1, allowed: "idle" });
const wake = command("wake", 0x0005, { executionMs: 30, acknowledge: "not-expected" });

interface Bench {
  readonly clock: ManualClock;
  readonly pauses: Pauses;
  readonly chip: SensirionChip;
  readonly exchanges: string[];
  readonly outcomes: string[];
}

/** A chip behind a bus that answers as told, with the monotonic time of each exchange. */
function bench(answer: (transfer: I2cTransfer) => Uint8Array): Bench {
  const clock = new ManualClock();
  const pauses = new Pauses(clock);
  const exchanges: string[] = [];
  const outcomes: string[] = [];
  const chip = new SensirionChip({
    i2c: {
      transfer: async (transfer) => {
        const what =
          transfer.readBytes > 0 ? `read ${transfer.readBytes}` : Buffer.from(transfer.write).toString("hex");
        exchanges.push(`${clock.monotonicMs()} ${what}`);
        return answer(transfer);
      },
      close: async () => undefined,
    },
    address: 0x62,
    name: "TEST1",
    pauses,
    onOutcome: (outcome, busFailure) =>
      outcomes.push(busFailure === null ? outcome : `${outcome}: ${busFailure}`),
  });
  return { clock, pauses, chip, exchanges, outcomes };
}

const beef = Uint8Array.of(0xbe, 0xef, 0x92);

function noAnswer(): never {
  throw new TransportFailure("no-answer", "Nobody there.");
}

test("the reply is read in a transaction of its own when the execution time is over", async () => {
  const { clock, chip, exchanges, outcomes } = bench(() => beef);
  const reply = chip.send(ask);
  await passTime(clock, 100);
  assert.deepEqual(await reply, [0xbeef]);
  assert.deepEqual(exchanges, ["0 0003", "20 read 3"]);
  assert.deepEqual(outcomes, ["answered"]);
});

test("a wake-up call that nobody acknowledges is no failure, one that the bus refuses is", async () => {
  const silent = bench(noAnswer);
  const woken = silent.chip.send(wake);
  await passTime(silent.clock, 50);
  await woken;
  assert.deepEqual(silent.outcomes, []);
  const missing = bench(() => {
    throw new TransportFailure("device-missing", "/dev/i2c-1 is not there.");
  });
  await assert.rejects(missing.chip.send(wake), { code: "device-missing" });
  assert.deepEqual(missing.outcomes, ["unanswered: /dev/i2c-1 is not there."]);
});

test("what the chip would ignore is not sent", async () => {
  const { clock, chip, exchanges } = bench(() => beef);
  await assert.rejects(chip.send(set, [1]), /only while the TEST1 is idle, and it is unknown/);
  const stopped = chip.send(stop);
  await assert.rejects(chip.send(ask), /waits for the command before it/);
  await passTime(clock, 500);
  await stopped;
  await assert.rejects(chip.send(set), /takes 1 words/);
  await assert.rejects(chip.send(set, [70_000]), /16-bit/);
  await chip.send(start);
  await assert.rejects(chip.send(set, [1]), /and it is measuring/);
  assert.deepEqual(exchanges, ["0 0002", "500 0001"]);
});

test("a reply with a wrong checksum is believed in no part", async () => {
  const { clock, chip, outcomes } = bench(() => Uint8Array.of(0xbe, 0xef, 0x93));
  const reply = assert.rejects(chip.send(ask), ChecksumFailure);
  await passTime(clock, 100);
  await reply;
  assert.deepEqual(outcomes, ["wrong-checksum"]);
  assert.equal(chip.counters.wrongWords, 1);
});

test("a late reply is fetched again, and a chip that stays silent is a failure", async () => {
  let refusals = 2;
  const late = bench(({ readBytes }) => {
    if (readBytes > 0 && refusals > 0) {
      refusals -= 1;
      noAnswer();
    }
    return beef;
  });
  const reply = late.chip.send(ask);
  await passTime(late.clock, 100);
  assert.deepEqual(await reply, [0xbeef]);
  assert.deepEqual(late.exchanges, ["0 0003", "20 read 3", "30 read 3", "40 read 3"]);
  const silent = bench(noAnswer);
  await assert.rejects(silent.chip.send(ask), /Nobody there/);
  assert.deepEqual(silent.outcomes, ["unanswered"]);
  assert.equal(silent.chip.counters.unanswered, 1);
});

test("a wake-up call that nobody acknowledges is no failure, and a dead bus is one", async () => {
  const asleep = bench(noAnswer);
  const woken = asleep.chip.send(wake);
  await passTime(asleep.clock, 30);
  await woken;
  assert.deepEqual(asleep.outcomes, []);
  const gone = bench(() => {
    throw new TransportFailure("gone", "The bus has vanished.");
  });
  await assert.rejects(gone.chip.send(wake), /vanished/);
  assert.equal(gone.chip.counters.busErrors, 1);
});

test("stopping ends what waits", async () => {
  const { clock, pauses, chip } = bench(() => beef);
  const stopped = assert.rejects(chip.send(stop), Stopped);
  await passTime(clock, 100);
  pauses.stop();
  await stopped;
  assert.equal(clock.timersSet, 0);
});
