import type { FileHandle } from "node:fs/promises";
import { McapConstants, type McapTypes } from "@mcap/core";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { decodeEntryJson } from "./entry-json.ts";
import { kindOfChannel } from "./mcap-channels.ts";
import {
  chunkContent,
  indexedMessages,
  type McapContent,
  type McapMessage,
  recordContent,
  statisticsMessages,
  unpackChunk,
} from "./mcap-chunk.ts";
import { mcapRecords } from "./mcap-records.ts";
import type { RecordingEntry } from "./recording-entry.ts";
import { atMicrosMax } from "./recording-limits.ts";
import { decodeThermalMessage } from "./thermal-message.ts";

const { Opcode } = McapConstants;

/** What was found while reading, beside the entries. */
export interface McapFindings {
  /** Messages on channels that are not ours. */
  foreignMessages: number;
  /** False when the file breaks off before its end, as that of a killed writer does. */
  closed: boolean;
}

/**
 * The entries of an MCAP file in file order. A damaged chunk costs its own entries, counted by its message indexes; a
 * file that breaks off is read up to its last whole chunk and ends with a damage entry. What the file's statistics count
 * beyond what was found is damage too.
 */
export async function* mcapEntries(file: FileHandle, findings: McapFindings): AsyncGenerator<RecordingEntry> {
  const walk = { closed: false };
  const decoder = new EntryDecoder(findings);
  let lost: { what: string; count: number } | null = null;
  let counted: number | null = null;
  for await (const item of mcapRecords(file, { walk })) {
    if (item.type === "record" && walk.closed) {
      if (item.opcode === Opcode.STATISTICS) counted = statisticsMessages(item.body);
      continue;
    }
    if (item.type === "record" && item.opcode === Opcode.MESSAGE_INDEX) {
      if (lost !== null) lost.count += indexedMessages(item.body);
      continue;
    }
    if (lost !== null) yield decoder.damage(lost.what, Math.max(1, lost.count));
    lost = null;
    if (item.type === "damage") lost = { what: `${item.bytes} bytes that are no records`, count: 0 };
    else if (item.opcode !== Opcode.CHUNK) yield* decoder.content(recordContent(item.opcode, item.body));
    else {
      const plain = unpackChunk(item.body);
      if (plain === null) lost = { what: "a chunk that cannot be unpacked", count: 0 };
      else yield* decoder.chunk(plain);
    }
  }
  if (lost !== null) yield decoder.damage(lost.what, Math.max(1, lost.count));
  findings.closed = walk.closed;
  const missing = (counted ?? 0) - decoder.accounted;
  if (missing > 0) yield decoder.damage("entries that the file counts are not in it", missing);
  if (!walk.closed) yield decoder.damage("the recording was not closed: its last seconds may be missing", 0);
}

class EntryDecoder {
  readonly #findings: McapFindings;
  readonly #channels = new Map<number, McapTypes.Channel>();
  #previousFrame: ThermalFrame | null = null;
  #lastMicros = 0;
  #accounted = 0;

  constructor(findings: McapFindings) {
    this.#findings = findings;
  }

  /** Messages found so far, those that could not be read and those told as lost included. */
  get accounted(): number {
    return this.#accounted;
  }

  /** A damage entry at the time of the entry before it. */
  damage(what: string, lost: number): RecordingEntry {
    this.#accounted += lost;
    return { kind: "damage", atMicros: this.#lastMicros, what, lost };
  }

  *chunk(plain: Uint8Array): Iterable<RecordingEntry> {
    this.#previousFrame = null;
    for (const content of chunkContent(plain)) yield* this.content(content);
  }

  *content(content: McapContent | null | undefined): Iterable<RecordingEntry> {
    if (content === undefined) return;
    if (content === null) yield this.damage("a record that cannot be read", 1);
    else if (content.type === "channel") this.#channels.set(content.channel.id, content.channel);
    else yield* this.#message(content.message);
  }

  *#message(message: McapMessage): Iterable<RecordingEntry> {
    const channel = this.#channels.get(message.channelId);
    const kind = channel === undefined ? null : kindOfChannel(channel);
    if (kind === null) {
      this.#findings.foreignMessages += 1;
      this.#accounted += 1;
      return;
    }
    const atMicros = Number(message.logTimeNanos / 1_000n);
    const entry = atMicros > atMicrosMax ? null : this.#entry(kind, { atMicros, data: message.data });
    if (entry === null) yield this.damage(`a message on ${channel!.topic} that cannot be read`, 1);
    else {
      this.#lastMicros = atMicros;
      this.#accounted += 1;
      yield entry;
    }
  }

  #entry(
    kind: RecordingEntry["kind"],
    message: { readonly atMicros: number; readonly data: Uint8Array },
  ): RecordingEntry | null {
    if (kind !== "thermal") return decodeEntryJson(kind, message);
    const frame = decodeThermalMessage(message.data, this.#previousFrame);
    this.#previousFrame = frame;
    return frame === null ? null : { kind, atMicros: message.atMicros, frame };
  }
}
