import assert from "node:assert/strict";
import { test } from "node:test";
import { eventSequence } from "#core/device-event.ts";
import { fixtureEvent } from "#support/fixture-room.ts";
import { eventsMax, mergeEvents } from "./event-log.ts";

const event = (sequence: number) =>
  fixtureEvent("room", { type: "resounded", sequence, atMicros: sequence * 10, incidentId: "i" });

test("events stand newest first, each once however often it comes", () => {
  const merged = mergeEvents([event(3), event(1)], [event(2), event(3)]);
  assert.deepEqual(
    merged.map((logged) => eventSequence(logged.event)),
    [3, 2, 1],
  );
});

test("beyond the maximum the oldest are left out", () => {
  const many = Array.from({ length: eventsMax + 50 }, (_, index) => event(index + 1));
  const merged = mergeEvents([], many);
  assert.equal(merged.length, eventsMax);
  assert.equal(eventSequence(merged[0]!.event), eventsMax + 50);
});
