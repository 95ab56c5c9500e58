import assert from "node:assert/strict";
import { test } from "node:test";
import { ioctlGpioGetLine, ioctlGpioSetValues } from "./gpio-request.ts";
import { ioctlNumber } from "./ioctl-number.ts";
import { ioctlSpiSetMode, ioctlSpiSetSpeed, ioctlSpiSetWordBits, ioctlSpiTransfer } from "./spi-transfer.ts";

// The expected numbers are what a C compiler makes of the kernel's macros on x86-64 and arm64.

test("ioctl numbers are composed as the kernel composes them", () => {
  // TCGETS2 = _IOR('T', 0x2A, struct termios2), 44 bytes.
  assert.equal(ioctlNumber({ direction: "read", type: 0x54, number: 0x2a, sizeBytes: 44 }), 0x802c542a);
  // UI_DEV_CREATE = _IO('U', 1).
  assert.equal(ioctlNumber({ direction: "none", type: 0x55, number: 1, sizeBytes: 0 }), 0x5501);
  assert.throws(() => ioctlNumber({ direction: "none", type: 0, number: 0, sizeBytes: 16_384 }));
});

test("the numbers of SPI and GPIO are those of Linux", () => {
  assert.equal(ioctlSpiTransfer, 0x40206b00);
  assert.equal(ioctlSpiSetMode, 0x40016b01);
  assert.equal(ioctlSpiSetWordBits, 0x40016b03);
  assert.equal(ioctlSpiSetSpeed, 0x40046b04);
  assert.equal(ioctlGpioGetLine, 0xc250b407);
  assert.equal(ioctlGpioSetValues, 0xc010b40f);
});
