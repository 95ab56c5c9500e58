import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cptvBytes,
  fileOf,
  gzipped,
  leptonTelemetryWords,
  littleEndianBytes,
  pty16v1Bytes,
  roomPictures,
  temporaryFolder,
  tjsnText,
} from "#support/synthetic-recordings.ts";
import { openRecording } from "./open-recording.ts";
import type { Recording } from "./recording.ts";
import type { RecordingEntry } from "./recording-entry.ts";

const startMicros = Date.UTC(2026, 4, 12, 15) * 1_000;
const small = { width: 8, height: 6 };
const lepton = { width: 160, height: 120 };

async function entriesOf(recording: Recording): Promise<RecordingEntry[]> {
  const entries: RecordingEntry[] = [];
  for await (const entry of recording.entries()) entries.push(entry);
  return entries;
}

async function framesOf(recording: Recording) {
  return (await entriesOf(recording)).flatMap((entry) => (entry.kind === "thermal" ? [entry.frame] : []));
}

test("a CPTV file gives its pixels, times and the camera's own temperatures", async (t) => {
  const pictures = roomPictures({ ...small, count: 4 });
  const bytes = cptvBytes({ ...small, pictures, startMicros, model: "lepton3.5" });
  const recording = await openRecording(
    fileOf(temporaryFolder(t), { name: "a.cptv", bytes: gzipped(bytes) }),
  );
  const frames = await framesOf(recording);
  assert.deepEqual(
    frames.map((frame) => frame.pixels),
    pictures,
  );
  assert.deepEqual(
    frames.map((frame) => frame.capturedAtMicros - startMicros),
    [0, 115_000, 230_000, 345_000],
  );
  assert.equal(recording.unit, "centikelvin");
  assert.equal(frames[0]?.telemetry?.uptimeMs, 60_000);
  assert.equal(frames[0]?.telemetry?.lastFfcUptimeMs, 30_000);
  assert.equal(frames[0]?.telemetry?.fpaTemperatureKelvin, 304.65);
  assert.equal(frames[0]?.telemetry?.ffcState, null);
});

test("a CPTV file of a lepton3 is raw counts, however its values look", async (t) => {
  const pictures = roomPictures({ ...small, count: 2 });
  const bytes = cptvBytes({ ...small, pictures, startMicros, model: "lepton3" });
  const recording = await openRecording(
    fileOf(temporaryFolder(t), { name: "a.cptv", bytes: gzipped(bytes) }),
  );
  assert.equal(recording.unit, "raw-counts");
});

test("a CPTV or PTY16V1 file that somebody unpacked is read just the same", async (t) => {
  const folder = temporaryFolder(t);
  const pictures = roomPictures({ ...small, count: 3 });
  const cptv = cptvBytes({ ...small, pictures, startMicros, model: "lepton3.5" });
  const pty = pty16v1Bytes({ ...small, pictures, startSeconds: startMicros / 1e6 });
  for (const [name, bytes] of [
    ["plain.cptv", cptv],
    ["plain.bin", pty],
  ] as const)
    assert.equal((await framesOf(await openRecording(fileOf(folder, { name, bytes })))).length, 3, name);
});

test("a file that ends early gives its whole pictures and says what is lost", async (t) => {
  const folder = temporaryFolder(t);
  const pictures = roomPictures({ ...small, count: 5 });
  const pty = pty16v1Bytes({ ...small, pictures, startSeconds: 1e9 });
  const entries = await entriesOf(
    await openRecording(fileOf(folder, { name: "cut.pty", bytes: pty.subarray(0, pty.length - 7) })),
  );
  assert.deepEqual(
    entries.map((entry) => entry.kind),
    ["thermal", "thermal", "thermal", "thermal", "damage"],
  );
  const last = entries.at(-1);
  assert.equal(last?.kind === "damage" ? last.lost : 0, 1);
});

test("a picture with a damaged time stamp is dropped and counted where it was", async (t) => {
  const pictures = roomPictures({ ...small, count: 5 });
  const pty = pty16v1Bytes({ ...small, pictures, startSeconds: 1e9 });
  const record = 24 + 2 * small.width * small.height;
  const third = pty.length - 3 * record;
  pty.writeDoubleLE(5e9, third + 8);
  pty.writeBigInt64LE(5_000_000_000_000n, third + 16);
  const entries = await entriesOf(
    await openRecording(fileOf(temporaryFolder(t), { name: "a.pty", bytes: pty })),
  );
  assert.deepEqual(
    entries.map((entry) => entry.kind),
    ["thermal", "thermal", "damage", "thermal", "thermal"],
  );
});

test("a file of which less than half can be read is refused with what is wrong", async (t) => {
  const pictures = roomPictures({ ...small, count: 5 });
  const pty = pty16v1Bytes({ ...small, pictures, startSeconds: 1e9 });
  const record = 24 + 2 * small.width * small.height;
  for (const i of [1, 2, 3]) pty.writeDoubleLE(Number.NaN, pty.length - i * record + 8);
  const path = fileOf(temporaryFolder(t), { name: "a.pty", bytes: pty });
  await assert.rejects(openRecording(path), {
    side: "input",
    code: "recording-damaged",
    message: /a\.pty.*2 of 5/,
  });
});

test("a gzip file whose checksum does not match says so", async (t) => {
  const pictures = roomPictures({ ...small, count: 5 });
  const bytes = gzipped(pty16v1Bytes({ ...small, pictures, startSeconds: 1e9 }));
  bytes[bytes.length - 6]! ^= 0x10;
  const entries = await entriesOf(await openRecording(fileOf(temporaryFolder(t), { name: "a.gz", bytes })));
  const last = entries.at(-1);
  assert.match(last?.kind === "damage" ? last.what : "", /checksum/);
});

test("bare Y16 pictures come at 8.7 Hz from 0, and only under a name that says so", async (t) => {
  const folder = temporaryFolder(t);
  const pictures = roomPictures({ ...lepton, count: 3 });
  const bytes = Buffer.concat(pictures.map(littleEndianBytes));
  for (const [name, content] of [
    ["a.y16", bytes],
    ["a.raw", bytes],
    ["a.y16.gz", gzipped(bytes)],
  ] as const) {
    const frames = await framesOf(await openRecording(fileOf(folder, { name, bytes: content })));
    assert.deepEqual(
      frames.map((frame) => frame.pixels),
      pictures,
    );
    assert.deepEqual(
      frames.map((frame) => frame.capturedAtMicros),
      [0, 114_943, 229_885],
    );
  }
  await assert.rejects(openRecording(fileOf(folder, { name: "a.bin", bytes })), {
    code: "recording-unknown-format",
  });
});

test("Y16 pictures with telemetry rows take unit and counter from them, also at 0.1 K", async (t) => {
  const folder = temporaryFolder(t);
  const pictures = roomPictures({ ...lepton, count: 2 });
  const withRows = (tLinear: "on" | "off", resolution: 0.01 | 0.1, values: readonly Uint16Array[]) =>
    Buffer.concat(
      values.flatMap((pixels, i) => {
        const words = leptonTelemetryWords({
          frameCounter: 70_000 + i,
          uptimeMs: 5_000 + i,
          tLinear,
          resolution,
        });
        return [littleEndianBytes(pixels), littleEndianBytes(words), Buffer.alloc(160)];
      }),
    );
  const fine = await openRecording(
    fileOf(folder, { name: "fine.y16", bytes: withRows("on", 0.01, pictures) }),
  );
  const frames = await framesOf(fine);
  assert.equal(frames.length, 2);
  assert.deepEqual(frames[1]?.pixels, pictures[1]);
  assert.equal(frames[1]?.frameCounter, 70_001);
  assert.equal(frames[1]?.telemetry?.ffcState, "complete");
  assert.equal(frames[1]?.telemetry?.words?.length, 240);
  const tenths = pictures.map((pixels) =>
    pixels.map((value, i) => (i === 0 ? 7_000 : Math.floor(value / 10))),
  );
  const coarse = await framesOf(
    await openRecording(fileOf(folder, { name: "coarse.y16", bytes: withRows("on", 0.1, tenths) })),
  );
  assert.equal(coarse[0]?.unit, "centikelvin");
  assert.equal(coarse[0]?.pixels[0], 65_535);
  assert.equal(coarse[0]?.pixels[1], 10 * tenths[0]![1]!);
  const off = await openRecording(
    fileOf(folder, { name: "off.y16", bytes: withRows("off", 0.01, pictures) }),
  );
  assert.equal(off.unit, "raw-counts");
});

test("a wrong name does not make pictures of something else", async (t) => {
  const folder = temporaryFolder(t);
  const pictures = roomPictures({ ...lepton, count: 3 });
  const pty = pty16v1Bytes({ ...lepton, pictures, startSeconds: 1e9 });
  pty[0]! ^= 1;
  await assert.rejects(openRecording(fileOf(folder, { name: "broken.raw.y16.gz", bytes: gzipped(pty) })), {
    code: "recording-damaged",
  });
  const text = Buffer.from("lorem ipsum dolor sit amet ".repeat(3_000));
  await assert.rejects(openRecording(fileOf(folder, { name: "text.raw", bytes: text })), {
    code: "recording-damaged",
  });
});

test("a tCam picture gives pixels, date and telemetry", async (t) => {
  const [pixels] = roomPictures({ ...lepton, count: 1 });
  const words = leptonTelemetryWords({ frameCounter: 9, uptimeMs: 70_000, tLinear: "on", resolution: 0.01 });
  const text = tjsnText({ pixels: pixels!, telemetry: words, date: "2/4/21", time: "14:21:37.898" });
  const path = fileOf(temporaryFolder(t), { name: "a.tjsn", bytes: Buffer.from(text) });
  const [frame] = await framesOf(await openRecording(path));
  assert.deepEqual(frame?.pixels, pixels);
  assert.equal(frame?.capturedAtMicros, Date.UTC(2021, 1, 4, 14, 21, 37, 898) * 1_000);
  assert.equal(frame?.frameCounter, 9);
  assert.equal(frame?.telemetry?.uptimeMs, 70_000);
});

test("a tCam picture without TLinear is raw counts", async (t) => {
  const [pixels] = roomPictures({ ...lepton, count: 1 });
  const words = leptonTelemetryWords({ frameCounter: 9, uptimeMs: 70_000, tLinear: "off", resolution: 0.01 });
  const text = tjsnText({ pixels: pixels!, telemetry: words, date: "2/4/21", time: "14:21:37.898" });
  const path = fileOf(temporaryFolder(t), { name: "a.tjsn", bytes: Buffer.from(text) });
  assert.equal((await openRecording(path)).unit, "raw-counts");
});

test("a tCam video is read across its separators, and damage costs one picture", async (t) => {
  const folder = temporaryFolder(t);
  const pictures = roomPictures({ ...lepton, count: 4 });
  const texts = pictures.map((pixels, i) =>
    tjsnText({ pixels, telemetry: null, date: "2/4/21", time: `14:21:3${i}.000` }),
  );
  const footer = JSON.stringify({ video_info: { num_frames: 4 } });
  const video = Buffer.from([...texts, footer].join("\x03"));
  const whole = await openRecording(fileOf(folder, { name: "a.tmjsn", bytes: video }));
  assert.deepEqual(
    (await framesOf(whole)).map((frame) => frame.pixels),
    pictures,
  );
  const broken = Buffer.from(video);
  broken.write('"}{', texts[0]!.length + 900, "latin1");
  const entries = await entriesOf(await openRecording(fileOf(folder, { name: "b.tmjsn", bytes: broken })));
  assert.deepEqual(
    entries.map((entry) => entry.kind),
    ["thermal", "damage", "thermal", "thermal"],
  );
});

test("a gzip file of which nothing comes out is refused for that, not for the size of its content", async (t) => {
  const folder = temporaryFolder(t);
  const whole = gzipped(Buffer.alloc(2 * 160 * 120, 7));
  const broken = Buffer.from(whole);
  broken.fill(0xff, 10);
  const files = [
    { name: "broken.raw.y16.gz", bytes: broken },
    { name: "broken.y16", bytes: broken },
    { name: "broken.cptv", bytes: broken },
    { name: "cut.raw.y16.gz", bytes: whole.subarray(0, 30) },
    { name: "head.raw.y16.gz", bytes: whole.subarray(0, 6) },
    { name: "nothing.raw.y16.gz", bytes: gzipped(Buffer.alloc(0)) },
    { name: "none.raw.y16.gz", bytes: Buffer.from("this was never packed") },
  ];
  for (const file of files) {
    const path = fileOf(folder, file);
    await assert.rejects(openRecording(path), {
      side: "input",
      code: "recording-not-unpacked",
      message: new RegExp(`${file.name} cannot be unpacked: `),
    });
  }
});

test("a missing, empty or foreign file is said in one sentence that names it", async (t) => {
  const folder = temporaryFolder(t);
  await assert.rejects(openRecording(`${folder}/no.cptv`), {
    side: "input",
    code: "recording-not-found",
    message: /no\.cptv/,
  });
  await assert.rejects(openRecording(folder), { code: "recording-is-folder" });
  await assert.rejects(openRecording(fileOf(folder, { name: "e.cptv", bytes: Buffer.alloc(0) })), {
    code: "recording-empty",
  });
  await assert.rejects(
    openRecording(fileOf(folder, { name: "x.jpg", bytes: Buffer.of(0xff, 0xd8, 0xff, 0) })),
    {
      code: "recording-unknown-format",
      message: /x\.jpg/,
    },
  );
});
