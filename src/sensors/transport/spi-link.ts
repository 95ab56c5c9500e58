/** A chip on an SPI bus that is only read (the Lepton's video: mode 3, MOSI unused). */
export interface SpiLink {
  /**
   * Clocks `into.length` bytes out of the chip, in one go with chip select held, and puts them into `into`. Returns at
   * once in an emulator, after the bytes' time on the wire in hardware. Allocates nothing. Throws `TransportFailure`.
   */
  read(into: Uint8Array): void;
  /** Frees the link; safe to call twice. */
  close(): void;
}
