import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Failure } from "#core/failure.ts";
import {
  cptvBytes,
  fileOf,
  gzipped,
  littleEndianBytes,
  pty16v1Bytes,
  recordedBytes,
  roomPictures,
  temporaryFolder,
  tjsnText,
} from "#support/synthetic-recordings.ts";
import { McapRecordingWriter } from "./mcap-writer.ts";
import { openAirCsv, openRecording } from "./open-recording.ts";

const small = { width: 8, height: 6 };
const lepton = { width: 160, height: 120 };
/** No hostile file below holds more entries than this; more would be invented ones. */
const entriesMax = 500;

/** Reads a file to its end, whatever it holds: anything but a Failure for the user's input is a defect. */
async function readAll(path: string, how: "recording" | "air"): Promise<"read" | "refused"> {
  try {
    const recording = await (how === "air" ? openAirCsv(path) : openRecording(path));
    let entries = 0;
    let lastMicros = 0;
    for await (const entry of recording.entries()) {
      entries += 1;
      assert.ok(entries <= entriesMax, "more entries than the file can hold");
      assert.ok(Number.isSafeInteger(entry.atMicros) && entry.atMicros >= 0);
      if (recording.format !== "mcap") assert.ok(entry.atMicros >= lastMicros, "entries out of order");
      lastMicros = entry.atMicros;
      if (entry.kind === "thermal")
        assert.equal(entry.frame.pixels.length, entry.frame.width * entry.frame.height);
    }
    return "read";
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    assert.equal(error.side, "input");
    assert.ok(error.message.includes(path), error.message);
    return "refused";
  }
}

async function seeds(folder: string): Promise<readonly { readonly name: string; readonly bytes: Buffer }[]> {
  const pictures = roomPictures({ ...small, count: 4 });
  const pty = pty16v1Bytes({ ...small, pictures, startSeconds: 1.7e9 });
  const cptv = cptvBytes({ ...small, pictures, startMicros: 1.7e15, model: "lepton3.5" });
  const big = roomPictures({ ...lepton, count: 2 });
  const tjsn = big.map((pixels, i) =>
    tjsnText({ pixels, telemetry: null, date: "2/4/21", time: `1:00:0${i}` }),
  );
  const csv = "time,co2 (ppm),temperature (C)\n1700000000,500,20\n1700000005,510,20.5\n1700000010,520,21\n";
  return [
    { name: "pty", bytes: pty },
    { name: "pty.gz", bytes: gzipped(pty) },
    { name: "cptv", bytes: cptv },
    { name: "cptv.gz", bytes: gzipped(cptv) },
    { name: "a.y16", bytes: Buffer.concat(big.map(littleEndianBytes)) },
    { name: "a.tmjsn", bytes: Buffer.from(tjsn.join("\x03")) },
    { name: "a.csv", bytes: Buffer.from(csv) },
    { name: "a.mcap", bytes: await recordedBytes(folder, { McapRecordingWriter, pictures, ...small }) },
  ];
}

test("a file of any format cut off anywhere is read as far as it goes or refused in one sentence", async (t) => {
  const folder = temporaryFolder(t);
  for (const { name, bytes } of await seeds(folder)) {
    const step = Math.max(1, Math.floor(bytes.length / 60));
    for (let length = 0; length < bytes.length; length += length < 64 ? 3 : step)
      await readAll(fileOf(folder, { name, bytes: bytes.subarray(0, length) }), "recording");
  }
});

test("a file of any format with flipped bits is read or refused in one sentence", async (t) => {
  const folder = temporaryFolder(t);
  const files = await seeds(folder);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.array(fc.tuple(fc.double({ min: 0, max: 0.999999, noNaN: true }), fc.nat(7)), {
        minLength: 1,
        maxLength: 4,
      }),
      fc.boolean(),
      async ({ name, bytes }, flips, nearStart) => {
        const damaged = Buffer.from(bytes);
        for (const [place, bit] of flips) {
          const span = nearStart ? Math.min(200, damaged.length) : damaged.length;
          const at = Math.floor(place * span);
          damaged[at] = damaged[at]! ^ (1 << bit);
        }
        await readAll(fileOf(folder, { name, bytes: damaged }), "recording");
      },
    ),
    { numRuns: 250 },
  );
});

test("random bytes behind any magic and name are refused or read, never a crash", async (t) => {
  const folder = temporaryFolder(t);
  const beginnings = [
    "",
    "CPTV\x02H",
    "CPTV\x01H",
    "PTY16V1\n",
    "\x89MCAP0\r\n",
    "\x1f\x8b\x08\x00",
    '{"radiometric":"',
    "time,co2\n",
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...beginnings),
      fc.uint8Array({ maxLength: 400 }),
      fc.constantFrom("a.bin", "a.y16", "a.raw.gz", "a.tjsn", "a.csv"),
      async (beginning, tail, name) => {
        const bytes = Buffer.concat([Buffer.from(beginning, "latin1"), tail]);
        const path = fileOf(folder, { name, bytes });
        await readAll(path, "recording");
        await readAll(path, "air");
      },
    ),
    { numRuns: 250 },
  );
});

test("a small gzip file that unpacks to far too much is refused", async (t) => {
  const folder = temporaryFolder(t);
  const { unpackGzip } = await import("./unpack-gzip.ts");
  const bytes = gzipped(Buffer.alloc(2_000_000));
  const path = fileOf(folder, { name: "bomb.gz", bytes });
  await assert.rejects(unpackGzip({ bytes, path, bytesMax: 1_000_000 }), { code: "recording-too-large" });
});
