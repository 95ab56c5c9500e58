import assert from "node:assert/strict";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";

/** Asserts that the chip does not acknowledge an exchange. */
export function assertRefused(exchange: () => unknown): void {
  assert.throws(exchange, (error) => error instanceof TransportFailure && error.code === "no-answer");
}
