import type { I2cBus, I2cTransfer } from "./i2c-bus.ts";
import { formatI2cExchange, type I2cExchange } from "./i2c-exchange.ts";
import { TransportFailure } from "./transport-failure.ts";

/**
 * Answers a driver from a recording and accepts nothing else: an exchange whose address, bytes or length differ is an
 * `Error`, not a `TransportFailure`, so that no driver takes it for a trouble of the chip; and because a driver may
 * swallow it all the same, `close` throws it again. Answers come at once, whatever they took when recorded.
 */
export class PlaybackI2cBus implements I2cBus {
  readonly #exchanges: readonly I2cExchange[];
  #next = 0;
  #mismatch: Error | null = null;
  #closed = false;

  constructor(exchanges: readonly I2cExchange[]) {
    this.#exchanges = exchanges;
  }

  /** Exchanges that nobody has asked for yet. */
  get remaining(): number {
    return this.#exchanges.length - this.#next;
  }

  async transfer(transfer: I2cTransfer): Promise<Uint8Array> {
    if (this.#closed) throw new TransportFailure("gone", "The playback has been closed.");
    const expected = this.#exchanges[this.#next];
    if (expected === undefined || !isSameRequest(expected, transfer)) {
      throw this.#remember(describeMismatch(transfer, { number: this.#next + 1, expected }));
    }
    this.#next += 1;
    if (expected.answer instanceof TransportFailure) throw expected.answer;
    return expected.answer.slice();
  }

  /** Throws where the driver asked for something else than was recorded, or for less. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#mismatch !== null) throw this.#mismatch;
    const left = this.#exchanges[this.#next];
    if (left === undefined) return;
    throw new Error(`Playback: ${this.remaining} exchanges were left over, first "${describe(left)}".`);
  }

  #remember(text: string): Error {
    const error = new Error(text);
    this.#mismatch ??= error;
    return error;
  }
}

function isSameRequest(expected: I2cTransfer, asked: I2cTransfer): boolean {
  return (
    expected.address === asked.address &&
    expected.readBytes === asked.readBytes &&
    expected.write.length === asked.write.length &&
    expected.write.every((byte, index) => byte === asked.write[index])
  );
}

/** A request as a recording writes it, without its times and its answer. */
function describe({ address, write, readBytes }: I2cTransfer): string {
  const line = formatI2cExchange({ address, write, readBytes, answer: new Uint8Array(), atMs: 0, tookMs: 0 });
  return line.split("  ").slice(1, 4).join("  ");
}

function describeMismatch(
  asked: I2cTransfer,
  { number, expected }: { readonly number: number; readonly expected: I2cExchange | undefined },
): string {
  if (expected === undefined) return `Playback: after its ${number - 1} exchanges came "${describe(asked)}".`;
  return `Playback: exchange ${number} is "${describe(expected)}", asked for was "${describe(asked)}".`;
}
