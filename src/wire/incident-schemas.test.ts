import assert from "node:assert/strict";
import { test } from "node:test";
import { EscalationRun, incidentNow, testPolicy } from "#support/escalation-run.ts";
import { actEvent, IncidentStory, levelEvent } from "#support/incident-story.ts";
import { escalationStateSchema } from "./escalation-schemas.ts";
import { incidentRecordSchema } from "./incident-schemas.ts";

test("an incident and an escalation come back from JSON as they were", () => {
  const story = new IncidentStory();
  story.tell("kitchen", levelEvent(), actEvent());
  const record = story.records.get("1")!;
  assert.deepEqual(incidentRecordSchema.parse(JSON.parse(JSON.stringify(record))), record);
  const run = new EscalationRun(testPolicy());
  run.take(incidentNow());
  run.failed();
  run.take({ kind: "snooze", device: "kitchen", by: "Ada", minutes: 30 });
  assert.deepEqual(escalationStateSchema.parse(JSON.parse(JSON.stringify(run.state))), run.state);
});
