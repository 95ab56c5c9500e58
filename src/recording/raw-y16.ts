import { badInput } from "#core/failure.ts";
import type { FrameTelemetry } from "#core/frames/frame-telemetry.ts";
import {
  looksLikeTelemetry,
  parseLeptonTelemetry,
  telemetryFrameCounter,
  telemetryWords,
} from "#core/frames/lepton-telemetry.ts";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import type { Clip, ClipDamage, Picture } from "./clip.ts";
import { nominalAtMicros } from "./nominal-time.ts";
import { importedFramesMax } from "./recording-limits.ts";
import { telemetryUnit } from "./telemetry-unit.ts";

const pixels = leptonWidth * leptonHeight;
/** Rows A, B, C and a reserved one of 80 words each follow the picture as two rows (PureThermal footer). */
const pixelsWithTelemetry = leptonWidth * (leptonHeight + 2);

/** Bytes of the smallest picture, 160×120 of 16 bits. */
export const rawPictureBytes = 2 * pixels;

/** True when the name says that a file holds bare 16-bit pixels; there is no other way to know. */
export function isRawY16Name(path: string): boolean {
  return /\.(y16|raw)(\.gz)?$/i.test(path);
}

/**
 * Parses bare little-endian 16-bit pictures of 160×120, or 160×122 with the camera's telemetry in the last two rows;
 * which of the two is found by whether telemetry stands where it should. A file that is no whole number of pictures is
 * read up to its last whole one, provided that its values look like a picture. Times are 8.7 pictures a second from 0.
 * Throws Failure("input") when the content is no such picture.
 */
export function parseRawY16(input: { readonly path: string; readonly content: Uint8Array }): Clip {
  const { content, path } = input;
  const stride = 2 * (hasTelemetry(content) ? pixelsWithTelemetry : pixels);
  const count = Math.floor(content.length / stride);
  if (count > importedFramesMax)
    throw badInput("recording-too-large", `${path} holds more than ${importedFramesMax} pictures: split it.`);
  const cut = content.length % stride !== 0;
  if (count === 0 || (cut && !looksLikePicture(content)))
    throw badInput(
      "recording-damaged",
      `${path} has ${content.length} bytes, which is no whole number of 160×120 or 160×122 pictures of 16 bits: check how it was recorded.`,
    );
  const damage: ClipDamage[] = cut ? [{ what: "the file ends early", lost: 1, afterPictures: count }] : [];
  return {
    format: "y16",
    width: leptonWidth,
    height: leptonHeight,
    timesMicros: Array.from({ length: count }, (_, i) => nominalAtMicros(i)),
    damage,
    pictures: () => pictures(content, { stride, count }),
  };
}

function* pictures(
  content: Uint8Array,
  layout: { readonly stride: number; readonly count: number },
): Iterable<Picture> {
  for (let i = 0; i < layout.count; i += 1) {
    const offset = i * layout.stride;
    const telemetry = layout.stride > 2 * pixels ? readTelemetry(content, offset + 2 * pixels) : null;
    yield {
      atMicros: nominalAtMicros(i),
      frameCounter: telemetry?.words ? telemetryFrameCounter(telemetry.words) : i,
      statedUnit: telemetry === null ? "unstated" : telemetryUnit(telemetry),
      pixels: readWords(content, { offset, count: pixels }),
      telemetry,
    };
  }
}

/** A picture whose footer was damaged keeps its pixels; what it says of itself is then unknown. */
function readTelemetry(content: Uint8Array, offset: number): FrameTelemetry | null {
  const words = readWords(content, { offset, count: telemetryWords });
  return looksLikeTelemetry(words) ? parseLeptonTelemetry(words) : null;
}

function readWords(
  content: Uint8Array,
  span: { readonly offset: number; readonly count: number },
): Uint16Array {
  const view = new DataView(content.buffer, content.byteOffset + span.offset, 2 * span.count);
  const words = new Uint16Array(span.count);
  for (let i = 0; i < words.length; i += 1) words[i] = view.getUint16(2 * i, true);
  return words;
}

function hasTelemetry(content: Uint8Array): boolean {
  if (content.length < 2 * pixelsWithTelemetry) return false;
  const words = readWords(content, { offset: 2 * pixels, count: telemetryWords });
  if (looksLikeTelemetry(words)) return true;
  return content.length % (2 * pixels) !== 0 && content.length % (2 * pixelsWithTelemetry) === 0;
}

/** The neighbours in a thermal picture are alike; in text, compressed data or a picture read off by a byte they are not. */
function looksLikePicture(content: Uint8Array): boolean {
  const first = readWords(content, { offset: 0, count: pixels });
  let sum = 0;
  let low = 65_535;
  let high = 0;
  for (let i = 1; i < first.length; i += 1) {
    sum += Math.abs(first[i]! - first[i - 1]!);
    low = Math.min(low, first[i]!);
    high = Math.max(high, first[i]!);
  }
  const oneUnit = low >= coldestCentikelvin || high < countsEnd;
  return oneUnit && sum / first.length < neighbourDifferenceMax;
}

/** No scene of a room is colder than 200 K, and raw counts have 14 bits: no picture has values on both sides. */
const coldestCentikelvin = 20_000;
const countsEnd = 16_384;

/** Mean difference of neighbours in counts: real pictures have below 50, random bytes 21,845, text some thousand. */
const neighbourDifferenceMax = 1_000;
