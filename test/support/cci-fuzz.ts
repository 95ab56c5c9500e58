import assert from "node:assert/strict";
import { Failure } from "#core/failure.ts";
import { Random } from "#core/random.ts";
import { Cci } from "#sensors/lepton/cci.ts";
import { configureLepton } from "#sensors/lepton/lepton-configuration.ts";
import { StoppableWait } from "#sensors/lepton/stoppable-wait.ts";
import type { I2cBus, I2cTransfer } from "#sensors/transport/i2c-bus.ts";
import { type TransportCode, TransportFailure } from "#sensors/transport/transport-failure.ts";
import { hastyClock } from "./hasty-clock.ts";

/** Most exchanges of one set-up: forty commands, three tries, two waits of a second at 5 ms. */
const exchangesMax = 60_000;

/** How much is disturbed differs from set-up to set-up: from every reply to so few that most set-ups succeed. */
const oneInChoices = [1, 1, 1, 2, 2, 3, 4, 5, 10, 100] as const;

const codes: readonly TransportCode[] = ["no-answer", "bus-error", "gone", "busy"];

/** What came of a run. */
export interface CciFuzzResult {
  /** Replies that were changed, cut short or kept back. */
  readonly disturbed: number;
  /** All replies, those that were left alone among them. */
  readonly replies: number;
  /** Cameras set up in spite of it. */
  readonly configured: number;
  /** Failures by their code. */
  readonly failures: Readonly<Record<string, number>>;
}

/** Registers that keep what is written, and give back what a mood makes of it. */
class DisturbedRegisters implements I2cBus {
  replies = 0;
  disturbed = 0;
  /** One reply in so many is disturbed; 1 is every one. */
  oneIn = 10;
  readonly #random: Random;
  readonly #registers = new Map<number, number>();

  constructor(random: Random) {
    this.#random = random;
  }

  async transfer({ write, readBytes }: I2cTransfer): Promise<Uint8Array> {
    this.replies += 1;
    const isDisturbed = this.#random.integer(this.oneIn) === 0;
    if (isDisturbed && this.#random.integer(3) === 0) {
      this.disturbed += 1;
      throw new TransportFailure(codes[this.#random.integer(codes.length)]!, "planted");
    }
    const at = (write[0]! << 8) | write[1]!;
    for (let i = 2; i + 1 < write.length; i += 2) {
      this.#registers.set(at + i - 2, (write[i]! << 8) | write[i + 1]!);
    }
    const right = this.#answer(at, readBytes);
    if (!isDisturbed) return right;
    const given = this.#disturb(right);
    // What was drawn may be what is right, and where nothing is read there is nothing to disturb.
    if (Buffer.compare(right, given) !== 0) this.disturbed += 1;
    return given;
  }

  async close(): Promise<void> {}

  #answer(at: number, readBytes: number): Uint8Array {
    const bytes = new Uint8Array(readBytes);
    for (let i = 0; i + 1 < readBytes; i += 2) {
      const word = at === 2 ? 0x0006 : (this.#registers.get(at + i) ?? 0);
      bytes[i] = word >> 8;
      bytes[i + 1] = word & 0xff;
    }
    return bytes;
  }

  #disturb(right: Uint8Array): Uint8Array {
    const random = this.#random;
    if (random.integer(4) === 0) return new Uint8Array(random.integer(right.length + 3));
    const bytes = right.slice();
    for (let i = 0; i + 1 < bytes.length; i += 2) {
      const word = this.#disturbedWord((bytes[i]! << 8) | bytes[i + 1]!);
      bytes[i] = word >> 8;
      bytes[i + 1] = word & 0xff;
    }
    return bytes;
  }

  #disturbedWord(word: number): number {
    const random = this.#random;
    return random.integer(2) === 0 ? random.integer(65_536) : word ^ (1 << random.integer(16));
  }
}

/**
 * Sets cameras up over a disturbed bus until so many replies were disturbed; fails on anything but success or a
 * `Failure`.
 */
export async function fuzzCci(options: {
  readonly seed: number;
  readonly disturbed: number;
}): Promise<CciFuzzResult> {
  const { seed } = options;
  const random = new Random(seed);
  const failures: Record<string, number> = {};
  let configured = 0;
  let replies = 0;
  let disturbed = 0;
  while (disturbed < options.disturbed) {
    const i2c = new DisturbedRegisters(random);
    i2c.oneIn = oneInChoices[random.integer(oneInChoices.length)]!;
    const clock = hastyClock();
    const cci = new Cci({ i2c, clock, wait: new StoppableWait(clock) });
    try {
      await configureLepton(cci, { gainMode: "auto", ffcMode: "manual" });
      configured += 1;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failures[error.code] = (failures[error.code] ?? 0) + 1;
    }
    assert.ok(i2c.replies < exchangesMax, `${i2c.replies} exchanges for one set-up`);
    replies += i2c.replies;
    disturbed += i2c.disturbed;
  }
  return { disturbed, replies, configured, failures };
}
