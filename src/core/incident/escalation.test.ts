import assert from "node:assert/strict";
import { test } from "node:test";
import { EscalationRun, incidentNow, testPolicy } from "#support/escalation-run.ts";

const mondayMorning = [{ fromMinute: 0, toMinute: 6 * 60 }];

test("an alarm tells the first step at once, the next in its time, and the last again and again", () => {
  const run = new EscalationRun(testPolicy());
  assert.deepEqual(run.take(incidentNow()), ["alarm Ada mail"]);
  run.sent();
  assert.deepEqual(run.pass(119), []);
  assert.deepEqual(run.pass(1), ["alarm Bob mail"]);
  run.sent();
  assert.deepEqual(run.pass(599), []);
  assert.deepEqual(run.pass(1), ["alarm Bob mail"]);
  run.sent();
  assert.deepEqual(run.pass(600), ["alarm Bob mail"]);
});

test("an acknowledgement ends the ladder, and those who were told are told of it and of nothing more", () => {
  const run = new EscalationRun(testPolicy());
  run.take(incidentNow());
  run.sent();
  const answered = incidentNow({ standing: "acknowledged" });
  assert.deepEqual(run.take(answered), ["acknowledged Ada mail"]);
  run.sent();
  assert.deepEqual(run.take(answered), []);
  assert.deepEqual(run.take(incidentNow({ standing: "over" })), []);
  assert.deepEqual(run.pass(100_000), []);
  assert.deepEqual(run.state.subjects, []);
  assert.deepEqual(run.state.deliveries, []);
});

test("who has been told of an alarm that nobody acknowledged is told that it is over", () => {
  const run = new EscalationRun(testPolicy());
  run.take(incidentNow());
  assert.deepEqual(run.take(incidentNow({ standing: "over" })), ["over Ada mail"]);
  run.sent();
  assert.deepEqual(run.pass(10_000), []);
});

test("a new alarm in a standing one is told at once to all who know, and the ladder does not begin anew", () => {
  const run = new EscalationRun(testPolicy());
  run.take(incidentNow());
  run.sent();
  run.pass(100);
  assert.deepEqual(run.take(incidentNow({ alarms: 2 })), ["alarm Ada mail"]);
  run.sent();
  assert.deepEqual(run.take(incidentNow({ alarms: 2 })), []);
  assert.deepEqual(run.pass(20), ["alarm Bob mail"]);
});

test("a new alarm after an acknowledgement begins at the first step", () => {
  const run = new EscalationRun(testPolicy());
  run.take(incidentNow());
  run.sent();
  run.take(incidentNow({ standing: "acknowledged" }));
  run.sent();
  assert.deepEqual(run.take(incidentNow({ alarms: 2 })), ["alarm Ada mail"]);
});

test("a prealarm that becomes an alarm begins at the alarm's first step at once", () => {
  const run = new EscalationRun(testPolicy());
  assert.deepEqual(run.take(incidentNow({ severity: "prealarm", alarms: 0 })), ["prealarm Bob mail"]);
  run.sent();
  run.take(incidentNow({ severity: "prealarm", alarms: 0, standing: "acknowledged" }));
  assert.deepEqual(run.take(incidentNow()), ["alarm Ada mail"]);
});

test("a channel that fails is tried again with growing waits, and then the next channel is", () => {
  const run = new EscalationRun(testPolicy());
  run.take(incidentNow());
  assert.deepEqual(run.failed(), []);
  assert.deepEqual(run.pass(1), []);
  assert.deepEqual(run.pass(1), ["alarm Ada mail"]);
  assert.deepEqual(run.failed(), []);
  assert.deepEqual(run.pass(3), []);
  assert.deepEqual(run.pass(1), ["alarm Ada mail"]);
  assert.deepEqual(run.failed("No route."), ["trouble mail", "alarm Ada sms"]);
  run.sent();
  assert.deepEqual(
    run.state.channels.map(({ name }) => name),
    ["mail"],
  );
});

test("a channel in trouble is tried once for each message, so that it holds nobody up, until it works again", () => {
  const run = new EscalationRun(testPolicy());
  run.breakChannel("mail");
  run.take(incidentNow());
  assert.deepEqual(run.failed(), ["alarm Ada sms"]);
  run.sent();
  run.pass(120);
  assert.deepEqual(run.sent(), ["works mail"]);
});

test("a channel that says nothing has failed after its time", () => {
  const run = new EscalationRun(testPolicy());
  run.take(incidentNow());
  assert.deepEqual(run.pass(14), []);
  assert.deepEqual(run.pass(3), ["alarm Ada mail"]);
});

test("a receipt that comes late is taken, and the message is not sent again", () => {
  const run = new EscalationRun(testPolicy());
  run.take(incidentNow());
  run.pass(16);
  run.sent();
  assert.deepEqual(run.pass(60), []);
});

test("a message that a channel takes back goes out by the next channel", () => {
  const run = new EscalationRun(testPolicy());
  run.take(incidentNow());
  run.sent();
  assert.deepEqual(run.failed("No such number."), ["alarm Ada sms"]);
});

test("a step that no channel takes is followed by the next one at once", () => {
  const run = new EscalationRun(testPolicy({ delivery: { attemptsMax: 1 } }));
  run.take(incidentNow());
  run.failed();
  assert.deepEqual(run.failed(), ["trouble sms", "alarm Bob mail"]);
});

test("a step whose contacts are off duty is passed over; outside of everybody's hours everybody is told", () => {
  // The run begins on a Sunday at 15:06 UTC.
  const ada = new EscalationRun(testPolicy({ hours: { Ada: mondayMorning } }));
  assert.deepEqual(ada.take(incidentNow()), ["alarm Bob mail"]);
  const nobody = new EscalationRun(testPolicy({ hours: { Ada: mondayMorning, Bob: mondayMorning } }));
  assert.deepEqual(nobody.take(incidentNow()), ["alarm Ada mail", "alarm Bob mail"]);
});

test("a snooze holds prealarms and troubles of its device back until its end, and an alarm never", () => {
  const run = new EscalationRun(testPolicy());
  run.take({ kind: "snooze", device: "kitchen", by: "Ada", minutes: 30 });
  assert.deepEqual(run.take(incidentNow({ severity: "prealarm", alarms: 0 })), []);
  run.take({ kind: "trouble", source: "kitchen", code: "air-silent", active: true });
  assert.deepEqual(run.pass(1_799), []);
  assert.deepEqual(run.pass(1), ["prealarm Bob mail", "trouble Bob mail"]);
  run.take({ kind: "snooze", device: "kitchen", by: "Ada", minutes: 30 });
  assert.deepEqual(run.take(incidentNow()), ["alarm Ada mail"]);
});

test("a snooze of one device holds back nothing that another one says, and can be ended", () => {
  const run = new EscalationRun(testPolicy());
  run.take({ kind: "snooze", device: "kitchen", by: "Ada", minutes: 30 });
  const prealarm = incidentNow({ severity: "prealarm", alarms: 0 });
  assert.deepEqual(run.take(prealarm), []);
  assert.deepEqual(run.take({ kind: "snooze", device: "kitchen", by: "Ada", minutes: 0 }), [
    "prealarm Bob mail",
  ]);
  run.take({ kind: "snooze", device: "kitchen", by: "Ada", minutes: 30 });
  const both = { ...prealarm, id: "8", devices: ["kitchen", "attic"] };
  assert.deepEqual(run.take(both), ["prealarm Bob mail"]);
});

test("a trouble is told after its wait, again as a reminder, and one that went before is not told", () => {
  const run = new EscalationRun(testPolicy());
  const trouble = { kind: "trouble", source: "kitchen", code: "air-silent", active: true } as const;
  run.take(trouble);
  assert.deepEqual(run.take({ ...trouble, active: false }), []);
  assert.deepEqual(run.pass(600), []);
  run.take(trouble);
  assert.deepEqual(run.pass(59), []);
  assert.deepEqual(run.take({ ...trouble, code: "camera-moved" }), []);
  assert.deepEqual(run.pass(1), ["trouble Bob mail"]);
  run.sent();
  assert.deepEqual(run.pass(86_399), []);
  assert.deepEqual(run.pass(1), ["trouble Bob mail"]);
  run.sent();
  run.take({ ...trouble, active: false });
  assert.deepEqual(run.take({ ...trouble, code: "camera-moved", active: false }), ["over Bob mail"]);
});

test("a trouble that comes and goes is not told more often than its quiet time lets it", () => {
  const run = new EscalationRun(testPolicy());
  const trouble = { kind: "trouble", source: "kitchen", code: "air-silent", active: true } as const;
  run.take(trouble);
  assert.deepEqual(run.pass(60), ["trouble Bob mail"]);
  run.sent();
  for (let n = 0; n < 5; n += 1) {
    run.take({ ...trouble, active: false });
    run.sent();
    assert.deepEqual(run.take(trouble), []);
    assert.deepEqual(run.pass(120), []);
  }
  assert.deepEqual(run.pass(360), ["trouble Bob mail"]);
});

test("a clock that is set back holds no step up", () => {
  const run = new EscalationRun(testPolicy());
  run.take(incidentNow());
  run.sent();
  run.pass(60);
  run.setClockBack(86_400);
  assert.deepEqual(run.pass(59), []);
  assert.deepEqual(run.pass(1), ["alarm Bob mail"]);
});

test("after a restart what was under way is given again by the same name, and has its whole time for the receipt", () => {
  const run = new EscalationRun(testPolicy());
  run.take(incidentNow());
  const [before] = run.ids;
  run.crash(100);
  assert.deepEqual(run.take({ kind: "restart" }), ["alarm Ada mail"]);
  assert.deepEqual(run.ids, [before, before]);
  run.sent();
  assert.deepEqual(run.pass(19), []);
  assert.deepEqual(run.pass(1), ["alarm Bob mail"]);
});

test("a test message tries its channel once", () => {
  const run = new EscalationRun(testPolicy());
  const message = { kind: "test-message", contact: "Ada", channel: "sms" } as const;
  assert.deepEqual(run.take(message), ["test Ada sms"]);
  run.sent();
  assert.deepEqual(run.take(message), ["test Ada sms"]);
  assert.deepEqual(run.failed(), []);
  assert.deepEqual(run.pass(1_000), []);
  assert.deepEqual(run.state.deliveries, []);
});
