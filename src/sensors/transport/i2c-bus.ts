/** One exchange with a device on an I2C bus. */
export interface I2cTransfer {
  /** 7-bit address. */
  readonly address: number;
  /** Bytes to write first; may be empty. */
  readonly write: Uint8Array;
  /** Bytes to read afterwards, by repeated start when something was written; 0 for a pure write. */
  readonly readBytes: number;
}

/** An I2C bus. Exchanges are done one after the other, in the order asked for. */
export interface I2cBus {
  /** Does one exchange; the bytes read. Throws `TransportFailure`: "no-answer" when the device does not acknowledge. */
  transfer(transfer: I2cTransfer): Promise<Uint8Array>;
  /** Frees the bus; safe to call twice. */
  close(): Promise<void>;
}
