import { crc32, zstdDecompressSync } from "node:zlib";
import { McapConstants, type McapTypes } from "@mcap/core";

const { Opcode } = McapConstants;

/** Largest chunk after unpacking, in bytes; one that claims more is damaged. */
export const mcapChunkBytesMax = 256 * 1024 * 1024;

/** A message as it stands in a file. */
export interface McapMessage {
  readonly channelId: number;
  readonly logTimeNanos: bigint;
  readonly data: Uint8Array;
}

/** What a chunk, or the top level, can hold. */
export type McapContent =
  | { readonly type: "channel"; readonly channel: McapTypes.Channel }
  | { readonly type: "message"; readonly message: McapMessage };

/** Unpacks a chunk record and checks its checksum; null when it is damaged or packed in a way that cannot be read. */
export function unpackChunk(body: Uint8Array): Uint8Array | null {
  const reader = new RecordReader(body);
  reader.skip(16);
  const size = Number(reader.unsigned64());
  const crc = reader.unsigned32();
  const compression = reader.text();
  const packed = reader.bytes(Number(reader.unsigned64()));
  if (reader.failed || size > mcapChunkBytesMax) return null;
  const plain = compression === "zstd" ? unpackZstd(packed, size) : compression === "" ? packed : null;
  if (plain === null || plain.length !== size) return null;
  return crc === 0 || crc32(plain) === crc ? plain : null;
}

/** The records in an unpacked chunk; gives null once and ends where they make no sense. */
export function* chunkContent(plain: Uint8Array): Iterable<McapContent | null> {
  const reader = new RecordReader(plain);
  while (!reader.atEnd) {
    const opcode = reader.unsigned8();
    const body = reader.bytes(Number(reader.unsigned64()));
    if (reader.failed) {
      yield null;
      return;
    }
    const content = recordContent(opcode, body);
    if (content !== undefined) yield content;
  }
}

/** A channel or message record; null when damaged, undefined for records of another kind. */
export function recordContent(opcode: number, body: Uint8Array): McapContent | null | undefined {
  if (opcode === Opcode.CHANNEL) return readChannel(body);
  return opcode === Opcode.MESSAGE ? readMessage(body) : undefined;
}

/** How many messages a message index record speaks of. */
export function indexedMessages(body: Uint8Array): number {
  const reader = new RecordReader(body);
  reader.skip(2);
  const bytes = reader.unsigned32();
  return reader.failed || bytes > body.length ? 0 : Math.floor(bytes / 16);
}

/** The count of all messages in a statistics record; null when it is damaged. */
export function statisticsMessages(body: Uint8Array): number | null {
  const reader = new RecordReader(body);
  const count = Number(reader.unsigned64());
  return reader.failed || !Number.isSafeInteger(count) ? null : count;
}

function readChannel(body: Uint8Array): McapContent | null {
  const reader = new RecordReader(body);
  const id = reader.unsigned16();
  const schemaId = reader.unsigned16();
  const topic = reader.text();
  const messageEncoding = reader.text();
  if (reader.failed) return null;
  return { type: "channel", channel: { id, schemaId, topic, messageEncoding, metadata: new Map() } };
}

function readMessage(body: Uint8Array): McapContent | null {
  const reader = new RecordReader(body);
  const channelId = reader.unsigned16();
  reader.skip(4);
  const logTimeNanos = reader.unsigned64();
  reader.skip(8);
  if (reader.failed) return null;
  return { type: "message", message: { channelId, logTimeNanos, data: body.subarray(22) } };
}

function unpackZstd(packed: Uint8Array, size: number): Uint8Array | null {
  try {
    return zstdDecompressSync(packed, { maxOutputLength: Math.max(1, size) });
  } catch {
    return null;
  }
}

/** Reads little-endian fields one after the other; past the end it gives zeros and `failed` becomes true. */
class RecordReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;
  #failed = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get failed(): boolean {
    return this.#failed;
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  skip(count: number): void {
    this.#take(count);
  }

  unsigned8(): number {
    const at = this.#take(1);
    return at === null ? 0 : this.#view.getUint8(at);
  }

  unsigned16(): number {
    const at = this.#take(2);
    return at === null ? 0 : this.#view.getUint16(at, true);
  }

  unsigned32(): number {
    const at = this.#take(4);
    return at === null ? 0 : this.#view.getUint32(at, true);
  }

  unsigned64(): bigint {
    const at = this.#take(8);
    return at === null ? 0n : this.#view.getBigUint64(at, true);
  }

  bytes(count: number): Uint8Array {
    const at = this.#take(count);
    return at === null ? new Uint8Array(0) : this.#bytes.subarray(at, at + count);
  }

  text(): string {
    return new TextDecoder().decode(this.bytes(this.unsigned32()));
  }

  #take(count: number): number | null {
    const at = this.#at;
    if (this.#failed || at + count > this.#bytes.length) {
      this.#failed = true;
      return null;
    }
    this.#at += count;
    return at;
  }
}
