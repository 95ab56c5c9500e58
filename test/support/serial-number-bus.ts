import type { I2cBus, I2cTransfer } from "#sensors/transport/i2c-bus.ts";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";

/** The answer of an SCD41 to get_serial_number, from its data sheet. */
export const serialNumberAnswer = Uint8Array.of(0xf8, 0x96, 0x31, 0x9f, 0x07, 0xc2, 0x3b, 0xbe, 0x89);

/** Address of the chip. */
export const serialNumberAddress = 0x62;

/** get_serial_number, 0x3682. */
export const serialNumberCommand = Uint8Array.of(0x36, 0x82);

/** A bus with one chip, at 0x62, that answers get_serial_number and does not acknowledge a read of anything else. */
export class SerialNumberBus implements I2cBus {
  #pending = false;
  #closed = false;

  async transfer({ address, write, readBytes }: I2cTransfer): Promise<Uint8Array> {
    if (this.#closed) throw new TransportFailure("gone", "The bus has been closed.");
    if (address !== serialNumberAddress) throw new TransportFailure("no-answer", "Nobody is there.");
    if (write.length > 0) this.#pending = write.join() === serialNumberCommand.join();
    if (readBytes === 0) return new Uint8Array();
    if (!this.#pending) throw new TransportFailure("no-answer", "Nothing to read.");
    this.#pending = false;
    return serialNumberAnswer.slice(0, readBytes);
  }

  async close(): Promise<void> {
    this.#closed = true;
  }
}
