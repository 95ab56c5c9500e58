import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { errno } from "#sensors/transport/linux/errno.ts";
import {
  ioctlGpioGetLine,
  ioctlGpioGetValues,
  ioctlGpioSetValues,
} from "#sensors/transport/linux/gpio-request.ts";
import { ioctlI2cFunctions, ioctlI2cTransfer } from "#sensors/transport/linux/i2c-message.ts";
import { openReadWrite } from "#sensors/transport/linux/libc.ts";
import { LinuxGpioInput } from "#sensors/transport/linux/linux-gpio-input.ts";
import { LinuxGpioLine } from "#sensors/transport/linux/linux-gpio-line.ts";
import { LinuxSpiLink } from "#sensors/transport/linux/linux-spi-link.ts";
import {
  ioctlSpiSetMode,
  ioctlSpiSetSpeed,
  ioctlSpiSetWordBits,
  ioctlSpiTransfer,
} from "#sensors/transport/linux/spi-transfer.ts";
import type { TransportFailure } from "#sensors/transport/transport-failure.ts";
import { deviceShim } from "./device-shim-control.ts";

const path = "/dev/spidev0.0";
const chip = "/dev/gpiochip0";
const openFlags = `0x${openReadWrite.toString(16)}`;

beforeEach(() => deviceShim.reset());

test("our numbers are those of the kernel's headers", () => {
  const numbers = {
    I2C_FUNCS: ioctlI2cFunctions,
    I2C_RDWR: ioctlI2cTransfer,
    "SPI_IOC_MESSAGE(1)": ioctlSpiTransfer,
    SPI_IOC_WR_MODE: ioctlSpiSetMode,
    SPI_IOC_WR_BITS_PER_WORD: ioctlSpiSetWordBits,
    SPI_IOC_WR_MAX_SPEED_HZ: ioctlSpiSetSpeed,
    GPIO_V2_GET_LINE_IOCTL: ioctlGpioGetLine,
    GPIO_V2_LINE_SET_VALUES_IOCTL: ioctlGpioSetValues,
    GPIO_V2_LINE_GET_VALUES_IOCTL: ioctlGpioGetValues,
    "O_RDWR|O_CLOEXEC": openReadWrite,
    EREMOTEIO: errno.EREMOTEIO,
    ESHUTDOWN: errno.ESHUTDOWN,
    EMSGSIZE: errno.EMSGSIZE,
    ETIMEDOUT: errno.ETIMEDOUT,
  };
  for (const [name, value] of Object.entries(numbers)) {
    assert.equal(value, deviceShim.constant(name), name);
  }
});

test("an SPI chip is set to mode 3 and 8 bits, and read in one transfer at the clock asked for", async () => {
  const link = await LinuxSpiLink.open({ path, speedHz: 16_000_000 });
  const into = new Uint8Array(164);
  link.read(into);
  link.read(into);
  link.close();
  link.close();
  assert.deepEqual(deviceShim.log(), [
    `open spi ${openFlags}`,
    "spi mode 3",
    "spi bits 8",
    "spi speed 16000000",
    "spi tx 0 rx 1 len 164 speed 16000000 bits 8 cs 0 delay 0 nbits 0",
    "spi tx 0 rx 1 len 164 speed 16000000 bits 8 cs 0 delay 0 nbits 0",
    "close spi",
  ]);
  assert.deepEqual([...into.subarray(0, 6)], [0, 1, 2, 3, 4, 5]);
  assert.equal(into[163], 163);
});

test("an SPI read fills the caller's piece of memory and nothing beside it", async () => {
  const link = await LinuxSpiLink.open({ path });
  const memory = new Uint8Array(20).fill(0xee);
  link.read(memory.subarray(4, 12));
  assert.deepEqual([...memory], [...Array(4).fill(0xee), 0, 0, 2, 3, 4, 5, 6, 7, ...Array(8).fill(0xee)]);
  link.read(memory.subarray(0, 2));
  assert.deepEqual([...memory.subarray(0, 3)], [0, 1, 0xee]);
  link.close();
  assert.throws(() => link.read(memory), { code: "gone" });
});

test("an SPI read longer than the kernel's buffer is refused with the way to lengthen it", async () => {
  const link = await LinuxSpiLink.open({ path });
  assert.equal(link.maxReadBytes, 4_096);
  link.read(new Uint8Array(4_096));
  assert.throws(() => link.read(new Uint8Array(4_097)), {
    code: "bus-error",
    message: /spidev\.bufsiz=65536/,
  });
  link.close();
  for (const [bufsiz, expected] of [
    [65_536, 65_536],
    [1_000_000, 65_536],
    [0, 4_096],
  ] as const) {
    deviceShim.set("bufsiz", bufsiz);
    const other = await LinuxSpiLink.open({ path });
    assert.equal(other.maxReadBytes, expected);
    other.read(new Uint8Array(expected));
    other.close();
  }
  // The kernel's own refusal, where its buffer is shorter than it said.
  deviceShim.set("bufsiz", 4_096);
  const deceived = await LinuxSpiLink.open({ path });
  deviceShim.set("bufsiz", 1_024);
  assert.throws(() => deceived.read(new Uint8Array(2_000)), { code: "bus-error", message: /spidev\.bufsiz/ });
  deceived.close();
});

test("what fails on SPI has its code and a remedy", async () => {
  const opening = [
    [
      errno.ENOENT,
      "device-missing",
      /^\/dev\/spidev0\.0 is not there: SPI is disabled: enable it with.*raspi-config/,
    ],
    [errno.EACCES, "permission-denied", /usermod -aG spi/],
    [errno.EBUSY, "busy", /held by another program/],
  ] as const;
  for (const [number, code, text] of opening) {
    deviceShim.set("open_errno", number);
    await assert.rejects(LinuxSpiLink.open({ path }), { code, message: text });
  }
  deviceShim.reset();
  await assert.rejects(LinuxSpiLink.open({ path, speedHz: 0 }), { code: "bus-error", message: /mode 3/ });
  const link = await LinuxSpiLink.open({ path });
  const reading = [
    [errno.EIO, "bus-error", /could not read 164 bytes: EIO \(5\)/],
    [errno.ETIMEDOUT, "bus-error", /ETIMEDOUT/],
    [errno.ESHUTDOWN, "gone", /^\/dev\/spidev0\.0 has vanished/],
  ] as const;
  for (const [number, code, message] of reading) {
    deviceShim.set("transfer_errno", number);
    assert.throws(() => link.read(new Uint8Array(164)), { code, message });
  }
  link.close();
  assert.equal(deviceShim.openCount(), 0);
});

test("an SPI read allocates nothing", async () => {
  const link = await LinuxSpiLink.open({ path });
  deviceShim.set("quiet", 1);
  const into = new Uint8Array(164);
  const reads = 40_000;
  // The first rounds compile the code.
  for (let n = 0; n < reads; n += 1) link.read(into);
  assert.ok(globalThis.gc, "run with --expose-gc");
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  for (let n = 0; n < reads; n += 1) link.read(into);
  const bytesPerRead = (process.memoryUsage().heapUsed - before) / reads;
  link.close();
  // The smallest object has 12 bytes.
  assert.ok(bytesPerRead < 6, `${bytesPerRead} bytes for a read`);
});

test("a GPIO line becomes an output at its first level and is driven", async () => {
  const line = await LinuxGpioLine.open({ path: chip, line: 17, initial: "high", consumer: "lepton power" });
  await line.set("low");
  await line.set("high");
  await line.close();
  await line.close();
  assert.deepEqual(deviceShim.log(), [
    `open gpiochip ${openFlags}`,
    "gpio get lines 1 offset 17 consumer lepton power flags 0x8 attributes 1: id 2 values 1 mask 1",
    "close gpiochip",
    "gpio set bits 0 mask 1",
    "gpio set bits 1 mask 1",
    "close gpioline",
  ]);
  await assert.rejects(line.set("low"), { code: "gone" });
});

test("a GPIO line becomes an input that is pulled up, and is read", async () => {
  const line = await LinuxGpioInput.open({ path: chip, line: 22, consumer: "call point" });
  assert.equal(await line.read(), "high");
  deviceShim.set("line_low", 1);
  assert.equal(await line.read(), "low");
  deviceShim.set("unplugged", 1);
  await assert.rejects(line.read(), { code: "gone" });
  await line.close();
  await line.close();
  assert.deepEqual(deviceShim.log(), [
    `open gpiochip ${openFlags}`,
    "gpio get lines 1 offset 22 consumer call point flags 0x104 attributes 0: id 0 values 0 mask 0",
    "close gpiochip",
    "close gpioline",
  ]);
  await assert.rejects(line.read(), { code: "gone" });
});

test("the level of an output line is read back from its chip", async () => {
  const line = await LinuxGpioLine.open({ path: chip, line: 17, initial: "high" });
  assert.equal(await line.read(), "high");
  deviceShim.set("line_low", 1);
  assert.equal(await line.read(), "low");
  deviceShim.set("unplugged", 1);
  await assert.rejects(line.read(), { code: "gone" });
  await line.close();
  await assert.rejects(line.read(), { code: "gone" });
});

test("a long name of a GPIO line is cut to what the kernel takes", async () => {
  const consumer = "the power switch of the thermal camera";
  const line = await LinuxGpioLine.open({ path: chip, line: 3, initial: "low", consumer });
  assert.match(
    deviceShim.log()[1] ?? "",
    /consumer the power switch of the thermal flags 0x8 .* values 0 mask 1$/,
  );
  await line.close();
});

test("what fails on GPIO has its code and a remedy", async () => {
  const open = (changes: { path?: string; line?: number } = {}) =>
    LinuxGpioLine.open({ path: chip, line: 17, initial: "low", ...changes });
  const refuses = (code: string, message: RegExp) => (error: TransportFailure) => {
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  };
  deviceShim.set("line_taken", 1);
  await assert.rejects(open(), refuses("busy", /^Line 17 of \/dev\/gpiochip0 is in use/));
  deviceShim.reset();
  await assert.rejects(open({ line: 99 }), refuses("device-missing", /has no line 99 that can be an output/));
  await assert.rejects(
    open({ path: "/dev/null" }),
    refuses("device-missing", /^\/dev\/null is no GPIO device/),
  );
  deviceShim.set("open_errno", errno.EACCES);
  await assert.rejects(open(), refuses("permission-denied", /usermod -aG gpio/));
  deviceShim.reset();
  const line = await open();
  deviceShim.set("unplugged", 1);
  await assert.rejects(line.set("high"), refuses("gone", /^\/dev\/gpiochip0 has vanished/));
  await line.close();
  assert.equal(deviceShim.openCount(), 0);
});
