import type { FileHandle } from "node:fs/promises";
import { McapConstants } from "@mcap/core";

const { Opcode, MCAP_MAGIC } = McapConstants;

/** Largest record that is read, in bytes; one that claims more is damaged. */
export const mcapRecordBytesMax = 128 * 1024 * 1024;

/** Kinds of records that stand before the end of the data, in files of ours; any other kind there is damage. */
const dataOpcodes: ReadonlySet<number> = new Set([
  Opcode.HEADER,
  Opcode.SCHEMA,
  Opcode.CHANNEL,
  Opcode.MESSAGE,
  Opcode.CHUNK,
  Opcode.MESSAGE_INDEX,
  Opcode.DATA_END,
]);

/** Length of the two records of fixed length: a flipped bit must not make an end of something else. */
const dataEndBytes = 4;
const footerBytes = 20;

/** A record of an MCAP file at top level, or a stretch that is none. */
export type McapItem =
  | { readonly type: "record"; readonly opcode: number; readonly body: Uint8Array }
  | { readonly type: "damage"; readonly bytes: number };

/** How a walk through the records ended: at the footer, or where the file breaks off. */
export interface McapWalk {
  closed: boolean;
}

/** True when the bytes begin as an MCAP file does. */
export function hasMcapMagic(bytes: Uint8Array): boolean {
  return MCAP_MAGIC.every((byte, i) => bytes[i] === byte);
}

/**
 * Walks through the top-level records of an MCAP file (specification version 0: opcode, uint64 length, content). Where
 * that makes no sense it looks for the next chunk, so that a broken length or kind costs only what lies between. What
 * follows the end of the data is the summary, up to the footer. `walk.closed` tells afterwards whether one was reached.
 */
export async function* mcapRecords(
  file: FileHandle,
  options: { readonly walk: McapWalk },
): AsyncGenerator<McapItem> {
  const { size } = await file.stat();
  options.walk.closed = false;
  let at = MCAP_MAGIC.length;
  while (at < size) {
    const head = await readHead(file, { at, size, section: options.walk.closed ? "summary" : "data" });
    if (head === null) {
      const next = await nextChunk(file, { from: at + 1, size });
      yield { type: "damage", bytes: (next ?? size) - at };
      if (next === null) return;
      at = next;
      continue;
    }
    if (head.opcode === Opcode.DATA_END) options.walk.closed = true;
    if (head.opcode === Opcode.FOOTER) {
      options.walk.closed = true;
      return;
    }
    yield {
      type: "record",
      opcode: head.opcode,
      body: await readBytes(file, { at: at + 9, count: head.length }),
    };
    at += 9 + head.length;
  }
}

/** Reads this many bytes, or fewer at the end of the file. */
export async function readBytes(
  file: FileHandle,
  span: { readonly at: number; readonly count: number },
): Promise<Uint8Array> {
  const bytes = new Uint8Array(span.count);
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, span.at + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

async function readHead(
  file: FileHandle,
  place: { readonly at: number; readonly size: number; readonly section: "data" | "summary" },
): Promise<{ readonly opcode: number; readonly length: number } | null> {
  const bytes = await readBytes(file, { at: place.at, count: 9 });
  if (bytes.length < 9) return null;
  const opcode = bytes[0]!;
  const length = Number(new DataView(bytes.buffer).getBigUint64(1, true));
  const end = place.at + 9 + length;
  if (length > mcapRecordBytesMax || end > place.size) return null;
  if (opcode === Opcode.FOOTER) {
    const isLast = length === footerBytes && end + MCAP_MAGIC.length === place.size;
    return isLast ? { opcode, length } : null;
  }
  if (place.section === "data" && !dataOpcodes.has(opcode)) return null;
  return opcode === Opcode.DATA_END && length !== dataEndBytes ? null : { opcode, length };
}

/** A chunk of ours: its compression "zstd" stands at byte 37, and its two lengths agree. */
const compressionMark = Uint8Array.of(4, 0, 0, 0, 0x7a, 0x73, 0x74, 0x64);
const markOffset = 37;
const chunkHeadBytes = markOffset + compressionMark.length + 8;
const searchWindowBytes = 1024 * 1024;

async function nextChunk(
  file: FileHandle,
  place: { readonly from: number; readonly size: number },
): Promise<number | null> {
  for (let start = place.from; start < place.size; start += searchWindowBytes) {
    const window = await readBytes(file, { at: start, count: searchWindowBytes + chunkHeadBytes });
    const found = chunkIn(Buffer.from(window.buffer, 0, window.length), { start, size: place.size });
    if (found !== null) return found;
  }
  return null;
}

function chunkIn(window: Buffer, place: { readonly start: number; readonly size: number }): number | null {
  let mark = window.indexOf(compressionMark);
  while (mark >= 0) {
    const at = mark - markOffset;
    if (at >= 0 && at + chunkHeadBytes <= window.length && window[at] === Opcode.CHUNK) {
      const length = Number(window.readBigUInt64LE(at + 1));
      const records = Number(window.readBigUInt64LE(at + chunkHeadBytes - 8));
      if (length === chunkHeadBytes - 9 + records && place.start + at + 9 + length <= place.size)
        return place.start + at;
    }
    mark = window.indexOf(compressionMark, mark + 1);
  }
  return null;
}
