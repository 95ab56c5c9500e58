import assert from "node:assert/strict";
import type { I2cSlave } from "#simulation/devices/emulated-i2c-bus.ts";
import { wordsFromBus, wordsToBus } from "#simulation/devices/emulated-sensirion-words.ts";
import type { ManualClock } from "./manual-clock.ts";

/** A bus master for tests of emulated Sensirion chips: it writes commands, waits, and reads words or bytes. */
export class SensirionMaster {
  readonly clock: ManualClock;
  readonly #chip: I2cSlave;

  constructor(chip: I2cSlave, clock: ManualClock) {
    this.#chip = chip;
    this.clock = clock;
  }

  /** Writes bytes given as hexadecimal text and reads so many. */
  bytes(write: string, readBytes = 0): string {
    const answer = this.#chip.transfer(
      Uint8Array.from(Buffer.from(write.replaceAll(" ", ""), "hex")),
      readBytes,
    );
    return Buffer.from(answer)
      .toString("hex")
      .replaceAll(/..(?=.)/g, "$& ");
  }

  /** Writes a command with its arguments. */
  send(code: number, ...words: number[]): void {
    this.#chip.transfer(Uint8Array.from([code >> 8, code & 0xff, ...wordsToBus(words)]), 0);
  }

  /** Writes a command, waits, and gives the words read; fails when a checksum is wrong. */
  ask(
    code: number,
    { words, waitMs, args = [] }: { words: number; waitMs: number; args?: number[] },
  ): number[] {
    this.send(code, ...args);
    this.clock.advanceMs(waitMs);
    const answer = wordsFromBus(this.#chip.transfer(new Uint8Array(0), 3 * words));
    assert.ok(answer !== null, "a checksum is wrong");
    return [...answer];
  }

  /** Writes a command and waits until the chip has done it. */
  do(code: number, { waitMs, args = [] }: { waitMs: number; args?: number[] }): void {
    this.send(code, ...args);
    this.clock.advanceMs(waitMs);
  }
}
