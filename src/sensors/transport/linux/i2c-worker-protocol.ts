import type { TransportCode } from "../transport-failure.ts";

/** What the thread of an I2C bus is started with. */
export interface I2cWorkerStart {
  readonly path: string;
}

/** What the bus asks of its thread: one thing at a time, each answered by one `I2cAnswer`. */
export type I2cRequest =
  | { readonly kind: "open" }
  | {
      readonly kind: "transfer";
      readonly address: number;
      readonly write: Uint8Array;
      readonly readBytes: number;
    }
  | { readonly kind: "close" };

/** What the thread answers; an empty array where there is nothing to read. */
export type I2cAnswer =
  | { readonly kind: "done"; readonly bytes: Uint8Array }
  | { readonly kind: "failed"; readonly code: TransportCode; readonly text: string };
