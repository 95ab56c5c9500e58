import assert from "node:assert/strict";
import { test } from "node:test";
import type { IncidentAct } from "#core/incident/incident-acts.ts";
import { HubBench, settle } from "#support/hub-bench.ts";
import { actEvent, levelEvent, zoneLevelEvent } from "#support/incident-story.ts";

const over = levelEvent({ level: "normal", reasons: [] });
const close: IncidentAct = { kind: "close", by: "Ada", cause: "cooking", note: "Toast." };

test("an alarm is an incident at once, told to the first contact, with who answered in its time line", async (t) => {
  const bench = await HubBench.build(t);
  await bench.tell("kitchen", levelEvent());
  assert.deepEqual(bench.take(), ["mail alarm Ada"]);
  await bench.tell("kitchen", actEvent(), actEvent({ type: "reset" }), over);
  assert.deepEqual(bench.take(), ["mail acknowledged Ada"]);
  bench.desk.act("1", { kind: "note", by: "Bob", text: "The pan was on." });
  bench.desk.act("1", close);
  const { incident, timeLine, omitted } = bench.desk.detail("1")!;
  assert.equal(incident.state, "closed");
  assert.equal(incident.closed?.cause, "cooking");
  assert.equal(omitted, 0);
  assert.deepEqual(
    timeLine.map((line) => {
      if (line.type === "event") return line.message.event.type;
      return line.type === "act" ? line.act.kind : `${line.notification.kind} ${line.notification.outcome}`;
    }),
    ["level", "acknowledged", "reset", "level", "note", "close", "alarm sent", "acknowledged sent"],
  );
  assert.deepEqual(
    bench.changes.map(({ state }) => state),
    ["open", "open", "acknowledged", "over", "over", "closed"],
  );
});

test("an event is folded once, however often the desk looks", async (t) => {
  const bench = await HubBench.build(t);
  await bench.tell("kitchen", levelEvent());
  bench.desk.fold();
  bench.desk.fold();
  assert.equal(bench.incident().alarms, 1);
  assert.equal(bench.desk.detail("1")!.timeLine.length, 2);
});

test("what was kept and not folded when the process was killed is folded at the next start, and people are told", async (t) => {
  const bench = await HubBench.build(t);
  bench.keep("kitchen", levelEvent({ level: "prealarm" }));
  bench.keep("kitchen", levelEvent());
  await bench.cutPower(5);
  assert.equal(bench.incident().severity, "alarm");
  assert.deepEqual(bench.take(), ["mail prealarm Bob", "mail alarm Ada"]);
});

test("after a power cut in the middle of a ladder it goes on where it was, and nobody is told twice", async (t) => {
  const bench = await HubBench.build(t);
  await bench.tell("kitchen", levelEvent());
  assert.deepEqual(bench.take(), ["mail alarm Ada"]);
  await bench.pass(60);
  await bench.cutPower(30);
  assert.deepEqual(bench.take(), []);
  await bench.pass(28);
  assert.deepEqual(bench.take(), []);
  await bench.pass(2);
  assert.deepEqual(bench.take(), ["mail alarm Bob"]);
  await bench.cutPower(3_600);
  await bench.pass(1);
  assert.deepEqual(bench.take(), ["mail alarm Bob"]);
  await bench.tell("kitchen", actEvent());
  assert.deepEqual(bench.take(), ["mail acknowledged Ada", "mail acknowledged Bob"]);
  await bench.cutPower(3_600);
  await bench.pass(30);
  assert.deepEqual(
    bench.take().filter((line) => !line.includes("trouble")),
    [],
  );
});

test("a notification whose receipt a power cut took is given again by the same name, with the same words", async (t) => {
  const bench = await HubBench.build(t);
  bench.mail.answer = "nothing";
  await bench.tell("kitchen", levelEvent());
  const [before] = bench.mail.given;
  bench.take();
  bench.mail.answer = "sent";
  await bench.cutPower(40);
  assert.deepEqual(bench.mail.given, [before]);
  await bench.pass(1);
  assert.equal(bench.mail.given.length, 1);
  await bench.cutPower(1);
  assert.equal(bench.mail.given.length, 1);
});

test("a channel that throws has failed; the next one is tried, and its trouble is told by that and shown", async (t) => {
  const bench = await HubBench.build(t);
  bench.mail.answer = "throws";
  await bench.tell("kitchen", levelEvent());
  await bench.pass(7);
  assert.deepEqual(bench.take(), ["mail alarm Ada", "mail alarm Ada", "mail alarm Ada", "sms alarm Ada"]);
  assert.deepEqual(bench.desk.warnings, ["The channel mail has failed 3 times in a row."]);
  assert.ok(bench.log.some((line) => line.includes("The line is dead.")));
  await bench.pass(60);
  assert.ok(bench.take().includes("sms trouble Bob"));
});

test("without contacts nobody is told, and the hub says so", async (t) => {
  const bench = await HubBench.build(t, { policy: null });
  await bench.tell("kitchen", levelEvent());
  assert.deepEqual(bench.take(), []);
  assert.equal(bench.incident().state, "open");
  assert.match(bench.desk.nobody ?? "", /no contacts are configured/);
  assert.match(bench.log[0] ?? "", /no contacts are configured/);
  assert.equal(bench.desk.warnings.length, 1);
});

test("an alarm that stands when contacts are configured is told at the start", async (t) => {
  const bench = await HubBench.build(t, { policy: null });
  const policy = (await HubBench.build(t)).policy;
  await bench.tell("kitchen", levelEvent());
  bench.policy = policy;
  await bench.cutPower(1);
  assert.deepEqual(bench.take(), ["mail alarm Ada"]);
});

test("a test of a device is an incident that calls nobody", async (t) => {
  const bench = await HubBench.build(t);
  await bench.tell("kitchen", levelEvent({ test: true, incidentId: "test-incident-1" }));
  await bench.pass(300);
  assert.deepEqual(bench.take(), []);
  assert.equal(bench.incident().kind, "test");
});

test("a device that falls silent is told as trouble, and that it is heard again", async (t) => {
  const bench = await HubBench.build(t);
  bench.speaking.delete("kitchen");
  await bench.pass(60);
  assert.deepEqual(bench.take(), []);
  await bench.pass(10);
  const [trouble] = bench.mail.given;
  assert.deepEqual(
    [trouble?.title, trouble?.text],
    [
      "Trouble: kitchen",
      "device-silent: The hub hears nothing of it. Look at its power and its network; until then nobody watches there.",
    ],
  );
  assert.deepEqual(bench.take(), ["mail trouble Bob"]);
  bench.speaking.add("kitchen");
  await bench.pass(2);
  assert.deepEqual(bench.take(), ["mail over Bob"]);
});

test("devices and their zone are one incident, and two devices are told once each", async (t) => {
  const bench = await HubBench.build(t, { zones: [{ id: "floor", devices: ["kitchen", "workshop"] }] });
  await bench.tell("kitchen", levelEvent());
  await bench.tell("floor", zoneLevelEvent("floor"));
  await bench.tell("workshop", levelEvent({ incidentId: "two" }));
  assert.deepEqual(bench.take(), ["mail alarm Ada", "mail alarm Ada"]);
  assert.deepEqual(
    bench.store.incidents.page({ limit: 10 }).incidents.map(({ id }) => id),
    ["1"],
  );
});

test("incidents are paged and found by device, state, kind and time", async (t) => {
  const bench = await HubBench.build(t);
  for (let n = 1; n <= 5; n += 1) {
    const incidentId = `incident-${n}`;
    const atMicros = bench.clock.nowMicros();
    await bench.tell(n % 2 === 0 ? "workshop" : "kitchen", levelEvent({ incidentId, atMicros }));
    if (n < 5)
      await bench.tell(
        n % 2 === 0 ? "workshop" : "kitchen",
        levelEvent({ level: "normal", incidentId, atMicros }),
      );
    await bench.pass(60);
  }
  const ids = (query: object): string[] =>
    bench.store.incidents.page({ limit: 2, ...query }).incidents.map(({ id }) => id);
  assert.deepEqual(ids({}), ["5", "4"]);
  assert.equal(bench.store.incidents.page({ limit: 2 }).next, "4");
  assert.deepEqual(ids({ before: "4" }), ["3", "2"]);
  assert.deepEqual(ids({ device: "workshop" }), ["4", "2"]);
  assert.deepEqual(ids({ state: "open" }), ["5"]);
  assert.deepEqual(ids({ kind: "test" }), []);
  const { receivedAtMicros } = bench.incident("2").first;
  assert.deepEqual(ids({ from: receivedAtMicros, to: receivedAtMicros }), ["2"]);
});

test("nothing of an incident that is open or held is ever deleted", async (t) => {
  const bench = await HubBench.build(t);
  await bench.tell("kitchen", levelEvent(), over);
  bench.clock.advanceMs(60_000);
  await bench.tell("workshop", levelEvent({ level: "prealarm", incidentId: "two" }));
  await bench.tell("workshop", levelEvent({ level: "normal", incidentId: "two" }));
  const left = (): number => bench.store.events.page({ device: null, before: null, limit: 9 }).events.length;
  assert.equal(bench.store.events.trim({ most: 0 }), 2);
  assert.equal(left(), 2);
  bench.desk.act("1", close);
  bench.desk.act("1", { kind: "hold", by: "Ada", reason: "Insurance." });
  assert.equal(bench.store.events.trim({ most: 0 }), 0);
  assert.deepEqual(bench.take(), ["mail alarm Ada", "mail over Ada", "mail prealarm Bob", "mail over Bob"]);
  assert.equal(bench.store.notifications.trim({ most: 0 }), 2);
  assert.equal(bench.store.incidents.trim({ most: 0 }), 1);
  bench.desk.act("1", { kind: "release", by: "Ada", reason: "Settled." });
  assert.equal(bench.store.events.trim({ most: 0 }), 2);
  assert.equal(bench.store.incidents.trim({ most: 0 }), 1);
  assert.equal(bench.desk.detail("1"), null);
});

test("an alarm that the disk refuses is told to everybody by every channel, and again while it is refused", async (t) => {
  const bench = await HubBench.build(t);
  const message = { v: 1, id: "event-refused", event: levelEvent() } as const;
  for (let n = 0; n < 3; n += 1) bench.desk.tellUnkept("kitchen", message);
  await settle();
  assert.deepEqual(bench.take(), ["mail alarm Ada", "mail alarm Bob", "sms alarm Ada", "sms alarm Bob"]);
  bench.clock.advanceMs(600_000);
  bench.desk.tellUnkept("kitchen", message);
  bench.desk.tellUnkept("kitchen", { ...message, id: "event-test", event: levelEvent({ test: true }) });
  bench.desk.tellUnkept("kitchen", { ...message, id: "event-over", event: over });
  await settle();
  assert.equal(bench.take().filter((line) => line.includes("alarm")).length, 4);
});

test("the first receipt of an alarm is its stage of notification", async (t) => {
  const bench = await HubBench.build(t);
  bench.mail.answer = "failed";
  await bench.tell("kitchen", levelEvent());
  assert.equal(bench.incident().stages.notified, null);
  bench.mail.answer = "sent";
  await bench.pass(3);
  const { received, notified } = bench.incident().stages;
  assert.equal((notified ?? 0) - (received ?? 0), 2_000_000);
});

test("while the disk refuses incidents people are told from memory and the hub says so; then all is folded", async (t) => {
  const bench = await HubBench.build(t);
  bench.store.atOnce = () => {
    throw Object.assign(new Error("database or disk is full"), { code: "ERR_SQLITE_ERROR" });
  };
  await bench.tell("kitchen", levelEvent());
  assert.deepEqual(bench.take(), ["mail alarm Ada", "mail alarm Bob", "sms alarm Ada", "sms alarm Bob"]);
  assert.match(bench.desk.problem ?? "", /disk is full/);
  assert.equal(bench.desk.detail("1"), null);
  Reflect.deleteProperty(bench.store, "atOnce");
  await bench.pass(1);
  assert.equal(bench.desk.problem, null);
  assert.equal(bench.incident().alarms, 1);
  assert.deepEqual(bench.take(), ["mail alarm Ada"]);
});

test("an event that cannot be folded is told where it calls people, logged, and keeps none back that comes after it", async (t) => {
  const bench = await HubBench.build(t);
  const { put } = bench.store.incidents;
  bench.store.incidents.put = (record) => {
    if (record.place === "kitchen") throw new TypeError("A wrong program.");
    put.call(bench.store.incidents, record);
  };
  bench.keep("workshop", levelEvent({ level: "prealarm" }));
  bench.keep("kitchen", levelEvent());
  bench.keep("workshop", levelEvent());
  bench.desk.fold();
  await settle();
  assert.deepEqual(
    bench.store.incidents.page({ limit: 9 }).incidents.map(({ place, severity }) => `${place} ${severity}`),
    ["workshop alarm"],
  );
  assert.deepEqual(bench.take().sort(), [
    "mail alarm Ada",
    "mail alarm Ada",
    "mail alarm Bob",
    "mail prealarm Bob",
    "sms alarm Ada",
    "sms alarm Bob",
  ]);
  assert.ok(bench.log.some((line) => line.includes("A wrong program.")));
});

test("while the disk refuses everything a ladder goes on in memory, and is saved when it works again", async (t) => {
  const bench = await HubBench.build(t);
  await bench.tell("kitchen", levelEvent());
  bench.take();
  bench.store.atOnce = () => {
    throw Object.assign(new Error("database or disk is full"), { code: "ERR_SQLITE_ERROR" });
  };
  await bench.pass(121);
  assert.deepEqual(bench.take(), ["mail alarm Bob"]);
  Reflect.deleteProperty(bench.store, "atOnce");
  await bench.pass(600);
  assert.deepEqual(bench.take(), ["mail alarm Bob"]);
  await bench.cutPower(1);
  assert.deepEqual(bench.take(), []);
});

test("what was kept of the escalation and cannot be read is begun anew, by names that no message had", async (t) => {
  const bench = await HubBench.build(t);
  await bench.tell("kitchen", levelEvent());
  const names = bench.mail.given.map(({ id }) => id);
  bench.take();
  const { foldedRow } = bench.store.notifications.saved();
  bench.store.notifications.save({ state: { numbers: "many" } as never, foldedRow });
  await bench.cutPower(1);
  assert.ok(bench.log.some((line) => line.includes("is damaged")));
  assert.equal(bench.mail.given.length, 1);
  assert.ok(!names.includes(bench.mail.given[0]!.id));
  assert.deepEqual(bench.take(), ["mail alarm Ada"]);
});
