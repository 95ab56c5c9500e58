const openBrace = 0x7b;
const closeBrace = 0x7d;
const quote = 0x22;
const backslash = 0x5c;

/** Longest text of one object: a tCam picture with a JPEG beside it has below 200 kB. */
const objectBytesMax = 1024 * 1024;

/**
 * Cuts a file of JSON objects in a row into their texts, whatever stands between them. An object that does not end
 * where the next one begins, or is longer than 1 MiB, is given as null, and reading goes on at the next object.
 */
export function* jsonObjects(content: Uint8Array): Iterable<string | null> {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  let at = bytes.indexOf(openBrace);
  while (at >= 0) {
    const end = objectEnd(bytes, at);
    if (end === null) {
      yield null;
      at = nextTopObject(bytes, at + 1);
    } else {
      yield bytes.toString("utf8", at, end);
      at = nextObject(bytes, end);
    }
  }
}

/** The next object; a brace without a field name after it is a piece of a damaged one. */
function nextObject(bytes: Buffer, from: number): number {
  const at = bytes.indexOf(openBrace, from);
  if (at < 0) return at;
  let next = at + 1;
  while (bytes[next] !== undefined && bytes[next]! <= 0x20) next += 1;
  return bytes[next] === quote ? at : nextTopObject(bytes, at + 1);
}

function objectEnd(bytes: Buffer, start: number): number | null {
  const limit = Math.min(bytes.length, start + objectBytesMax);
  let depth = 0;
  let inString = false;
  for (let i = start; i < limit; i += 1) {
    const byte = bytes[i]!;
    if (inString) {
      if (byte === backslash) i += 1;
      else if (byte === quote) inString = false;
      else if (byte < 0x20) return null;
    } else if (byte === quote) inString = true;
    else if (byte === openBrace) depth += 1;
    else if (byte === closeBrace) {
      depth -= 1;
      if (depth === 0) return i + 1;
    } else if (byte === separator) return null;
  }
  return null;
}

/** Control character with which tCam separates the objects of a video. */
const separator = 0x03;

/** After damage only an object that begins like a tCam picture or footer counts: braces within one are no start. */
function nextTopObject(bytes: Buffer, from: number): number {
  const starts = ['{"metadata"', '{"radiometric"', '{"telemetry"', '{"video_info"']
    .map((text) => bytes.indexOf(text, from))
    .filter((at) => at >= 0);
  return starts.length === 0 ? -1 : Math.min(...starts);
}
