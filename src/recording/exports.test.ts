import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { zstdDecompressSync } from "node:zlib";
import { McapIndexedReader } from "@mcap/core";
import { PNG } from "pngjs";
import {
  littleEndianBytes,
  plainFrame,
  roomPictures,
  temporaryFolder,
} from "#support/synthetic-recordings.ts";
import { exportCsv } from "./export-csv.ts";
import { exportMcap } from "./export-mcap.ts";
import { exportMp4 } from "./export-mp4.ts";
import { exportPng } from "./export-png.ts";
import { openAirCsv } from "./open-recording.ts";
import type { RecordingEntry } from "./recording-entry.ts";

const start = Date.UTC(2026, 4, 12, 15) * 1_000 + 123_456;
const size = { width: 16, height: 12 };
const pictures = roomPictures({ ...size, count: 20 });

function timeLine(unit: "centikelvin" | "raw-counts" = "centikelvin"): () => AsyncIterable<RecordingEntry> {
  return async function* () {
    for (const [i, pixels] of pictures.entries()) {
      const atMicros = start + i * 115_000;
      const frame = { ...plainFrame({ ...size, pixels, atMicros, frameCounter: 7 + i }), unit };
      yield { kind: "thermal", atMicros, frame };
    }
    const atMicros = start + 3_000_000;
    const sample = {
      sampledAtMicros: atMicros,
      co2Ppm: 512.5,
      temperatureCelsius: 21,
      humidityPercent: Number.NaN,
    };
    yield { kind: "air", atMicros, sample };
    yield { kind: "damage", atMicros, what: "a gap", lost: 3 };
  };
}

test("a table has one row a picture in °C and one a reading, and can be read as air again", async (t) => {
  const path = join(temporaryFolder(t), "a.csv");
  const summary = await exportCsv({ entries: timeLine(), path, overwrite: "refuse" });
  assert.deepEqual(summary, { pictures: 20, airSamples: 1, unit: "centikelvin", lost: 3 });
  const rows = readFileSync(path, "utf8").trim().split("\n");
  assert.equal(rows.length, 22);
  const pixels = pictures[0]!;
  const mean = pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
  const celsius = (value: number) => (value / 100 - 273.15).toFixed(3);
  assert.equal(
    rows[1],
    `${start / 1e6},7,${celsius(Math.min(...pixels))},${celsius(mean)},${celsius(Math.max(...pixels))},,,,,,`,
  );
  assert.equal(rows[21], `${(start + 3e6) / 1e6},,,,,,,,512.5,21,`);
  for await (const entry of (await openAirCsv(path)).entries())
    assert.deepEqual(entry.kind === "air" ? [entry.atMicros, entry.sample.co2Ppm] : entry, [
      start + 3e6,
      512.5,
    ]);
});

test("raw counts are exported as counts and never stand in a column of °C", async (t) => {
  const path = join(temporaryFolder(t), "a.csv");
  const summary = await exportCsv({ entries: timeLine("raw-counts"), path, overwrite: "refuse" });
  assert.equal(summary.unit, "raw-counts");
  const cells = readFileSync(path, "utf8").split("\n")[1]!.split(",");
  assert.deepEqual(cells.slice(2, 5), ["", "", ""]);
  assert.equal(Number(cells[5]), Math.min(...pictures[0]!));
});

test("an exported MCAP file holds foxglove.RawImage messages that viewers read", async (t) => {
  const path = join(temporaryFolder(t), "a.mcap");
  await exportMcap({ entries: timeLine(), path, overwrite: "refuse" });
  const bytes = readFileSync(path);
  const reader = await McapIndexedReader.Initialize({
    readable: {
      size: async () => BigInt(bytes.length),
      read: async (at, count) => new Uint8Array(bytes.subarray(Number(at), Number(at + count))),
    },
    decompressHandlers: { zstd: (packed) => zstdDecompressSync(packed) },
  });
  const image = [...reader.channelsById.values()].find((channel) => channel.topic === "/thermal/image")!;
  assert.equal(reader.schemasById.get(image.schemaId)?.name, "foxglove.RawImage");
  assert.equal(image.messageEncoding, "json");
  assert.equal(image.metadata.get("meaning"), "celsius = value / 100 - 273.15");
  const messages: { topic: string; json: Record<string, unknown> }[] = [];
  for await (const message of reader.readMessages()) {
    const topic = reader.channelsById.get(message.channelId)!.topic;
    messages.push({ topic, json: JSON.parse(Buffer.from(message.data).toString("utf8")) });
  }
  assert.equal(messages.filter((message) => message.topic === "/thermal/image").length, 20);
  assert.deepEqual(messages[0]?.json, {
    timestamp: { sec: Math.floor(start / 1e6), nsec: 123_456_000 },
    frame_id: "emberwatch",
    ...size,
    encoding: "mono16",
    step: 32,
    data: littleEndianBytes(pictures[0]!).toString("base64"),
  });
  assert.equal(messages.at(-1)?.json["co2Ppm"], 512.5);
  assert.equal(messages.at(-1)?.json["humidityPercent"], null);
});

test("a 16-bit PNG keeps every value, an iron one shows the hottest pixel brightest", async (t) => {
  const folder = temporaryFolder(t);
  const grey = join(folder, "grey.png");
  await exportPng({ entries: timeLine(), path: grey, overwrite: "refuse", style: "grey16", picture: 3 });
  const bytes = readFileSync(grey);
  assert.deepEqual([bytes[24], bytes[25]], [16, 0]);
  const read = PNG.sync.read(bytes, { skipRescale: true });
  const values = Array.from(pictures[3]!, (_, i) => (read.data as unknown as Uint16Array)[4 * i]);
  assert.deepEqual(values, Array.from(pictures[3]!));
  const iron = join(folder, "iron.png");
  await exportPng({ entries: timeLine(), path: iron, overwrite: "refuse", style: "iron", picture: 0 });
  const colour = PNG.sync.read(readFileSync(iron));
  const hottest = pictures[0]!.indexOf(Math.max(...pictures[0]!));
  assert.deepEqual([...colour.data.subarray(4 * hottest, 4 * hottest + 3)], [255, 255, 246]);
  assert.deepEqual([colour.width, colour.height], [16, 12]);
});

test("all pictures go to one folder that is whole or not there", async (t) => {
  const path = join(temporaryFolder(t), "pictures");
  const all = { entries: timeLine(), path, overwrite: "refuse", style: "iron", picture: "all" } as const;
  assert.equal((await exportPng(all)).pictures, 20);
  const names = readdirSync(path).sort();
  assert.deepEqual([names.length, names[0], names[19]], [20, "frame-000000.png", "frame-000019.png"]);
  await assert.rejects(exportPng(all), { side: "input", code: "output-exists" });
  const broken = { ...all, path: `${path}2`, entries: failing };
  await assert.rejects(exportPng(broken), /the source broke/);
  assert.ok(!existsSync(`${path}2`) && !existsSync(`${path}2.partial`));
});

test("a picture that is not there is refused, and a failing source leaves nothing behind", async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, "a");
  await assert.rejects(
    exportPng({ entries: timeLine(), path, overwrite: "refuse", style: "iron", picture: 20 }),
    {
      code: "export-no-picture",
      message: /20 pictures.*from 0 to 19/,
    },
  );
  for (const exporter of [exportCsv, exportMcap])
    await assert.rejects(exporter({ entries: failing, path, overwrite: "refuse" }), /the source broke/);
  assert.deepEqual(readdirSync(folder), []);
});

async function* failing(): AsyncIterable<RecordingEntry> {
  yield* timeLine()();
  throw new Error("the source broke");
}

const ffmpeg = spawnSync("ffprobe", ["-version"]).status === 0;

test("a film has the recording's length", { skip: ffmpeg ? false : "ffmpeg absent" }, async (t) => {
  const path = join(temporaryFolder(t), "a.mp4");
  const summary = await exportMp4({ entries: timeLine(), path, overwrite: "refuse" });
  assert.equal(summary.pictures, 20);
  const probe =
    "-v error -select_streams v -count_frames -show_entries stream=nb_read_frames,width,height -of csv=p=0";
  const result = spawnSync("ffprobe", [...probe.split(" "), path], { encoding: "utf8" });
  assert.equal(result.stdout.trim(), "64,48,21");
  assert.ok(!existsSync(`${path}.partial`));
});

test("without ffmpeg, or when it fails, there is a reason and no file", async (t) => {
  const folder = temporaryFolder(t);
  const film = { entries: timeLine(), path: join(folder, "a.mp4"), overwrite: "refuse" } as const;
  await assert.rejects(exportMp4({ ...film, ffmpeg: join(folder, "no-ffmpeg") }), {
    side: "machine",
    code: "ffmpeg-missing",
    message: /install/,
  });
  await assert.rejects(exportMp4({ ...film, ffmpeg: "/bin/false" }), {
    side: "machine",
    code: "ffmpeg-failed",
  });
  assert.deepEqual(readdirSync(folder), []);
});
