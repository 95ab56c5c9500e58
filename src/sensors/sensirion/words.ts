import { assert } from "#core/failure.ts";
import { crc8 } from "./crc8.ts";

/** Bytes of a word on the bus: two of data, high byte first, and their checksum. */
export const wordBytes = 3;

/** Whether a number fits into a word. */
export function isWord(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 0xffff;
}

/** A command as it is written: its code, then each argument with its checksum (the code itself has none). */
export function encodeCommand(code: number, argumentWords: readonly number[]): Uint8Array {
  assert(isWord(code) && argumentWords.every(isWord), "codes and arguments are 16-bit words");
  const bytes = new Uint8Array(2 + wordBytes * argumentWords.length);
  bytes[0] = code >> 8;
  bytes[1] = code & 0xff;
  for (const [index, word] of argumentWords.entries()) {
    bytes[2 + wordBytes * index] = word >> 8;
    bytes[3 + wordBytes * index] = word & 0xff;
    bytes[4 + wordBytes * index] = crc8(word);
  }
  return bytes;
}

/** What came over the bus, word by word. */
export interface DecodedWords {
  /** The words whose checksum is right; null where it is wrong or the word was cut short. */
  readonly words: readonly (number | null)[];
  /** Places of the wrong ones. */
  readonly wrong: readonly number[];
}

/** Reads `count` words, each followed by its checksum. */
export function decodeWords(bytes: Uint8Array, count: number): DecodedWords {
  const wrong: number[] = [];
  const words = Array.from({ length: count }, (_, index) => {
    const word = decodeWord(bytes, wordBytes * index);
    if (word === null) wrong.push(index);
    return word;
  });
  return { words, wrong };
}

function decodeWord(bytes: Uint8Array, at: number): number | null {
  if (at + wordBytes > bytes.length) return null;
  const word = (bytes[at]! << 8) | bytes[at + 1]!;
  return bytes[at + 2] === crc8(word) ? word : null;
}

/** Several words as one whole number, most significant word first; exact up to three words (48-bit serial numbers). */
export function wordsToInteger(words: readonly number[]): number {
  assert(words.length <= 3, "three words are the most that a number holds exactly");
  return words.reduce((sum, word) => sum * 65_536 + word, 0);
}

/** A word as a signed number (two's complement). */
export function toSigned(word: number): number {
  return word >= 0x8000 ? word - 0x1_0000 : word;
}

/** Two words as an IEEE 754 single, most significant word first. */
export function wordsToFloat(high: number, low: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint16(0, high);
  view.setUint16(2, low);
  return view.getFloat32(0);
}

/** Words as ASCII text, two characters each, up to the first zero byte; anything unprintable becomes "?". */
export function wordsToText(words: readonly number[]): string {
  const bytes = words.flatMap((word) => [word >> 8, word & 0xff]);
  const end = bytes.indexOf(0);
  return bytes
    .slice(0, end < 0 ? bytes.length : end)
    .map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "?"))
    .join("");
}
