import assert from "node:assert/strict";
import { test } from "node:test";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { mergeTimeLines } from "./merge-time-lines.ts";
import type { Recording } from "./recording.ts";
import type { RecordingEntry } from "./recording-entry.ts";

const start = Date.UTC(2026, 0, 1) * 1_000;

function recording(
  entries: readonly RecordingEntry[],
  options: { readonly hasTicks?: boolean } = {},
): Recording {
  return {
    path: "memory",
    format: "mcap",
    width: null,
    height: null,
    unit: null,
    hasAir: false,
    hasTicks: options.hasTicks ?? false,
    async *entries() {
      yield* entries;
    },
  };
}

function air(atMicros: number): RecordingEntry {
  const sample = { sampledAtMicros: atMicros, co2Ppm: 400, temperatureCelsius: 20, humidityPercent: 40 };
  return { kind: "air", atMicros, sample };
}

function thermal(atMicros: number): RecordingEntry {
  const frame: ThermalFrame = {
    width: 1,
    height: 1,
    capturedAtMicros: atMicros,
    frameCounter: 0,
    unit: "centikelvin",
    pixels: Uint16Array.of(29_315),
    telemetry: null,
  };
  return { kind: "thermal", atMicros, frame };
}

async function line(...recordings: readonly Recording[]): Promise<string[]> {
  const entries: string[] = [];
  for await (const entry of mergeTimeLines(recordings)) entries.push(`${entry.kind} ${entry.atMicros}`);
  return entries;
}

test("entries of several recordings come by time, equal times in the order of the recordings", async () => {
  const one = recording([thermal(start), thermal(start + 10)], { hasTicks: true });
  const two = recording([air(start), air(start + 5)]);
  assert.deepEqual(await line(one, two), [
    `thermal ${start}`,
    `air ${start}`,
    `air ${start + 5}`,
    `thermal ${start + 10}`,
  ]);
});

test("ticks are added 250 ms after each whole second until the last second is closed", async () => {
  const lines = await line(recording([thermal(start + 300_000), thermal(start + 2_100_000)]));
  assert.deepEqual(lines, [
    `thermal ${start + 300_000}`,
    `tick ${start + 1_250_000}`,
    `thermal ${start + 2_100_000}`,
    `tick ${start + 2_250_000}`,
    `tick ${start + 3_250_000}`,
  ]);
});

test("a recording with ticks of its own gets no others", async () => {
  const ticking = recording([{ kind: "tick", atMicros: start }, air(start + 5_000_000)], { hasTicks: true });
  assert.deepEqual(await line(ticking), [`tick ${start}`, `air ${start + 5_000_000}`]);
});

test("a recording without a date is moved to the start of the dated one", async () => {
  const entries: RecordingEntry[] = [];
  const merged = mergeTimeLines([
    recording([thermal(start)], { hasTicks: true }),
    recording([air(7), air(10)]),
  ]);
  for await (const entry of merged) entries.push(entry);
  assert.deepEqual(
    entries.map((entry) => entry.atMicros),
    [start, start, start + 3],
  );
  const last = entries[2];
  assert.equal(last?.kind === "air" ? last.sample.sampledAtMicros : null, start + 3);
});

test("recordings that all lack a date keep their own times", async () => {
  assert.deepEqual(await line(recording([air(0)]), recording([thermal(100)], { hasTicks: true })), [
    "air 0",
    "thermal 100",
  ]);
});

test("a gap of years gets an hour of ticks and a damage entry instead of millions of ticks", async () => {
  const lines = await line(recording([air(start), air(start + 3e15)]));
  assert.equal(lines.filter((one) => one.startsWith("tick")).length, 3_600 + 2);
  assert.equal(lines.filter((one) => one.startsWith("damage")).length, 1);
});

test("nothing in gives nothing out", async () => {
  assert.deepEqual(await line(), []);
  assert.deepEqual(await line(recording([])), []);
});
