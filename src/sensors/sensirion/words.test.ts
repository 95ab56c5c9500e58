import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeWords, encodeCommand, toSigned, wordsToFloat, wordsToInteger, wordsToText } from "./words.ts";

function bytes(text: string): Uint8Array {
  return Uint8Array.from(text.split(" "), (byte) => Number.parseInt(byte, 16));
}

test("commands are written as the data sheet's examples have them", () => {
  assert.deepEqual(encodeCommand(0x21b1, []), bytes("21 b1"));
  assert.deepEqual(encodeCommand(0x241d, [0x07e6]), bytes("24 1d 07 e6 48"));
  assert.deepEqual(encodeCommand(0x362f, [0x01e0]), bytes("36 2f 01 e0 b4"));
  assert.deepEqual(encodeCommand(0xe000, [0x03db]), bytes("e0 00 03 db 42"));
  assert.throws(() => encodeCommand(0x241d, [65_536]), /16-bit/);
});

test("a measurement's words are read, and one with a wrong checksum is none", () => {
  const reply = bytes("01 f4 33 66 67 a2 5e b9 3c");
  assert.deepEqual(decodeWords(reply, 3), { words: [0x01f4, 0x6667, 0x5eb9], wrong: [] });
  reply[4]! ^= 1;
  assert.deepEqual(decodeWords(reply, 3), { words: [0x01f4, null, 0x5eb9], wrong: [1] });
  assert.deepEqual(decodeWords(bytes("01 f4"), 1), { words: [null], wrong: [0] });
});

test("what is written is read back, and any wrong bit of a word loses that word alone", () => {
  const words = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(words, fc.nat(), (sent, at) => {
      const wire = encodeCommand(0, sent).subarray(2);
      assert.deepEqual(decodeWords(wire, sent.length).words, sent);
      const bit = at % (8 * wire.length);
      wire[bit >> 3]! ^= 1 << (bit & 7);
      const wrong = Math.floor(bit / 24);
      assert.deepEqual(decodeWords(wire, sent.length).wrong, [wrong]);
    }),
  );
});

test("serial numbers, signed numbers, floats and texts are read from words", () => {
  assert.equal(wordsToInteger([0xf896, 0x9f07, 0x3bbe]), 273_325_796_834_238);
  assert.equal(toSigned(0xff38), -200);
  assert.equal(toSigned(0x7fff), 32_767);
  assert.equal(wordsToFloat(0x4148, 0x0000), 12.5);
  assert.equal(wordsToText([0x5350, 0x5333, 0x3000, 0x4141]), "SPS30");
  assert.equal(wordsToText([0x4107]), "A?");
});
