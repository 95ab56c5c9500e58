import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { I2cBus } from "#sensors/transport/i2c-bus.ts";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";
import {
  serialNumberAddress as address,
  serialNumberAnswer,
  serialNumberCommand,
} from "#support/serial-number-bus.ts";

/** Names of the cases, for a bus that must know which exchanges will come. */
export type I2cBusCase =
  | "write-then-read"
  | "repeated-start"
  | "nobody-there"
  | "after-no-answer"
  | "in-order"
  | "own-bytes"
  | "closed";

/** A kind of bus under test. */
export interface I2cBusUnderTest {
  readonly name: string;
  /** A new bus with one chip that behaves as the one of `SerialNumberBus`. */
  readonly open: (exchanges: I2cBusCase) => Promise<I2cBus>;
}

const ask = { address, write: serialNumberCommand, readBytes: 0 };
const read = { address, write: new Uint8Array(), readBytes: 9 };
const askAndRead = { address, write: serialNumberCommand, readBytes: 9 };
const nobody = { address: 0x61, write: serialNumberCommand, readBytes: 0 };

function isFailure(code: string): (error: unknown) => boolean {
  return (error) => error instanceof TransportFailure && error.code === code && error.message.endsWith(".");
}

/** What every I2C bus must do, whatever is behind it. */
export function i2cBusContract({ name, open }: I2cBusUnderTest): void {
  const contractTest = (exchanges: I2cBusCase, title: string, body: (bus: I2cBus) => Promise<void>) =>
    test(title, async () => {
      const bus = await open(exchanges);
      // A bus left open by a failed case would keep its thread, and with it the program, alive.
      await body(bus).finally(() => bus.close());
    });

  describe(`an I2C bus: ${name}`, () => {
    contractTest("write-then-read", "a read brings what the write before asked for", async (bus) => {
      assert.equal((await bus.transfer(ask)).length, 0);
      assert.deepEqual([...(await bus.transfer(read))], [...serialNumberAnswer]);
    });

    contractTest("repeated-start", "a write and a read make one exchange", async (bus) => {
      assert.deepEqual([...(await bus.transfer(askAndRead))], [...serialNumberAnswer]);
    });

    contractTest("nobody-there", "an address where nobody is fails with no-answer", async (bus) => {
      await assert.rejects(bus.transfer(nobody), isFailure("no-answer"));
    });

    contractTest("after-no-answer", "a failed exchange spoils none after it", async (bus) => {
      await assert.rejects(bus.transfer(read), isFailure("no-answer"));
      await assert.rejects(bus.transfer(nobody), isFailure("no-answer"));
      assert.deepEqual([...(await bus.transfer(askAndRead))], [...serialNumberAnswer]);
    });

    contractTest("in-order", "exchanges asked for at once are done in that order", async (bus) => {
      const asked = [ask, read, ask, { ...read, readBytes: 3 }, nobody, ask, read].map((transfer) =>
        bus.transfer(transfer).then(
          (bytes) => bytes.length,
          (error: TransportFailure) => error.code,
        ),
      );
      assert.deepEqual(await Promise.all(asked), [0, 9, 0, 3, "no-answer", 0, 9]);
    });

    contractTest("own-bytes", "bytes given and received belong to the caller", async (bus) => {
      const write = serialNumberCommand.slice();
      const first = bus.transfer({ address, write, readBytes: 9 });
      write.fill(0);
      (await first).fill(0);
      assert.deepEqual([...(await bus.transfer(askAndRead))], [...serialNumberAnswer]);
    });

    contractTest("closed", "a closed bus says so, and may be closed again", async (bus) => {
      await bus.close();
      await assert.rejects(bus.transfer(ask), isFailure("gone"));
      await bus.close();
    });
  });
}
