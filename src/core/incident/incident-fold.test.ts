import assert from "node:assert/strict";
import { test } from "node:test";
import { reason } from "#support/alarm-inputs.ts";
import {
  actEvent,
  gasEvent,
  IncidentStory,
  levelEvent,
  storyMicros,
  zoneEvent,
  zoneLevelEvent,
} from "#support/incident-story.ts";

const floor = { id: "floor", devices: ["kitchen", "workshop"] };
const over = levelEvent({ level: "normal", reasons: [] });
const second = 1_000_000;

test("a prealarm, its alarm, new causes and the reset of one device are one incident", () => {
  const story = new IncidentStory();
  story.tell("kitchen", levelEvent({ level: "prealarm" }));
  assert.deepEqual(story.brief, ["1 kitchen prealarm open 0"]);
  story.tell("kitchen", levelEvent(), levelEvent({ reasons: [reason("severe-heat")] }));
  assert.deepEqual(story.brief, ["1 kitchen alarm open 2"]);
  story.tell("kitchen", actEvent());
  assert.deepEqual(story.brief, ["1 kitchen alarm acknowledged 2"]);
  story.tell("kitchen", actEvent({ type: "reset" }), over);
  assert.deepEqual(story.brief, ["1 kitchen alarm over 2"]);
  assert.equal(story.lines.get("1")?.length, 6);
  assert.deepEqual(story.records.get("1")?.firstReasons, [reason("region-growth")]);
});

test("a new alarm needs a new acknowledgement", () => {
  const story = new IncidentStory();
  story.tell("kitchen", levelEvent(), actEvent(), levelEvent());
  assert.deepEqual(story.brief, ["1 kitchen alarm open 2"]);
});

test("a cause that persists through a reset is the same incident, and asks to be answered again", () => {
  const story = new IncidentStory();
  story.tell("kitchen", levelEvent(), actEvent(), actEvent({ type: "reset" }), over);
  story.pass(5);
  story.tell("kitchen", levelEvent());
  assert.deepEqual(story.brief, ["1 kitchen alarm open 2"]);
});

test("within 20 s of its end another alarm at the place is the same incident; after that it is a new one", () => {
  const story = new IncidentStory([floor]);
  story.tell("kitchen", levelEvent(), over);
  story.pass(20);
  story.tell("workshop", levelEvent({ incidentId: "two" }));
  assert.deepEqual(story.brief, ["1 floor alarm open 2"]);
  story.tell("workshop", levelEvent({ level: "normal", incidentId: "two" }));
  story.pass(21);
  story.tell("workshop", levelEvent({ incidentId: "three", atMicros: storyMicros + 41 * second }));
  assert.deepEqual(story.brief, ["1 floor alarm over 2", "2 floor alarm open 1"]);
});

test("a backlog that comes in one moment is not one incident: a device's own clock says how far apart they were", () => {
  const story = new IncidentStory();
  story.tell("kitchen", levelEvent({ level: "prealarm" }), over);
  story.tell("kitchen", levelEvent({ incidentId: "two", atMicros: storyMicros + 3_600 * second }));
  assert.deepEqual(story.brief, ["1 kitchen prealarm over 0", "2 kitchen alarm open 1"]);
});

test("devices and their zone are one incident, and the zone's repetition of an alarm is no new one", () => {
  const story = new IncidentStory([floor]);
  story.tell("kitchen", levelEvent());
  story.tell("floor", zoneLevelEvent("floor"));
  story.tell("workshop", levelEvent({ incidentId: "two" }));
  story.tell(
    "floor",
    zoneEvent("floor", { type: "further-alarm", incidentId: "zone-one", id: "workshop", reasons: [] }),
  );
  assert.deepEqual(story.brief, ["1 floor alarm open 2"]);
  assert.deepEqual(story.records.get("1")?.devices, ["kitchen", "workshop"]);
  story.tell("floor", zoneLevelEvent("floor", { level: "normal", incidentId: null, because: null }));
  story.tell("kitchen", over);
  assert.deepEqual(story.brief, ["1 floor alarm open 2"]);
  story.tell("workshop", levelEvent({ level: "normal", incidentId: "two" }));
  assert.deepEqual(story.brief, ["1 floor alarm over 2"]);
});

test("zones that share a device are one place, and a device in no zone is its own", () => {
  const story = new IncidentStory([floor, { id: "house", devices: ["workshop", "attic"] }]);
  story.tell("attic", levelEvent());
  story.tell("kitchen", levelEvent({ incidentId: "two" }));
  story.tell("shed", levelEvent({ incidentId: "three" }));
  assert.deepEqual(story.brief, ["1 floor alarm open 2", "2 shed alarm open 1"]);
});

test("FIRE after a wait that somebody had answered is told anew", () => {
  const story = new IncidentStory([floor]);
  story.tell("kitchen", levelEvent());
  story.tell("floor", zoneLevelEvent("floor", { level: "holding", because: null }));
  story.tell("kitchen", actEvent());
  assert.deepEqual(story.brief, ["1 floor alarm acknowledged 1"]);
  story.tell("floor", zoneLevelEvent("floor", { because: "time-over" }));
  assert.deepEqual(story.brief, ["1 floor alarm open 2"]);
});

test("a call point alone is an incident, and a call point in a standing one is a new alarm", () => {
  const story = new IncidentStory([floor]);
  story.tell("floor", zoneLevelEvent("floor", { because: "call-point" }));
  assert.deepEqual(story.brief, ["1 floor alarm open 1"]);
  story.tell(
    "floor",
    zoneEvent("floor", {
      type: "acknowledged",
      by: "Ada",
      reason: "",
      incidentId: "zone-one",
      deviceIds: [],
    }),
  );
  assert.deepEqual(story.brief, ["1 floor alarm acknowledged 1"]);
  story.tell(
    "floor",
    zoneEvent("floor", { type: "further-alarm", incidentId: "zone-one", id: "stairs", reasons: [] }),
  );
  assert.deepEqual(story.brief, ["1 floor alarm open 2"]);
});

test("with alarms of two devices both have to be answered, or their zone", () => {
  const story = new IncidentStory([floor]);
  story.tell("kitchen", levelEvent());
  story.tell("workshop", levelEvent({ incidentId: "two" }));
  story.tell("kitchen", actEvent());
  assert.deepEqual(story.brief, ["1 floor alarm open 2"]);
  story.tell("workshop", actEvent({ incidentId: "two", by: "Bob" }));
  assert.deepEqual(story.brief, ["1 floor alarm acknowledged 2"]);
});

test("the zone that a device runs itself is answered with its device", () => {
  const story = new IncidentStory();
  story.tell("kitchen", levelEvent(), zoneLevelEvent("kitchen"), actEvent());
  assert.deepEqual(story.brief, ["1 kitchen alarm acknowledged 1"]);
  assert.deepEqual(story.records.get("1")?.devices, ["kitchen"]);
});

test("a gas hazard is an incident that ends by itself, and part of a fire that stands", () => {
  const story = new IncidentStory();
  story.tell("kitchen", gasEvent("comes"));
  assert.deepEqual(story.brief, ["1 kitchen gas-hazard open 1"]);
  story.tell("kitchen", levelEvent(), gasEvent("goes"));
  assert.deepEqual(story.brief, ["1 kitchen alarm open 2"]);
  story.tell("kitchen", over);
  assert.deepEqual(story.brief, ["1 kitchen alarm over 2"]);
});

test("a test is an incident of its own and marked as one", () => {
  const story = new IncidentStory();
  story.tell("kitchen", levelEvent());
  story.tell("attic", levelEvent({ test: true, incidentId: "test-incident-1" }));
  story.tell("kitchen", levelEvent({ test: true, incidentId: "test-incident-2" }));
  assert.deepEqual(story.brief, [
    "1 kitchen alarm open 1",
    "2 attic test alarm open 1",
    "3 kitchen test alarm open 1",
  ]);
});

test("what else a standing device tells belongs to the time line, and what others tell does not", () => {
  const story = new IncidentStory();
  const trouble = {
    type: "trouble",
    sequence: 2,
    atMicros: storyMicros,
    code: "air-silent",
    active: true,
    text: "",
  } as const;
  assert.equal(story.tell("kitchen", trouble), null);
  story.tell("kitchen", levelEvent());
  assert.equal(story.tell("kitchen", trouble)?.change, "mention");
  assert.equal(story.tell("attic", trouble), null);
});

test("a reset ends what a device that has lost its memory says nothing of any more", () => {
  const story = new IncidentStory();
  story.tell("kitchen", levelEvent());
  story.tell("kitchen", actEvent({ type: "reset", incidentId: null }));
  assert.deepEqual(story.brief, ["1 kitchen alarm over 1"]);
});

test("an acknowledgement stays with the incident when the device that gave it is reset before its zone", () => {
  const story = new IncidentStory([floor]);
  story.tell("kitchen", levelEvent());
  story.tell("floor", zoneLevelEvent("floor"));
  story.tell("kitchen", actEvent(), over);
  assert.deepEqual(story.brief, ["1 floor alarm acknowledged 1"]);
});

test("stages begin with the highest level that an incident has reached", () => {
  const story = new IncidentStory();
  story.tell("kitchen", levelEvent({ level: "prealarm" }));
  story.pass(60);
  story.tell("kitchen", levelEvent({ atMicros: storyMicros + 59 * second }));
  story.pass(10);
  story.tell("kitchen", actEvent());
  const { sensed, received, acknowledged } = story.records.get("1")!.stages;
  assert.deepEqual(
    [sensed, received, acknowledged].map((at) => (at! - storyMicros) / second),
    [59, 60, 70],
  );
});
