import { promisify } from "node:util";
import { constants, crc32, zstdCompress } from "node:zlib";
import { McapChunkBuilder, McapConstants, McapRecordBuilder, type McapTypes } from "@mcap/core";
import { type Overwrite, PartialFile } from "./partial-file.ts";

const compress = promisify(zstdCompress);

/** A message to be stored. */
export interface McapFileMessage {
  readonly channelId: number;
  readonly atMicros: number;
  readonly data: Uint8Array;
}

/** How a file begins, and where. */
export interface McapFileOptions {
  readonly path: string;
  readonly overwrite: Overwrite;
  readonly profile: string;
  readonly schemas: readonly McapTypes.Schema[];
  readonly channels: readonly McapTypes.Channel[];
}

/**
 * Writes an MCAP file in chunks that stand alone: each repeats the channels it uses, is compressed by zstd and carries
 * a checksum and message indexes, so that a damaged one costs only itself. The caller says where a chunk ends. Schemas
 * and channels stand before the first chunk and again in the summary.
 */
export class McapFileWriter {
  readonly #file: PartialFile;
  readonly #options: McapFileOptions;
  readonly #channels: ReadonlyMap<number, McapTypes.Channel>;
  readonly #chunkIndexes: McapTypes.ChunkIndex[] = [];
  readonly #counts = new Map<number, bigint>();
  #chunk = new McapChunkBuilder({ useMessageIndex: true });
  #chunkChannels = new Set<number>();
  #sequence = 0;

  private constructor(file: PartialFile, options: McapFileOptions) {
    this.#file = file;
    this.#options = options;
    this.#channels = new Map(options.channels.map((channel) => [channel.id, channel]));
  }

  /** Begins PATH.partial; throws the Failures of `PartialFile`, and leaves nothing behind then. */
  static async create(options: McapFileOptions): Promise<McapFileWriter> {
    const file = await PartialFile.create(options.path, options.overwrite);
    const records = new McapRecordBuilder();
    records.writeMagic();
    records.writeHeader({ profile: options.profile, library: "emberwatch" });
    for (const schema of options.schemas) records.writeSchema(schema);
    for (const channel of options.channels) records.writeChannel(channel);
    try {
      await file.write(records.buffer);
    } catch (error) {
      await file.discard();
      throw error;
    }
    return new McapFileWriter(file, options);
  }

  /** Bytes in the file so far, without the open chunk. */
  get position(): number {
    return this.#file.position;
  }

  /** Uncompressed bytes of the open chunk. */
  get chunkBytes(): number {
    return this.#chunk.byteLength;
  }

  /** Adds a message to the open chunk. */
  addMessage(message: McapFileMessage): void {
    const { channelId, atMicros, data } = message;
    if (!this.#chunkChannels.has(channelId)) {
      this.#chunk.addChannel(this.#channels.get(channelId)!);
      this.#chunkChannels.add(channelId);
    }
    const time = BigInt(atMicros) * 1_000n;
    this.#sequence = (this.#sequence + 1) % 2 ** 32;
    this.#chunk.addMessage({ channelId, sequence: this.#sequence, logTime: time, publishTime: time, data });
    this.#counts.set(channelId, (this.#counts.get(channelId) ?? 0n) + 1n);
  }

  /** Takes the open chunk away for `writeChunk` and opens the next one; null when it is empty. */
  takeChunk(): McapChunkBuilder | null {
    const chunk = this.#chunk;
    if (chunk.numMessages === 0) return null;
    this.#chunk = new McapChunkBuilder({ useMessageIndex: true });
    this.#chunkChannels = new Set();
    return chunk;
  }

  /** Compresses a chunk off the main thread and appends it; one at a time. `sync` also makes it survive a power cut. */
  async writeChunk(chunk: McapChunkBuilder, durability: "sync" | "buffer"): Promise<void> {
    const plain = chunk.buffer;
    const level = { [constants.ZSTD_c_compressionLevel]: 1 };
    const records = await compress(plain, { params: level });
    const builder = new McapRecordBuilder();
    const startOffset = BigInt(this.#file.position);
    const times = { messageStartTime: chunk.messageStartTime, messageEndTime: chunk.messageEndTime };
    const sizes = { compression: "zstd", uncompressedSize: BigInt(plain.length) };
    const chunkLength = builder.writeChunk({ ...times, ...sizes, uncompressedCrc: crc32(plain), records });
    const messageIndexOffsets = new Map<number, bigint>();
    let messageIndexLength = 0n;
    for (const index of chunk.indices) {
      messageIndexOffsets.set(index.channelId, startOffset + chunkLength + messageIndexLength);
      messageIndexLength += builder.writeMessageIndex(index);
    }
    await this.#file.write(builder.buffer);
    if (durability === "sync") await this.#file.sync();
    this.#chunkIndexes.push({
      ...times,
      ...sizes,
      chunkStartOffset: startOffset,
      chunkLength,
      messageIndexOffsets,
      messageIndexLength,
      compressedSize: BigInt(records.length),
    });
  }

  /** Writes the summary and gives the file its name; all chunks must have been written. */
  async close(): Promise<void> {
    try {
      const data = new McapRecordBuilder();
      data.writeDataEnd({ dataSectionCrc: 0 });
      await this.#file.write(data.buffer);
      await this.#file.write(this.#summary(BigInt(this.#file.position)));
      await this.#file.commit();
    } catch (error) {
      await this.#file.leave();
      throw error;
    }
  }

  /** Closes the file as it is, under its partial name. */
  async leave(): Promise<void> {
    await this.#file.leave();
  }

  /** Gives up: nothing is left behind. */
  async abandon(): Promise<void> {
    await this.#file.discard();
  }

  #summary(start: bigint): Uint8Array {
    const { Opcode } = McapConstants;
    const builder = new McapRecordBuilder();
    const offsets: McapTypes.SummaryOffset[] = [];
    const group = (groupOpcode: number, write: () => void) => {
      const groupStart = start + BigInt(builder.length);
      write();
      const groupLength = start + BigInt(builder.length) - groupStart;
      if (groupLength > 0n) offsets.push({ groupOpcode, groupStart, groupLength });
    };
    group(Opcode.SCHEMA, () => {
      for (const schema of this.#options.schemas) builder.writeSchema(schema);
    });
    group(Opcode.CHANNEL, () => {
      for (const channel of this.#options.channels) builder.writeChannel(channel);
    });
    group(Opcode.STATISTICS, () => builder.writeStatistics(this.#statistics()));
    group(Opcode.CHUNK_INDEX, () => {
      for (const index of this.#chunkIndexes) builder.writeChunkIndex(index);
    });
    const summaryOffsetStart = start + BigInt(builder.length);
    for (const offset of offsets) builder.writeSummaryOffset(offset);
    builder.writeFooter({ summaryStart: start, summaryOffsetStart, summaryCrc: 0 });
    const bytes = builder.buffer;
    // The checksum is the last field of the footer and covers everything of the summary before it.
    const checked = bytes.subarray(0, bytes.length - 4);
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(checked.length, crc32(checked), true);
    return Buffer.concat([bytes, Uint8Array.from(McapConstants.MCAP_MAGIC)]);
  }

  #statistics(): McapTypes.Statistics {
    const starts = this.#chunkIndexes.map((index) => index.messageStartTime);
    const ends = this.#chunkIndexes.map((index) => index.messageEndTime);
    const byTime = (a: bigint, b: bigint) => (a < b ? -1 : 1);
    return {
      messageCount: [...this.#counts.values()].reduce((sum, count) => sum + count, 0n),
      schemaCount: this.#options.schemas.length,
      channelCount: this.#options.channels.length,
      attachmentCount: 0,
      metadataCount: 0,
      chunkCount: this.#chunkIndexes.length,
      messageStartTime: starts.sort(byTime)[0] ?? 0n,
      messageEndTime: ends.sort(byTime).at(-1) ?? 0n,
      channelMessageCounts: this.#counts,
    };
  }
}
