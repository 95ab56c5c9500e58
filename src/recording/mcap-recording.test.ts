import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { zstdDecompressSync } from "node:zlib";
import { McapIndexedReader } from "@mcap/core";
import fc from "fast-check";
import { parseLeptonTelemetry } from "#core/frames/lepton-telemetry.ts";
import { anyRecordingEntry } from "#support/any-recording-entry.ts";
import { needsRealRecordings, realRecording } from "#support/real-recordings.ts";
import {
  leptonTelemetryWords,
  plainFrame,
  roomPictures,
  temporaryFolder,
} from "#support/synthetic-recordings.ts";
import { McapRecordingWriter } from "./mcap-writer.ts";
import { mergeTimeLines } from "./merge-time-lines.ts";
import { openRecording } from "./open-recording.ts";
import type { RecordingEntry } from "./recording-entry.ts";

const start = Date.UTC(2026, 4, 12, 15) * 1_000;
const size = { width: 16, height: 12 };

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

/** A minute of pictures and ticks, so that there are several chunks. */
function minute(): RecordingEntry[] {
  const pictures = roomPictures({ ...size, count: 120 });
  return pictures.flatMap((pixels, i): RecordingEntry[] => {
    const atMicros = start + i * 500_000;
    const frame = plainFrame({ ...size, pixels, atMicros, frameCounter: i });
    return [
      { kind: "thermal", atMicros, frame },
      { kind: "tick", atMicros: atMicros + 250_000 },
    ];
  });
}

test("what is read back is what was written, whatever it is and in whatever order", async (t) => {
  const folder = temporaryFolder(t);
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyRecordingEntry, { minLength: 1, maxLength: 40 }), async (entries) => {
      run += 1;
      const path = await written(join(folder, `${run}.mcap`), entries);
      if (entries.every((one) => one.kind === "damage")) return;
      const file = await openRecording(path).catch(() => null);
      // A recording that says of itself that most is lost is refused, and that is right.
      const lost = entries.reduce((sum, one) => sum + (one.kind === "damage" ? one.lost : 0), 0);
      if (lost > entries.filter((one) => one.kind !== "damage").length) return;
      assert.ok(file !== null);
      const back: RecordingEntry[] = [];
      for await (const one of file.entries()) back.push(one);
      assert.deepEqual(back, entries);
    }),
    { numRuns: 40 },
  );
});

test(
  "a real clip is read back exactly, at no more than 6,500 bytes a picture",
  needsRealRecordings(),
  async (t) => {
    const clip = await openRecording(
      realRecording("lepton35-y16-liflabuc", "thermal_20260512_151542.raw.y16.gz"),
    );
    const entries: RecordingEntry[] = [];
    for await (const one of mergeTimeLines([clip])) entries.push(one);
    const path = await written(join(temporaryFolder(t), "clip.mcap"), entries);
    assert.deepEqual(await read(path), entries);
    assert.ok(statSync(path).size / 82 <= 6_500, `${statSync(path).size / 82} bytes a picture`);
  },
);

test("all telemetry words of a live camera are kept, without storing their fields twice", async (t) => {
  const pictures = roomPictures({ ...size, count: 20 });
  const entries = pictures.map((pixels, i): RecordingEntry => {
    const atMicros = start + i * 115_000;
    const camera = leptonTelemetryWords({
      frameCounter: i,
      uptimeMs: i * 115,
      tLinear: "on",
      resolution: 0.01,
    });
    const plain = plainFrame({ ...size, pixels, atMicros, frameCounter: i });
    return { kind: "thermal", atMicros, frame: { ...plain, telemetry: parseLeptonTelemetry(camera) } };
  });
  const path = await written(join(temporaryFolder(t), "a.mcap"), entries);
  assert.deepEqual(await read(path), entries);
  assert.ok(!readFileSync(path).includes("ffcDesired"));
});

test("a damaged chunk costs its own entries, counted, and the rest is whole", async (t) => {
  const entries = minute();
  const path = await written(join(temporaryFolder(t), "a.mcap"), entries);
  const bytes = readFileSync(path);
  const chunks = chunkOffsets(bytes);
  assert.ok(chunks.length >= 5, `${chunks.length} chunks`);
  bytes[chunks[2]! + 200]! ^= 4;
  writeFileSync(path, bytes);
  const back = await read(path);
  const damage = back.filter((one) => one.kind === "damage");
  assert.equal(damage.length, 1);
  const lost = damage[0]?.kind === "damage" ? damage[0].lost : 0;
  assert.equal(lost, entries.length - (back.length - 1));
  const expected = entries.map((one) => JSON.stringify([one.kind, one.atMicros]));
  for (const one of back)
    if (one.kind !== "damage") assert.ok(expected.includes(JSON.stringify([one.kind, one.atMicros])));
  const pictures = new Map(
    entries.flatMap((one) => (one.kind === "thermal" ? [[one.atMicros, one.frame]] : [])),
  );
  for (const one of back) if (one.kind === "thermal") assert.deepEqual(one.frame, pictures.get(one.atMicros));
});

test("a damaged length between chunks costs what lies between, no more", async (t) => {
  const entries = minute();
  const path = await written(join(temporaryFolder(t), "a.mcap"), entries);
  const bytes = readFileSync(path);
  const chunk = chunkOffsets(bytes)[1]!;
  bytes[chunk + 6]! ^= 0x40;
  writeFileSync(path, bytes);
  const back = await read(path);
  assert.ok(back.filter((one) => one.kind === "thermal").length >= 95);
  assert.ok(back.some((one) => one.kind === "damage"));
});

test("what a killed writer leaves can be read up to its last whole chunk", async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, "killed.mcap");
  const program = `
    const { McapRecordingWriter } = await import(${JSON.stringify(new URL("./mcap-writer.ts", import.meta.url).href)});
    const writer = await McapRecordingWriter.create(${JSON.stringify(path)});
    for (let i = 0; i < 35; i += 1) await writer.write({ kind: "tick", atMicros: i * 1_000_000 });
    process.kill(process.pid, "SIGKILL");`;
  const killed = spawnSync(process.execPath, ["--input-type=module", "-e", program]);
  assert.equal(killed.signal, "SIGKILL", String(killed.stderr));
  assert.ok(!existsSync(path));
  const back = await read(`${path}.partial`);
  assert.deepEqual(
    back.slice(0, 30).map((one) => one.atMicros),
    Array.from({ length: 30 }, (_, i) => i * 1_000_000),
  );
  assert.deepEqual(
    back.slice(30).map((one) => one.kind),
    ["damage"],
  );
});

test("a file is there whole or not at all, and none is overwritten by accident", async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, "a.mcap");
  const writer = await McapRecordingWriter.create(path);
  await writer.write({ kind: "tick", atMicros: start });
  assert.ok(!existsSync(path) && existsSync(`${path}.partial`));
  await assert.rejects(McapRecordingWriter.create(path), {
    side: "input",
    code: "output-exists",
    message: /\.partial/,
  });
  await writer.close();
  assert.ok(existsSync(path) && !existsSync(`${path}.partial`));
  await assert.rejects(McapRecordingWriter.create(path), { side: "input", code: "output-exists" });
  const again = await McapRecordingWriter.create(path, { overwrite: "replace" });
  await again.write({ kind: "tick", atMicros: start + 1 });
  await again.abandon();
  assert.ok(!existsSync(`${path}.partial`));
  assert.equal((await read(path))[0]?.atMicros, start);
  await assert.rejects(McapRecordingWriter.create(join(folder, "no", "a.mcap")), {
    code: "output-folder-missing",
  });
});

test("at its size limit a recording takes no more entries and stays whole", async (t) => {
  const path = join(temporaryFolder(t), "a.mcap");
  const writer = await McapRecordingWriter.create(path, { bytesMax: 32_000 });
  let kept = 0;
  await assert.rejects(
    async () => {
      for (const one of minute()) {
        await writer.write(one);
        kept += 1;
      }
    },
    { side: "machine", code: "recording-full" },
  );
  await writer.close();
  assert.equal((await read(path)).length, kept);
  assert.ok(kept > 0);
});

test("entries keep their order when the caller does not wait", async (t) => {
  const path = join(temporaryFolder(t), "a.mcap");
  const writer = await McapRecordingWriter.create(path);
  const entries = minute();
  await Promise.all(entries.map((one) => writer.write(one)));
  await writer.close();
  assert.deepEqual(await read(path), entries);
});

test("the reader of the MCAP project reads our files with all topics and schemas", async (t) => {
  const entries = minute();
  const bytes = readFileSync(await written(join(temporaryFolder(t), "a.mcap"), entries));
  const reader = await McapIndexedReader.Initialize({
    readable: {
      size: async () => BigInt(bytes.length),
      read: async (at, count) => new Uint8Array(bytes.subarray(Number(at), Number(at + count))),
    },
    decompressHandlers: { zstd: (packed) => zstdDecompressSync(packed) },
  });
  let messages = 0;
  for await (const message of reader.readMessages()) {
    assert.equal(message.type, "Message");
    messages += 1;
  }
  assert.equal(messages, entries.length);
  assert.deepEqual(
    [...reader.channelsById.values()].map((channel) => channel.topic),
    [
      "/thermal",
      "/air",
      "/tick",
      "/features",
      "/score",
      "/events",
      "/config",
      "/damage",
      "/channel",
      "/origin",
      "/truth",
    ],
  );
  const names = [...reader.schemasById.values()].map((schema) => [schema.name, schema.encoding]);
  assert.deepEqual(names[0], ["emberwatch.ThermalFrame", "emberwatch-thermal"]);
  assert.deepEqual(names[5], ["emberwatch.AlarmEvent", "jsonschema"]);
});

test("an MCAP file of somebody else is refused with a reason", async (t) => {
  const folder = temporaryFolder(t);
  const { McapFileWriter } = await import("./mcap-file-writer.ts");
  const path = join(folder, "foreign.mcap");
  const channel = { id: 1, schemaId: 0, topic: "/odometry", messageEncoding: "json", metadata: new Map() };
  const file = await McapFileWriter.create({
    path,
    overwrite: "refuse",
    profile: "",
    schemas: [],
    channels: [channel],
  });
  file.addMessage({ channelId: 1, atMicros: 1, data: Buffer.from("{}") });
  await file.writeChunk(file.takeChunk()!, "buffer");
  await file.close();
  await assert.rejects(openRecording(path), {
    side: "input",
    code: "recording-unsupported",
    message: /foreign\.mcap/,
  });
});

test("raw counts in a recording become temperatures with a calibration", async (t) => {
  const [pixels] = roomPictures({ ...size, count: 1 });
  const counts = pixels!.map((value) => value - 25_000);
  const plain = plainFrame({ ...size, pixels: counts, atMicros: start, frameCounter: 0 });
  const path = await written(join(temporaryFolder(t), "a.mcap"), [
    { kind: "thermal", atMicros: start, frame: { ...plain, unit: "raw-counts" } },
  ]);
  assert.equal((await openRecording(path)).unit, "raw-counts");
  const calibration = { gainCentikelvinPerCount: 1, offsetCentikelvin: 25_000 };
  const warm = await openRecording(path, { calibration });
  assert.equal(warm.unit, "centikelvin");
  for await (const one of warm.entries())
    if (one.kind === "thermal") assert.deepEqual(one.frame.pixels, pixels);
});

/** Where the chunks of a file begin, by walking its records. */
function chunkOffsets(bytes: Buffer): number[] {
  const offsets: number[] = [];
  for (let at = 8; at + 9 < bytes.length - 8; at += 9 + Number(bytes.readBigUInt64LE(at + 1)))
    if (bytes[at] === 6) offsets.push(at);
  return offsets;
}
