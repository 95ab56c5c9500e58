import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { I2cTransfer } from "#sensors/transport/i2c-bus.ts";
import { errno } from "#sensors/transport/linux/errno.ts";
import { i2cTransfersWaitingMax, LinuxI2cBus } from "#sensors/transport/linux/linux-i2c-bus.ts";
import type { TransportFailure } from "#sensors/transport/transport-failure.ts";
import { serialNumberAddress, serialNumberAnswer, serialNumberCommand } from "#support/serial-number-bus.ts";
import { i2cBusContract } from "../../contract/i2c-bus.contract.ts";
import { deviceShim } from "./device-shim-control.ts";

const path = "/dev/i2c-1";
const askAndRead: I2cTransfer = { address: serialNumberAddress, write: serialNumberCommand, readBytes: 9 };

beforeEach(() => deviceShim.reset());

i2cBusContract({ name: "of Linux", open: () => LinuxI2cBus.open({ path }) });

test("the kernel sees a write and a read as two messages of one exchange", async () => {
  const bus = await LinuxI2cBus.open({ path });
  await bus.transfer(askAndRead);
  await bus.transfer({ address: 0x62, write: serialNumberCommand, readBytes: 0 });
  await bus.transfer({ address: 0x62, write: new Uint8Array(), readBytes: 3 });
  await assert.rejects(bus.transfer({ address: 0x2a, write: new Uint8Array(), readBytes: 0 }));
  await bus.close();
  assert.deepEqual(deviceShim.log(), [
    `open i2c 0x${deviceShim.constant("O_RDWR|O_CLOEXEC").toString(16)}`,
    "i2c 62 flags 0 len 2 36 82, 62 flags 1 len 9",
    "i2c 62 flags 0 len 2 36 82",
    "i2c 62 flags 1 len 3",
    "i2c 2a flags 0 len 0",
    "close i2c",
  ]);
  assert.equal(deviceShim.openCount(), 0);
});

test("a long write and a long read arrive whole", async () => {
  const bus = await LinuxI2cBus.open({ path });
  const write = Uint8Array.from({ length: 8_192 }, (_, index) => index & 0xff);
  await bus.transfer({ address: 0x62, write, readBytes: 0 });
  const [, line = ""] = deviceShim.log();
  const seen = line.split(" ").slice(6);
  assert.deepEqual(
    seen.map((pair) => Number.parseInt(pair, 16)),
    [...write],
  );
  await bus.transfer({ address: 0x62, write: serialNumberCommand, readBytes: 0 });
  const bytes = await bus.transfer({ address: 0x62, write: new Uint8Array(), readBytes: 8_190 });
  assert.equal(bytes.length, 8_190);
  assert.deepEqual([...bytes.subarray(8_181)], [...serialNumberAnswer]);
  await bus.close();
});

test("what fails when a bus is opened has its code and a remedy", async () => {
  const cases = [
    [errno.ENOENT, "device-missing", /^\/dev\/i2c-1 is not there: I2C is disabled.*raspi-config/],
    [errno.ENXIO, "device-missing", /^\/dev\/i2c-1 has no hardware behind it/],
    [errno.EACCES, "permission-denied", /^This user may not use \/dev\/i2c-1.*usermod -aG i2c/],
    [errno.EBUSY, "busy", /^\/dev\/i2c-1 is held by another program/],
    [errno.EIO, "bus-error", /^\/dev\/i2c-1 cannot be opened: EIO \(5\)/],
  ] as const;
  for (const [number, code, text] of cases) {
    deviceShim.set("open_errno", number);
    await assert.rejects(LinuxI2cBus.open({ path }), (error: TransportFailure) => {
      assert.equal(error.code, code);
      assert.match(error.message, text);
      return true;
    });
  }
  assert.equal(deviceShim.openCount(), 0);
});

test("what fails in an exchange has its code and names chip and bus", async () => {
  const bus = await LinuxI2cBus.open({ path });
  const cases = [
    [
      errno.ENXIO,
      "no-answer",
      /^The chip at 0x62 on \/dev\/i2c-1 does not answer \(ENXIO \(6\)\).*i2cdetect -y 1/,
    ],
    [errno.EREMOTEIO, "no-answer", /EREMOTEIO/],
    [errno.EIO, "no-answer", /EIO/],
    [errno.ETIMEDOUT, "bus-error", /^\/dev\/i2c-1 is held by a chip/],
    [errno.EAGAIN, "bus-error", /^\/dev\/i2c-1 is held by a chip or disturbed/],
    [errno.EBUSY, "busy", /^\/dev\/i2c-1 is kept busy/],
    [errno.EOPNOTSUPP, "bus-error", /^The chip at 0x62 on \/dev\/i2c-1 could not be reached: EOPNOTSUPP/],
  ] as const;
  for (const [number, code, text] of cases) {
    deviceShim.set("transfer_errno", number);
    await assert.rejects(bus.transfer(askAndRead), { code, message: text });
  }
  deviceShim.set("transfer_errno", 0);
  assert.deepEqual([...(await bus.transfer(askAndRead))], [...serialNumberAnswer]);
  await bus.close();
});

test("a bus unplugged in the middle is gone, then missing, and works again when it is back", async () => {
  const bus = await LinuxI2cBus.open({ path });
  deviceShim.set("unplug_after", 2);
  await bus.transfer(askAndRead);
  await assert.rejects(bus.transfer(askAndRead), { code: "gone" });
  assert.equal(deviceShim.openCount(), 0);
  await assert.rejects(bus.transfer(askAndRead), { code: "device-missing" });
  deviceShim.set("unplugged", 0);
  assert.deepEqual([...(await bus.transfer(askAndRead))], [...serialNumberAnswer]);
  await bus.close();
  assert.equal(deviceShim.openCount(), 0);
});

test("an adapter that does SMBus commands only is refused", async () => {
  deviceShim.set("smbus_only", 1);
  await assert.rejects(LinuxI2cBus.open({ path }), { code: "bus-error", message: /SMBus commands only/ });
  assert.equal(deviceShim.openCount(), 0);
});

test("a chip that holds the bus blocks neither this thread nor without end those that ask", async () => {
  const bus = await LinuxI2cBus.open({ path });
  deviceShim.set("delay_ms", 20);
  let settled = false;
  const first = bus.transfer(askAndRead).finally(() => {
    settled = true;
  });
  const waiting = Array.from({ length: i2cTransfersWaitingMax }, () => bus.transfer(askAndRead));
  await assert.rejects(bus.transfer(askAndRead), { code: "busy", message: /64 exchanges wait for/ });
  let turns = 0;
  while (!settled) {
    await new Promise((resolve) => setImmediate(resolve));
    turns += 1;
  }
  assert.ok(turns > 5, `the event loop turned ${turns} times`);
  await first;
  deviceShim.set("delay_ms", 0);
  for (const bytes of await Promise.all(waiting)) assert.equal(bytes.length, 9);
  await bus.close();
});

test("closing lets the exchange under way finish and fails those that wait", async () => {
  const bus = await LinuxI2cBus.open({ path });
  deviceShim.set("delay_ms", 20);
  const current = bus.transfer(askAndRead);
  const waiting = bus.transfer(askAndRead);
  await Promise.all([bus.close(), assert.rejects(waiting, { code: "gone", message: /has been closed/ })]);
  assert.equal((await current).length, 9);
  assert.equal(deviceShim.openCount(), 0);
});

test("a thread that dies fails what was asked with gone, and the next exchange starts another", async () => {
  const bus = await LinuxI2cBus.open({ path, workerUrl: new URL("./dying-worker.ts", import.meta.url) });
  for (const attempt of [1, 2]) {
    const lost = [bus.transfer(askAndRead), bus.transfer(askAndRead)];
    for (const transfer of lost) {
      await assert.rejects(transfer, { code: "gone", message: /has ended \(planted fault\)/ }, `${attempt}`);
    }
  }
  await bus.close();
});
