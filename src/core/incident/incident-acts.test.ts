import assert from "node:assert/strict";
import { test } from "node:test";
import { IncidentStory, levelEvent } from "#support/incident-story.ts";
import { Failure } from "../failure.ts";
import { actOnIncident, type IncidentAct } from "./incident-acts.ts";
import { type IncidentRecord, incidentState, isProtected } from "./incident-record.ts";

const close: IncidentAct = { kind: "close", by: "Ada", cause: "cooking", note: "" };

function told(...levels: readonly ("prealarm" | "alarm" | "normal")[]): IncidentRecord {
  const story = new IncidentStory();
  story.tell("kitchen", ...levels.map((level) => levelEvent({ level })));
  return story.records.get("1")!;
}

function done(record: IncidentRecord, act: IncidentAct, unheard: readonly string[] = []): IncidentRecord {
  return actOnIncident(record, act, { atMicros: 5, unheard });
}

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof Failure);
    return error.code;
  }
  return "done";
}

test("what is over is closed once, with what it was and by whom", () => {
  const closed = done(told("alarm", "normal"), close);
  assert.equal(incidentState(closed), "closed");
  assert.deepEqual(closed.closed, { by: "Ada", atMicros: 5, cause: "cooking", note: "" });
  assert.equal(
    refusal(() => done(closed, close)),
    "incident-closed",
  );
  assert.equal(
    refusal(() => done(closed, { kind: "acknowledge", by: "Ada", reason: "" })),
    "incident-over",
  );
});

test("what still stands is not closed, but for a device that nobody hears any more, and with a word why", () => {
  const record = told("alarm");
  assert.equal(
    refusal(() => done(record, close)),
    "incident-stands",
  );
  assert.equal(
    refusal(() => done(record, close, ["kitchen"])),
    "note-required",
  );
  const closed = done(record, { ...close, note: "It has burnt." }, ["kitchen"]);
  assert.deepEqual([incidentState(closed), closed.standing.length], ["closed", 0]);
});

test("an acknowledgement of the whole answers every device", () => {
  const answered = done(told("alarm"), { kind: "acknowledge", by: "Ada", reason: "On my way." });
  assert.deepEqual([incidentState(answered), answered.acknowledged?.by], ["acknowledged", "Ada"]);
});

test("an alarm is kept until somebody says what it was, a prealarm until it ends, and anything while it is held", () => {
  const hold: IncidentAct = { kind: "hold", by: "Ada", reason: "Insurance." };
  const alarm = told("alarm", "normal");
  const prealarm = told("prealarm", "normal");
  assert.deepEqual([alarm, prealarm, told("prealarm"), done(alarm, close)].map(isProtected), [
    true,
    false,
    true,
    false,
  ]);
  const held = done(done(alarm, close), hold);
  assert.deepEqual([held, done(prealarm, hold), done(held, { ...hold, kind: "release" })].map(isProtected), [
    true,
    true,
    false,
  ]);
});
