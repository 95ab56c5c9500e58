import { assert } from "#core/failure.ts";

/** Bytes of a word on the bus: two of data, high byte first, and their checksum. */
export const sensirionWordBytes = 3;

const polynomial = 0x31;

/**
 * Checksum of one word (SCD4x data sheet, section 3.11): polynomial x⁸+x⁵+x⁴+1, start value 0xFF, not reflected. The
 * emulated chips calculate it for themselves, bit by bit, so that a driver's mistake is not theirs too.
 */
export function sensirionChecksum(word: number): number {
  let remainder = 0xff;
  for (const byte of [word >> 8, word & 0xff]) {
    remainder ^= byte;
    for (let bit = 0; bit < 8; bit += 1) {
      remainder = ((remainder << 1) ^ ((remainder & 0x80) === 0 ? 0 : polynomial)) & 0xff;
    }
  }
  return remainder;
}

/** Words as they stand on the bus, each followed by its checksum. */
export function wordsToBus(words: readonly number[]): Uint8Array {
  return Uint8Array.from(words.flatMap((word) => [word >> 8, word & 0xff, sensirionChecksum(word)]));
}

/** The words of bus bytes; null when a checksum is wrong or a word is cut short. */
export function wordsFromBus(bytes: Uint8Array): readonly number[] | null {
  if (bytes.length % sensirionWordBytes !== 0) return null;
  const words: number[] = [];
  for (let at = 0; at < bytes.length; at += sensirionWordBytes) {
    const word = (bytes[at]! << 8) | bytes[at + 1]!;
    if (bytes[at + 2] !== sensirionChecksum(word)) return null;
    words.push(word);
  }
  return words;
}

/** Text as words of two ASCII characters, filled up with zero bytes to so many words. */
export function textToWords(text: string, wordCount: number): readonly number[] {
  const code = (at: number): number => (at < text.length ? text.charCodeAt(at) & 0x7f : 0);
  return Array.from({ length: wordCount }, (_, index) => (code(2 * index) << 8) | code(2 * index + 1));
}

/** A number rounded into a word; what lies outside is cut off. */
export function toUnsignedWord(value: number): number {
  assert(!Number.isNaN(value), "what an emulated chip measures is a number");
  return Math.round(Math.min(0xffff, Math.max(0, value)));
}

/** A number rounded into a signed word (two's complement); what lies outside is cut off. */
export function toSignedWord(value: number): number {
  assert(!Number.isNaN(value), "what an emulated chip measures is a number");
  return Math.round(Math.min(0x7fff, Math.max(-0x8000, value))) & 0xffff;
}

/** °C as the ticks of most Sensirion chips: −45 °C to 130 °C over the whole word. */
export function celsiusToTicks(celsius: number): number {
  return toUnsignedWord(((celsius + 45) * 0xffff) / 175);
}

/** °C of such ticks. */
export function ticksToCelsius(ticks: number): number {
  return -45 + (175 * ticks) / 0xffff;
}

/** % relative humidity as the ticks of most Sensirion chips: 0 to 100 % over the whole word. */
export function humidityToTicks(percent: number): number {
  return toUnsignedWord((percent * 0xffff) / 100);
}

/** % relative humidity of such ticks. */
export function ticksToPercent(ticks: number): number {
  return (100 * ticks) / 0xffff;
}

/** A 48-bit serial number as three words. */
export function serialToWords(serial: number): readonly number[] {
  return [Math.floor(serial / 2 ** 32) % 2 ** 16, Math.floor(serial / 2 ** 16) % 2 ** 16, serial % 2 ** 16];
}

/** A 32-bit number as two words. */
export function longToWords(value: number): readonly number[] {
  return [Math.floor(value / 2 ** 16) % 2 ** 16, value % 2 ** 16];
}

/** A number as the two words of its 32-bit float (IEEE 754, big-endian). */
export function floatToWords(value: number): readonly number[] {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return [view.getUint16(0), view.getUint16(2)];
}
