import assert from "node:assert/strict";
import { Failure } from "#core/failure.ts";
import { Random } from "#core/random.ts";
import type { Clock } from "#core/time.ts";
import { Cci } from "#sensors/lepton/cci.ts";
import { configureLepton } from "#sensors/lepton/lepton-configuration.ts";
import { StoppableWait } from "#sensors/lepton/stoppable-wait.ts";
import type { I2cBus, I2cTransfer } from "#sensors/transport/i2c-bus.ts";
import { type TransportCode, TransportFailure } from "#sensors/transport/transport-failure.ts";

/** Most exchanges of one set-up: forty commands, three tries, two waits of a second at 5 ms. */
const exchangesMax = 60_000;

const codes: readonly TransportCode[] = ["no-answer", "bus-error", "gone", "busy"];

/** What came of a run. */
export interface CciFuzzResult {
  readonly replies: number;
  readonly configured: number;
  /** Failures by their code. */
  readonly failures: Readonly<Record<string, number>>;
}

/** Registers that keep what is written, and give back what a mood makes of it. */
class DisturbedRegisters implements I2cBus {
  replies = 0;
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
      throw new TransportFailure(codes[this.#random.integer(codes.length)]!, "planted");
    }
    const at = (write[0]! << 8) | write[1]!;
    for (let i = 2; i + 1 < write.length; i += 2) {
      this.#registers.set(at + i - 2, (write[i]! << 8) | write[i + 1]!);
    }
    return this.#answer({ at, readBytes, isDisturbed });
  }

  async close(): Promise<void> {}

  #answer(asked: { at: number; readBytes: number; isDisturbed: boolean }): Uint8Array {
    const { at, readBytes, isDisturbed } = asked;
    const random = this.#random;
    if (isDisturbed && random.integer(4) === 0) return new Uint8Array(random.integer(readBytes + 3));
    const bytes = new Uint8Array(readBytes);
    for (let i = 0; i + 1 < readBytes; i += 2) {
      const word = at === 2 ? 0x0006 : (this.#registers.get(at + i) ?? 0);
      const value = isDisturbed ? this.#disturbed(word) : word;
      bytes[i] = value >> 8;
      bytes[i + 1] = value & 0xff;
    }
    return bytes;
  }

  #disturbed(word: number): number {
    const random = this.#random;
    return random.integer(2) === 0 ? random.integer(65_536) : word ^ (1 << random.integer(16));
  }
}

/** A clock on which every wait is over at the next turn. */
function hastyClock(): Clock {
  let ms = 0;
  return {
    nowMicros: () => ms * 1_000,
    monotonicMs: () => ms,
    after(delayMs, callback) {
      let isCancelled = false;
      void Promise.resolve().then(() => {
        if (isCancelled) return;
        ms += delayMs;
        callback();
      });
      return () => {
        isCancelled = true;
      };
    },
    every: () => assert.fail("nothing repeats"),
  };
}

/** Sets cameras up over a disturbed bus until so many replies were given; fails on anything but success or a `Failure`. */
export async function fuzzCci({ seed, replies }: { seed: number; replies: number }): Promise<CciFuzzResult> {
  const random = new Random(seed);
  const failures: Record<string, number> = {};
  let configured = 0;
  let done = 0;
  while (done < replies) {
    const i2c = new DisturbedRegisters(random);
    i2c.oneIn = [1, 2, 10, 100, 1_000][random.integer(5)]!;
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
    done += i2c.replies;
  }
  return { replies: done, configured, failures };
}
