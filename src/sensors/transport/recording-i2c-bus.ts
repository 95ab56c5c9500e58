import type { Clock } from "#core/time.ts";
import type { I2cBus, I2cTransfer } from "./i2c-bus.ts";
import { formatI2cExchange, type I2cExchange, i2cRecordingHeading } from "./i2c-exchange.ts";
import { TransportFailure } from "./transport-failure.ts";

/** What a recording is made of and where it goes. */
export interface RecordingI2cBusOptions {
  /** The bus that does the work; closed with this one. */
  readonly bus: I2cBus;
  readonly clock: Pick<Clock, "monotonicMs">;
  /** Takes each line, without its line end; the first one is the heading. */
  readonly writeLine: (line: string) => void;
}

/**
 * Passes exchanges on to a bus and writes down what happened and when, one line each, in the order in which they end.
 * Only "no-answer" and its like are part of a recording; an error of the program is not.
 */
export class RecordingI2cBus implements I2cBus {
  readonly #options: RecordingI2cBusOptions;
  #startMs: number | null = null;

  constructor(options: RecordingI2cBusOptions) {
    this.#options = options;
  }

  async transfer(transfer: I2cTransfer): Promise<Uint8Array> {
    // What is written down is what was asked for, even if the caller uses its bytes again meanwhile.
    const asked = { ...transfer, write: transfer.write.slice() };
    const beganMs = this.#begin();
    try {
      const answer = await this.#options.bus.transfer(asked);
      this.#record(asked, { beganMs, answer: answer.slice() });
      return answer;
    } catch (error) {
      if (error instanceof TransportFailure) this.#record(asked, { beganMs, answer: error });
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#options.bus.close();
  }

  #begin(): number {
    const nowMs = this.#options.clock.monotonicMs();
    if (this.#startMs === null) {
      this.#startMs = nowMs;
      this.#options.writeLine(i2cRecordingHeading);
    }
    return nowMs;
  }

  #record(
    asked: I2cTransfer,
    { beganMs, answer }: { readonly beganMs: number; readonly answer: I2cExchange["answer"] },
  ): void {
    const tookMs = this.#options.clock.monotonicMs() - beganMs;
    const atMs = beganMs - (this.#startMs ?? beganMs);
    this.#options.writeLine(formatI2cExchange({ ...asked, answer, atMs, tookMs }));
  }
}
