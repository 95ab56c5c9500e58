import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  celsiusToTicks,
  floatToWords,
  humidityToTicks,
  longToWords,
  sensirionChecksum,
  serialToWords,
  textToWords,
  ticksToCelsius,
  toSignedWord,
  wordsFromBus,
  wordsToBus,
} from "./emulated-sensirion-words.ts";

const word = fc.integer({ min: 0, max: 0xffff });

test("checksums are those of the data sheets", () => {
  const examples: readonly (readonly [word: number, checksum: number])[] = [
    [0xbeef, 0x92],
    [0x0000, 0x81],
    [0x0001, 0xb0],
    [0x8000, 0xa2],
    [0xffff, 0xac],
    [0x6666, 0x93],
    [0x6667, 0xa2],
    [0x5f16, 0x1a],
    [0x77f4, 0x52],
    [0x41d4, 0x3c],
    [0x5eb9, 0x3c],
    [0x01f4, 0x33],
    [0x0190, 0x4c],
    [0x03e8, 0xd4],
    [0x1388, 0x01],
    [0x9c40, 0x45],
    [0x03f5, 0xdb],
    [0x03db, 0x42],
    [0x01e0, 0xb4],
    [0x7fce, 0x7b],
    [0x07e6, 0x48],
    [0x0912, 0x63],
    [0x044c, 0x42],
    [0x079e, 0x09],
    [0xf896, 0x31],
    [0x9f07, 0xc2],
    [0x3bbe, 0x89],
    [0x004c, 0xc1],
    [0x009c, 0xc5],
    [0x05da, 0x29],
    [0x0258, 0x9f],
    [0x0500, 0xf6],
    [0x0300, 0xac],
    [0x2710, 0xb0],
    [0x07d0, 0x2b],
  ];
  for (const [value, checksum] of examples)
    assert.equal(sensirionChecksum(value), checksum, value.toString(16));
});

test("temperature and humidity become the words of the data sheets", () => {
  assert.equal(celsiusToTicks(25), 0x6666);
  assert.equal(celsiusToTicks(20), 0x5f16);
  assert.equal(celsiusToTicks(37), 0x77f4);
  assert.equal(celsiusToTicks(0), 0x41d4);
  assert.equal(celsiusToTicks(-60), 0);
  assert.equal(celsiusToTicks(200), 0xffff);
  assert.equal(humidityToTicks(50), 0x8000);
  assert.equal(humidityToTicks(37), 0x5eb8);
});

test("ticks of a temperature come back as the same ticks", () => {
  fc.assert(fc.property(word, (ticks) => celsiusToTicks(ticksToCelsius(ticks)) === ticks));
});

test("words come back from the bus as they were put on it", () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 20 }), (words) => {
      assert.deepEqual(wordsFromBus(wordsToBus(words)), words);
    }),
  );
});

test("every change of up to three neighbouring bits of a word is noticed", () => {
  fc.assert(
    fc.property(
      word,
      fc.integer({ min: 0, max: 21 }),
      fc.integer({ min: 1, max: 7 }),
      (value, shift, bits) => {
        const bytes = wordsToBus([value]);
        const all = (bytes[0]! << 16) | (bytes[1]! << 8) | bytes[2]!;
        const changed = all ^ (bits << shift);
        assert.equal(
          wordsFromBus(Uint8Array.from([changed >> 16, (changed >> 8) & 0xff, changed & 0xff])),
          null,
        );
      },
    ),
  );
});

test("a word cut short is no word", () => {
  assert.equal(wordsFromBus(Uint8Array.from([0xbe, 0xef])), null);
  assert.equal(wordsFromBus(Uint8Array.from([0xbe, 0xef, 0x92, 0x00])), null);
  assert.deepEqual(wordsFromBus(new Uint8Array(0)), []);
});

test("text, long numbers, floats and signed numbers become words", () => {
  assert.deepEqual(textToWords("SEN66", 4), [0x5345, 0x4e36, 0x3600, 0]);
  assert.deepEqual(serialToWords(273_325_796_834_238), [0xf896, 0x9f07, 0x3bbe]);
  assert.deepEqual(longToWords(604_800), [0x0009, 0x3a80]);
  assert.deepEqual(floatToWords(1.5), [0x3fc0, 0x0000]);
  assert.deepEqual(floatToWords(Number.NaN), [0x7fc0, 0x0000]);
  assert.equal(toSignedWord(-1), 0xffff);
  assert.equal(toSignedWord(40_000), 0x7fff);
  assert.equal(toSignedWord(-40_000), 0x8000);
});
