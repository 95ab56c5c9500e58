import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { sampleMicros, telemetryMessageAt } from "#support/alarm-samples.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { batchSecondsMax, telemetryBatchSchema } from "#wire/telemetry-batch.ts";
import { EventKeeper } from "./event-keeper.ts";
import { MemoryEventLog } from "./memory-event-log.ts";
import { TelemetryBacklog } from "./telemetry-backlog.ts";

/** Batches that are in the log after so many seconds, and after a flush where one is asked for. */
async function batchesAfter(seconds: number, { flush }: { readonly flush: "with" | "without" }) {
  const log = new MemoryEventLog();
  const problems = { onProblem: () => {}, onDropped: () => {} };
  const backlog = new TelemetryBacklog(
    new EventKeeper({ log, clock: new ManualClock(), ...problems }),
    randomUUID,
  );
  for (let n = 0; n < seconds; n += 1)
    backlog.add(telemetryMessageAt(sampleMicros + n * 1e6, { co2Ppm: 600.004, hottest: null }));
  if (flush === "with") backlog.flush();
  await new Promise((resolve) => setImmediate(resolve));
  const entries = await log.read({ after: 0, max: 1_000 });
  assert.ok(entries.every((entry) => entry.class === "telemetry"));
  return entries.map(({ id, body }) => {
    const batch = telemetryBatchSchema.parse(JSON.parse(body));
    assert.equal(batch.id, id);
    return batch.seconds;
  });
}

test("a minute of seconds is one write, in order, and what is absent stays absent", async () => {
  const batches = await batchesAfter(3 * batchSecondsMax - 1, { flush: "without" });
  assert.deepEqual(
    batches.map(({ length }) => length),
    [batchSecondsMax, batchSecondsMax],
  );
  const times = batches.flat().map(([atMicros]) => atMicros);
  assert.deepEqual(
    times,
    times.map((_, n) => sampleMicros + n * 1e6),
  );
  assert.deepEqual(batches[0]![0], [sampleMicros, null, 600, 21.5, 40, 0]);
});

test("what was begun is kept when the hub is back or the device stops, and nothing where there is none", async () => {
  assert.deepEqual(
    (await batchesAfter(7, { flush: "with" })).map(({ length }) => length),
    [7],
  );
  assert.deepEqual(await batchesAfter(0, { flush: "with" }), []);
});
