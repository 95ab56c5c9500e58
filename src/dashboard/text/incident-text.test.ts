import assert from "node:assert/strict";
import { test } from "node:test";
import { actOnIncident, type IncidentAct } from "#core/incident/incident-acts.ts";
import { type IncidentRecord, incidentState } from "#core/incident/incident-record.ts";
import { actEvent, IncidentStory, levelEvent } from "#support/incident-story.ts";
import type { IncidentView } from "#wire/incident-api.ts";
import { incidentText, timeLineText } from "./incident-text.ts";

const nameOf = (id: string): string => (id === "kitchen" ? "Kitchen" : id);

function view(record: IncidentRecord): IncidentView {
  const { devices, standing, firstReasons, reasons, ...rest } = record;
  const lists = { devices: [...devices], standing: [...standing], firstReasons, reasons };
  return { ...rest, ...lists, state: incidentState(record) };
}

function story(...events: Parameters<IncidentStory["tell"]>[1][]): IncidentRecord {
  const told = new IncidentStory();
  told.tell("kitchen", ...events);
  return told.records.get("1")!;
}

function say(record: IncidentRecord): string {
  const { title, details, tone } = incidentText(view(record), nameOf);
  return [`${title} (${tone})`, ...details].join(" ");
}

test("an incident says what and where it is, and what is to be done", () => {
  const over = levelEvent({ level: "normal" });
  assert.equal(say(story(levelEvent())), "FIRE: Kitchen (fire) Nobody has answered yet.");
  assert.equal(
    say(story(levelEvent(), levelEvent(), actEvent())),
    "FIRE: Kitchen (fire) Acknowledged by Ada. 2 alarms.",
  );
  assert.equal(say(story(levelEvent(), over)), "FIRE: Kitchen (quiet) Over. Say what it was, and close it.");
  assert.equal(say(story(levelEvent({ level: "prealarm" }), over)), "Prealarm: Kitchen (quiet) Over.");
  assert.equal(
    say(story(levelEvent({ test: true }))),
    "FIRE: Kitchen (test: nobody is called) (test) Nobody has answered yet.",
  );
  const close: IncidentAct = { kind: "close", by: "Ada", cause: "hot-work", note: "" };
  const closed = actOnIncident(story(levelEvent(), over), close, { atMicros: 1, unheard: [] });
  assert.equal(say(closed), "FIRE: Kitchen (quiet) Closed by Ada: Hot work.");
});

test("a time line says who did what, and what became of each message", () => {
  const notification = {
    id: "a",
    contact: "Ada",
    channel: "mail",
    kind: "alarm",
    atMicros: 1,
    settledAtMicros: 2,
  } as const;
  const failed = { ...notification, attempt: 2, outcome: "failed", text: "No route." } as const;
  assert.deepEqual(timeLineText({ type: "notification", atMicros: 1, notification: failed }, nameOf), {
    title: "Told Ada by mail, try 2: failed",
    details: ["Message: alarm.", "No route."],
    tone: "trouble",
  });
  const act: IncidentAct = { kind: "hold", by: "Ada", reason: "Insurance." };
  assert.deepEqual(timeLineText({ type: "act", atMicros: 1, act }, nameOf), {
    title: "Held by Ada: nothing of it is deleted",
    details: ["Insurance."],
    tone: "quiet",
  });
});
