import { spiReadBytesMax } from "#simulation/devices/device-server-protocol.ts";

/** What the thread that holds the socket begins with. */
export interface SpiExchangeStart {
  readonly path: string;
  readonly link: number;
  /** `spiExchangeCells` numbers of 32 bits, then room for what is read. */
  readonly shared: SharedArrayBuffer;
}

/** What that thread is asked: so many bytes. */
export interface SpiExchangeRequest {
  readonly bytes: number;
}

/** States of the first cell: the reader waits while it is `asked`. */
export const spiExchangeState = { idle: 0, asked: 1, done: 2, failed: 3 } as const;

/** Cells before the bytes: the state, and how many bytes there are (with `failed`: of the message's text). */
export const spiExchangeCells = 2;

/** Size of the shared memory in bytes. */
export const spiExchangeBytes = spiExchangeCells * Int32Array.BYTES_PER_ELEMENT + spiReadBytesMax;

/** The two views of the shared memory. */
export function spiExchangeViews(shared: SharedArrayBuffer): {
  readonly cells: Int32Array;
  readonly bytes: Uint8Array;
} {
  return {
    cells: new Int32Array(shared, 0, spiExchangeCells),
    bytes: new Uint8Array(shared, spiExchangeCells * Int32Array.BYTES_PER_ELEMENT),
  };
}
