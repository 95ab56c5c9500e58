import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultAlarmPolicy } from "#core/alarm/alarm-policy.ts";
import { defaultDetectionPolicy } from "#core/detection/detection-policy.ts";
import { DeviceDetector } from "#core/detection/device-detector.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { mergeTimeLines } from "./merge-time-lines.ts";
import type { Recording } from "./recording.ts";
import type { RecordingEntry } from "./recording-entry.ts";

const start = Date.UTC(2026, 0, 1) * 1_000;

function recording(
  entries: readonly RecordingEntry[],
  options: {
    readonly hasTicks?: boolean;
    readonly path?: string;
    readonly width?: number;
    readonly hasAir?: boolean;
  } = {},
): Recording {
  return {
    path: options.path ?? "memory",
    format: "mcap",
    width: options.width ?? null,
    height: null,
    unit: null,
    hasAir: options.hasAir ?? false,
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
  assert.equal(lines.filter((one) => one.startsWith("tick")).length, 3_600 + 3);
  assert.equal(lines.filter((one) => one.startsWith("damage")).length, 1);
});

test("time after a long gap is told by a tick before its first picture comes", async () => {
  const after = start + 3e15 + 900_000;
  const lines = await line(recording([thermal(start), thermal(after), thermal(after + 100_000)]));
  assert.deepEqual(lines.slice(-6), [
    `tick ${after - 650_000}`,
    `damage ${after}`,
    `thermal ${after}`,
    `thermal ${after + 100_000}`,
    `tick ${after + 350_000}`,
    `tick ${after + 1_350_000}`,
  ]);
});

test("no picture after a long gap is rejected", async () => {
  const size = { width: 16, height: 16 };
  const troubles: string[] = [];
  const detector = new DeviceDetector(
    {
      deviceId: "replay",
      ...size,
      badPixels: new Uint8Array(256),
      mask: null,
      detectionPolicy: defaultDetectionPolicy,
      alarmPolicy: defaultAlarmPolicy,
      scorer: null,
      state: null,
      background: null,
      expects: { thermal: "required", air: "absent" },
    },
    {
      onSecond: () => {},
      onBadPixels: () => {},
      onEvent: (event) => {
        if (event.type === "trouble" && event.active) troubles.push(event.code);
      },
    },
  );
  const pictures = Array.from({ length: 28 }, (_, i): RecordingEntry => {
    const atMicros = start + 640_000 + i * 115_000 + (i < 14 ? 0 : 11 * 86_400e6);
    const pixels = Uint16Array.from({ length: 256 }, (_unused, k) => 29_300 + ((i * 7 + k * 13) % 40));
    const frame = {
      ...size,
      capturedAtMicros: atMicros,
      frameCounter: i,
      unit: "centikelvin",
      pixels,
    } as const;
    return { kind: "thermal", atMicros, frame: { ...frame, telemetry: null } };
  });
  for await (const entry of mergeTimeLines([recording(pictures)])) {
    if (entry.kind === "thermal") detector.addFrame(entry.frame);
    if (entry.kind === "tick") detector.advance(entry.atMicros);
  }
  assert.equal(detector.counts.rejectedFrames, 0);
  assert.ok(!troubles.includes("frames-rejected"), troubles.join());
});

const day = 86_400e6;
const clip = recording([thermal(start), thermal(start + 1_000_000)], {
  hasTicks: true,
  path: "clip.cptv",
  width: 1,
});
const airOf = (...times: readonly number[]) => recording(times.map(air), { path: "air.csv", hasAir: true });

test("air readings of another day begin with the pictures, and an entry that has lost nothing says so", async () => {
  for (const day0 of [start - 100 * day, start + day]) {
    const entries: RecordingEntry[] = [];
    for await (const entry of mergeTimeLines([clip, airOf(day0, day0 + 400_000)])) entries.push(entry);
    assert.deepEqual(
      entries.map((entry) => [entry.kind, entry.atMicros - start]),
      [
        ["thermal", 0],
        ["damage", 0],
        ["air", 0],
        ["air", 400_000],
        ["thermal", 1_000_000],
      ],
    );
    const [, notice, sample] = entries;
    assert.equal(notice?.kind === "damage" ? notice.lost : null, 0);
    assert.match(
      notice?.kind === "damage" ? notice.what : "",
      /air\.csv begins at 20.*clip\.cptv at 2026-01-01/,
    );
    assert.equal(sample?.kind === "air" ? sample.sample.sampledAtMicros : null, start);
  }
});

test("air readings that overlap the pictures, or are less than a minute from them, stay where they are", async () => {
  for (const times of [
    [start - day, start + 5],
    [start + 900_000, start + day],
    [start - day, start - 59e6],
    [start + 60e6],
  ])
    assert.deepEqual(
      (await line(clip, airOf(...times))).filter((one) => one.startsWith("air")),
      times.map((atMicros) => `air ${atMicros}`),
    );
});

test("readings of several days move together, or not at all when one day is that of the pictures", async () => {
  const moved = await line(clip, airOf(start - 10 * day), airOf(start - 9 * day));
  assert.deepEqual(
    moved.filter((one) => !one.startsWith("thermal")),
    [`damage ${start}`, `air ${start}`, `air ${start + day}`],
  );
  const kept = await line(clip, airOf(start - day), airOf(start + 1_000));
  assert.deepEqual(
    kept.filter((one) => !one.startsWith("thermal")),
    [`air ${start - day}`, `air ${start + 1_000}`],
  );
});

test("nothing in gives nothing out", async () => {
  assert.deepEqual(await line(), []);
  assert.deepEqual(await line(recording([])), []);
});
