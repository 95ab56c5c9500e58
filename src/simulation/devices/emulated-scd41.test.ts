import assert from "node:assert/strict";
import { test } from "node:test";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { EmulatedScd41, type EmulatedScd41Options } from "./emulated-scd41.ts";
import type { SensirionAir } from "./emulated-sensirion-air.ts";
import { ticksToCelsius, wordsFromBus, wordsToBus } from "./emulated-sensirion-words.ts";

/** The air of the data sheet's example: 500 ppm, 25 °C, 37 %. */
const exampleAir: SensirionAir = {
  co2Ppm: 500,
  temperatureCelsius: ticksToCelsius(0x6667),
  humidityPercent: (100 * 0x5eb9) / 0xffff,
};

interface Bench {
  readonly clock: ManualClock;
  readonly chip: EmulatedScd41;
  readonly air: { now: SensirionAir };
  send(code: number, ...words: number[]): void;
  fetch(readBytes: number): string;
  ask(code: number, wordCount: number): readonly number[];
}

function bench(options: Partial<EmulatedScd41Options> = {}): Bench {
  const clock = new ManualClock();
  const air = { now: exampleAir };
  const chip = new EmulatedScd41({ clock, air: () => air.now, ...options });
  const command = (code: number): number[] => [code >> 8, code & 0xff];
  const send = (code: number, ...words: number[]): void => {
    chip.transfer(Uint8Array.from([...command(code), ...wordsToBus(words)]), 0);
  };
  const fetch = (readBytes: number): string =>
    [...chip.transfer(new Uint8Array(0), readBytes)]
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join(" ");
  const ask = (code: number, wordCount: number): readonly number[] => {
    send(code);
    clock.advanceMs(1);
    const words = wordsFromBus(chip.transfer(new Uint8Array(0), 3 * wordCount));
    assert.ok(words !== null, "a checksum is wrong");
    return words;
  };
  return { clock, chip, air, send, fetch, ask };
}

function refused(exchange: () => unknown): void {
  assert.throws(exchange, (error) => error instanceof TransportFailure && error.code === "no-answer");
}

function ready(b: Bench): boolean {
  return (b.ask(0xe4b8, 1)[0]! & 0x07ff) !== 0;
}

test("a periodic measurement gives the bytes of the data sheet's example", () => {
  const b = bench();
  b.send(0x21b1);
  b.clock.advanceMs(5_000);
  b.send(0xec05);
  b.clock.advanceMs(1);
  assert.equal(b.fetch(9), "01 f4 33 66 67 a2 5e b9 3c");
});

test("the serial number is the data sheet's example", () => {
  const b = bench();
  b.send(0x3682);
  b.clock.advanceMs(1);
  assert.equal(b.fetch(9), "f8 96 31 9f 07 c2 3b be 89");
});

test("a reading is there every 5 s, once", () => {
  const b = bench();
  b.send(0x21b1);
  b.clock.advanceMs(4_990);
  assert.equal(ready(b), false);
  b.clock.advanceMs(10);
  assert.equal(ready(b), true);
  b.ask(0xec05, 3);
  assert.equal(ready(b), false);
  b.send(0xec05);
  b.clock.advanceMs(1);
  refused(() => b.fetch(9));
  b.clock.advanceMs(5_000);
  assert.equal(ready(b), true);
});
