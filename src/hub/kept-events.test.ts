import assert from "node:assert/strict";
import { test } from "node:test";
import { zoneHappening } from "#core/device-event.ts";
import type { ZoneEvent } from "#core/zone/zone-event.ts";
import type { EventMessage } from "#wire/device-messages.ts";
import { KeptEvents, waitingEventsMax } from "./kept-events.ts";

const fire = {
  type: "zone-level",
  level: "fire",
  incidentId: "i",
  reasons: [],
  because: "no-delay",
  test: false,
} as const;
const silenced = { type: "silenced", by: "Ada", reason: "", incidentId: "i", deviceIds: [] } as const;

function message(sequence: number, event: typeof fire | typeof silenced): EventMessage {
  const told: ZoneEvent = { ...event, sequence, atMicros: sequence };
  return { v: 1, id: `event-${sequence}`, event: zoneHappening("floor", told) };
}

test("events wait in order while the store refuses; of too many the oldest goes that calls nobody, and FIRE never", () => {
  const kept: string[] = [];
  const log: string[] = [];
  let isFull = true;
  const events = new KeptEvents(
    (_zone, { id }) => {
      if (isFull) throw new Error("disk full");
      kept.push(id);
    },
    (line) => log.push(line),
  );
  events.add("floor", message(1, fire));
  events.add("floor", message(2, silenced));
  for (let n = 3; n <= waitingEventsMax + 5; n += 1) events.add("floor", message(n, fire));
  isFull = false;
  events.retry();
  const expected = [1, ...Array.from({ length: waitingEventsMax + 3 }, (_, k) => k + 3)];
  assert.deepEqual(
    kept,
    expected.map((n) => `event-${n}`),
  );
  assert.equal(log.filter((line) => line.includes("is lost")).length, 1);
});
