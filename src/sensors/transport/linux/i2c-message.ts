import { assert } from "#core/failure.ts";
import type { I2cTransfer } from "../i2c-bus.ts";
import type { Libc } from "./libc.ts";

/** `I2C_FUNCS` of linux/i2c-dev.h: fills an unsigned long with what the adapter can do. These numbers predate `_IOC`. */
export const ioctlI2cFunctions = 0x0705;

/** `I2C_RDWR` of linux/i2c-dev.h: a combined exchange with one stop at its end. */
export const ioctlI2cTransfer = 0x0707;

/** `I2C_FUNC_I2C` of linux/i2c.h: the adapter does plain exchanges, not SMBus only. */
export const i2cFunctionPlain = 0x0000_0001;

/** Most bytes one message may carry: drivers/i2c/i2c-dev.c refuses longer ones with EINVAL. */
export const i2cMessageBytesMax = 8_192;

/** `I2C_M_RD` of linux/i2c.h. */
const flagRead = 0x0001;

/** Sizes on 64-bit machines, from the structs below. */
const requestBytes = 16;
const messageBytes = 16;
const messagesOffset = requestBytes;
const writeOffset = messagesOffset + 2 * messageBytes;
const readOffset = writeOffset + i2cMessageBytesMax;

/**
 * The memory of one I2C_RDWR exchange, laid out once and filled anew for each.
 *
 *     struct i2c_rdwr_ioctl_data {   // linux/i2c-dev.h
 *       struct i2c_msg *msgs;        //  0
 *       __u32 nmsgs;                 //  8, then 4 bytes of padding
 *     };
 *     struct i2c_msg {               // linux/i2c.h
 *       __u16 addr;                  //  0: 7-bit address, not shifted
 *       __u16 flags;                 //  2
 *       __u16 len;                   //  4, then 2 bytes of padding
 *       __u8 *buf;                   //  8
 *     };
 */
export class I2cMessages {
  readonly #memory = new ArrayBuffer(readOffset + i2cMessageBytesMax);
  readonly #view = new DataView(this.#memory);
  readonly #bytes = new Uint8Array(this.#memory);
  readonly #baseAddress: bigint;
  /** The argument of the ioctl. */
  readonly request = new Uint8Array(this.#memory, 0, requestBytes);

  constructor(libc: Libc) {
    this.#baseAddress = libc.addressOf(this.#memory);
  }

  /**
   * Lays an exchange out; the number of messages: the write, then by repeated start the read. With nothing to write
   * and nothing to read it is one empty write, which asks only whether the chip acknowledges.
   */
  fill({ address, write, readBytes }: I2cTransfer): number {
    assert(Number.isInteger(address) && address >= 0 && address <= 0x7f, "an I2C address has 7 bits.");
    assert(write.length <= i2cMessageBytesMax, `at most ${i2cMessageBytesMax} bytes are written at once.`);
    assert(readBytes >= 0 && readBytes <= i2cMessageBytesMax, `0 to ${i2cMessageBytesMax} bytes are read.`);
    let count = 0;
    if (write.length > 0 || readBytes === 0) {
      this.#bytes.set(write, writeOffset);
      this.#fillMessage(count, { address, flags: 0, length: write.length, offset: writeOffset });
      count += 1;
    }
    if (readBytes > 0) {
      this.#bytes.fill(0, readOffset, readOffset + readBytes);
      this.#fillMessage(count, { address, flags: flagRead, length: readBytes, offset: readOffset });
      count += 1;
    }
    this.#view.setBigUint64(0, this.#baseAddress + BigInt(messagesOffset), true);
    this.#view.setUint32(8, count, true);
    return count;
  }

  /** What the exchange has read, as a copy. */
  answer(readBytes: number): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(readOffset, readOffset + readBytes);
  }

  #fillMessage(
    index: number,
    message: {
      readonly address: number;
      readonly flags: number;
      readonly length: number;
      readonly offset: number;
    },
  ): void {
    const at = messagesOffset + index * messageBytes;
    this.#view.setUint16(at, message.address, true);
    this.#view.setUint16(at + 2, message.flags, true);
    this.#view.setUint16(at + 4, message.length, true);
    this.#view.setBigUint64(at + 8, this.#baseAddress + BigInt(message.offset), true);
  }
}
