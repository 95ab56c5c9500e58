import { ioctlNumber } from "./ioctl-number.ts";

/** `SPI_IOC_MAGIC` of linux/spi/spidev.h, the letter k. */
const magic = 0x6b;

/** Size of `struct spi_ioc_transfer`, the same for 32 and 64 bits. */
export const spiTransferBytes = 32;

/** `SPI_IOC_MESSAGE(1)`: one transfer, with chip select held from its first to its last bit. */
export const ioctlSpiTransfer = ioctlNumber({
  direction: "write",
  type: magic,
  number: 0,
  sizeBytes: spiTransferBytes,
});

/** `SPI_IOC_WR_MODE`, one byte. */
export const ioctlSpiSetMode = ioctlNumber({ direction: "write", type: magic, number: 1, sizeBytes: 1 });

/** `SPI_IOC_WR_BITS_PER_WORD`, one byte. */
export const ioctlSpiSetWordBits = ioctlNumber({ direction: "write", type: magic, number: 3, sizeBytes: 1 });

/** `SPI_IOC_WR_MAX_SPEED_HZ`, a 32-bit number. */
export const ioctlSpiSetSpeed = ioctlNumber({ direction: "write", type: magic, number: 4, sizeBytes: 4 });

/** `SPI_MODE_3` of linux/spi/spi.h: the clock rests high, bits are taken on its rising edge. */
export const spiMode3 = 0x03;

/** Bits of a word on the wire; most significant bit first. */
export const spiWordBits = 8;

/**
 * A `struct spi_ioc_transfer` that reads to `receiveAddress`; its length is set before each use.
 *
 *     __u64 tx_buf;           //  0: null, so that MOSI stays low
 *     __u64 rx_buf;           //  8
 *     __u32 len;              // 16
 *     __u32 speed_hz;         // 20
 *     __u16 delay_usecs;      // 24
 *     __u8  bits_per_word;    // 26
 *     __u8  cs_change;        // 27: 0, so that chip select is released at the end
 *     __u8  tx_nbits, rx_nbits, word_delay_usecs, pad;
 */
export class SpiTransfer {
  readonly #memory = new ArrayBuffer(spiTransferBytes);
  readonly #view = new DataView(this.#memory);
  /** The argument of the ioctl. */
  readonly request = new Uint8Array(this.#memory);

  constructor(options: { readonly receiveAddress: bigint; readonly speedHz: number }) {
    this.#view.setBigUint64(8, options.receiveAddress, true);
    this.#view.setUint32(20, options.speedHz, true);
    this.#view.setUint8(26, spiWordBits);
  }

  setLength(bytes: number): void {
    this.#view.setUint32(16, bytes, true);
  }
}
