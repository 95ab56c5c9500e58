import { assert } from "#core/failure.ts";
import type { Clock } from "#core/time.ts";
import type { I2cBus, I2cTransfer } from "#sensors/transport/i2c-bus.ts";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";

/** An emulated chip on an emulated I2C bus. */
export interface I2cSlave {
  /** 7-bit address. */
  readonly address: number;
  /** Milliseconds for which the chip holds the clock line down before it answers; absent or 0: it answers at once. */
  readonly stretchMs?: number;
  /** One exchange: takes what is written, then gives `readBytes` bytes. Throws TransportFailure("no-answer") to NACK. */
  transfer(write: Uint8Array, readBytes: number): Uint8Array;
}

/** Most exchanges that may wait for a stretched one; more is a program that does not wait for its answers. */
export const waitingTransfersMax = 1_000;

/**
 * An I2C bus with emulated chips on it. An address without a chip does not acknowledge. Exchanges are done in the order
 * asked for; they are done at once unless a chip stretches the clock, for which a clock is needed.
 */
export class EmulatedI2cBus implements I2cBus {
  readonly #slaves = new Map<number, I2cSlave>();
  readonly #clock: Clock | null;
  #queue: Promise<void> = Promise.resolve();
  #waiting = 0;
  #isClosed = false;

  constructor(slaves: readonly I2cSlave[], options: { readonly clock?: Clock } = {}) {
    for (const slave of slaves) {
      assert(!this.#slaves.has(slave.address), `one chip at address ${hex(slave.address)}`);
      this.#slaves.set(slave.address, slave);
    }
    this.#clock = options.clock ?? null;
  }

  async transfer(transfer: I2cTransfer): Promise<Uint8Array> {
    assert(this.#waiting < waitingTransfersMax, "exchanges are waited for");
    this.#waiting += 1;
    const before = this.#queue;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#queue = promise;
    try {
      await before;
      return await this.#exchange(transfer);
    } finally {
      this.#waiting -= 1;
      resolve();
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
  }

  async #exchange({ address, write, readBytes }: I2cTransfer): Promise<Uint8Array> {
    if (this.#isClosed) throw new TransportFailure("gone", "The emulated I2C bus is closed: open it again.");
    const slave = this.#slaves.get(address);
    if (slave === undefined) {
      throw new TransportFailure(
        "no-answer",
        `Nothing answers at address ${hex(address)} of the emulated I2C bus: check the address and the wiring.`,
      );
    }
    const stretchMs = slave.stretchMs ?? 0;
    if (stretchMs > 0) await this.#wait(stretchMs);
    return slave.transfer(write, readBytes);
  }

  async #wait(ms: number): Promise<void> {
    const clock = this.#clock;
    assert(clock !== null, "a bus with a chip that stretches the clock has a clock");
    const { promise, resolve } = Promise.withResolvers<void>();
    clock.after(ms, resolve);
    await promise;
  }
}

function hex(address: number): string {
  return `0x${address.toString(16).padStart(2, "0").toUpperCase()}`;
}
