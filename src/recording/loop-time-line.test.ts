import assert from "node:assert/strict";
import { test } from "node:test";
import { loopTimeLine } from "./loop-time-line.ts";
import type { RecordingEntry } from "./recording-entry.ts";

const start = 1_700_000_000_300_000;

async function* readings(...offsetsMicros: readonly number[]): AsyncIterable<RecordingEntry> {
  for (const offset of offsetsMicros) {
    const sampledAtMicros = start + offset;
    yield {
      kind: "air",
      atMicros: sampledAtMicros,
      sample: { sampledAtMicros, co2Ppm: 500, temperatureCelsius: 20, humidityPercent: 40 },
    };
  }
}

async function times(entries: AsyncIterable<RecordingEntry>): Promise<readonly number[]> {
  const found: number[] = [];
  for await (const entry of entries) {
    assert.ok(entry.kind === "air" && entry.sample.sampledAtMicros === entry.atMicros);
    found.push(entry.atMicros - start);
  }
  return found;
}

test("each pass begins a whole number of seconds after the one before and time only goes forward", async () => {
  const looped = loopTimeLine(() => readings(0, 500_000, 1_400_000), { seconds: 5 });
  assert.deepEqual(
    await times(looped),
    [0, 500_000, 1_400_000, 2_000_000, 2_500_000, 3_400_000, 4_000_000, 4_500_000],
  );
});

test("a recording of one entry is repeated once a second", async () => {
  assert.deepEqual(await times(loopTimeLine(() => readings(0), { seconds: 2 })), [0, 1_000_000, 2_000_000]);
});

test("an empty recording ends at once instead of going round for ever", async () => {
  assert.deepEqual(await times(loopTimeLine(() => readings(), { seconds: 60 })), []);
});
