import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Failure } from "#core/failure.ts";
import { plainFrame, roomPictures, temporaryFolder } from "#support/synthetic-recordings.ts";
import { McapRecordingWriter } from "./mcap-writer.ts";
import { openRecording } from "./open-recording.ts";
import type { RecordingEntry } from "./recording-entry.ts";

const size = { width: 16, height: 12 };
const start = 1_700_000_000_000_000;

/** A minute of small pictures, one a second. */
function minute(): RecordingEntry[] {
  return roomPictures({ ...size, count: 60 }).map((pixels, i): RecordingEntry => {
    const atMicros = start + i * 1_000_000;
    return { kind: "thermal", atMicros, frame: plainFrame({ ...size, pixels, atMicros, frameCounter: i }) };
  });
}

async function written(path: string, entries: Iterable<RecordingEntry>): Promise<string> {
  const writer = await McapRecordingWriter.create(path);
  for (const entry of entries) await writer.write(entry);
  await writer.close();
  return path;
}

async function read(path: string): Promise<RecordingEntry[]> {
  const entries: RecordingEntry[] = [];
  for await (const entry of (await openRecording(path)).entries()) entries.push(entry);
  return entries;
}

test("no flipped bit in the kind of any record costs entries without saying so", async (t) => {
  const folder = temporaryFolder(t);
  const entries = minute();
  const bytes = readFileSync(await written(join(folder, "whole.mcap"), entries));
  const places = recordPlaces(bytes);
  assert.ok(places.length >= 14, `${places.length} records`);
  for (const at of places) {
    for (let bit = 0; bit < 8; bit += 1) {
      const damaged = Uint8Array.from(bytes);
      damaged[at]! ^= 1 << bit;
      const path = join(folder, "flipped.mcap");
      writeFileSync(path, damaged);
      const found = await entriesOrRefusal(path);
      if (found === null || found.some((one) => one.kind === "damage")) continue;
      assert.equal(found.length, entries.length, `record at ${at}, bit ${bit}: lost in silence`);
    }
  }
});

/** Where the first two records of each kind begin in a whole file: opcode, length (8 bytes), content. */
function recordPlaces(bytes: Uint8Array): readonly number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places: number[] = [];
  const seen = new Map<number, number>();
  for (let at = 8; at + 9 < bytes.length - 8; at += 9 + Number(view.getBigUint64(at + 1, true))) {
    const count = (seen.get(bytes[at]!) ?? 0) + 1;
    seen.set(bytes[at]!, count);
    if (count <= 2) places.push(at);
  }
  return places;
}

/** What is read; null where the file is refused in one sentence. */
async function entriesOrRefusal(path: string): Promise<readonly RecordingEntry[] | null> {
  try {
    return await read(path);
  } catch (error) {
    assert.ok(error instanceof Failure, String(error));
    return null;
  }
}
