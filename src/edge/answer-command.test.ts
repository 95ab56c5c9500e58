import assert from "node:assert/strict";
import { test } from "node:test";
import type { ActInput } from "#core/alarm/alarm-input.ts";
import { sampleMicros } from "#support/alarm-samples.ts";
import { answerCommand, type CommandTarget } from "./answer-command.ts";

function target(
  changes: Partial<CommandTarget> = {},
): CommandTarget & { acts: ActInput[]; watched: number[] } {
  const acts: ActInput[] = [];
  const watched: number[] = [];
  return {
    deviceId: "kitchen",
    nowMicros: () => sampleMicros,
    standing: () => ({ disabled: null, test: null }),
    act: (input) => acts.push(input),
    watch: (seconds) => watched.push(seconds),
    demo: null,
    acts,
    watched,
    ...changes,
  };
}

function message(topic: string, body: unknown): { topic: string; payload: Uint8Array } {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { topic: `emberwatch/v1/${topic}`, payload: Buffer.from(text) };
}

const act = {
  v: 1,
  id: "command-1",
  command: "act",
  act: "reset",
  by: "Ada",
  reason: "false alarm",
  minutes: null,
};

test("an act is done with who, why and the device's own time", () => {
  const device = target();
  const answer = answerCommand(device, message("kitchen/command/act", act));
  assert.deepEqual(answer, { id: "command-1", reply: { v: 1, ok: true, text: "Reset." } });
  const { by, reason, minutes } = act;
  assert.deepEqual(device.acts, [{ kind: "act", atMicros: sampleMicros, act: "reset", by, reason, minutes }]);
});

test("ending what is not on says so and does nothing", () => {
  const device = target();
  const end = (name: string) => answerCommand(device, message("kitchen/command/act", { ...act, act: name }));
  assert.deepEqual(end("end-test")?.reply, { v: 1, ok: true, text: "No test was on." });
  assert.deepEqual(end("enable")?.reply, { v: 1, ok: true, text: "The room was not disabled." });
  assert.deepEqual(device.acts, []);
  const on = { by: "Ada", atMicros: sampleMicros, reason: "", expiresAtMicros: sampleMicros + 60e6 };
  const busy = target({ standing: () => ({ disabled: on, test: on }) });
  for (const name of ["end-test", "enable"])
    answerCommand(busy, message("kitchen/command/act", { ...act, act: name }));
  assert.deepEqual(
    busy.acts.map((done) => done.act),
    ["end-test", "enable"],
  );
});

test("a disablement or test without an end is refused", () => {
  const device = target();
  for (const name of ["disable", "start-test"]) {
    const answer = answerCommand(device, message("kitchen/command/act", { ...act, act: name }));
    assert.equal(answer?.reply.ok, false);
  }
  assert.deepEqual(device.acts, []);
});

test("a command whose topic says otherwise is refused", () => {
  const device = target();
  const answer = answerCommand(device, message("kitchen/command/watch", act));
  assert.equal(answer?.reply.ok, false);
  assert.deepEqual(device.acts, []);
});

test("what is no command to this device is not answered", () => {
  const device = target();
  for (const nonsense of [
    message("office/command/act", act),
    message("kitchen/telemetry", act),
    message("kitchen/command/act", "{"),
    message("kitchen/command/act", { ...act, act: "explode" }),
    message("kitchen/command/act", { ...act, extra: 1 }),
    { topic: "elsewhere", payload: new Uint8Array([0xff, 0xfe]) },
  ])
    assert.equal(answerCommand(device, nonsense), null);
  assert.deepEqual(device.acts, []);
});

test("only an emulated room can be lit", () => {
  const ignite = message("kitchen/command/ignite", { v: 1, id: "command-2", command: "ignite" });
  assert.equal(answerCommand(target(), ignite)?.reply.ok, false);
  const emulated = target({ demo: { ignite: () => "It burns.", extinguish: () => "It is out." } });
  assert.deepEqual(answerCommand(emulated, ignite)?.reply, { v: 1, ok: true, text: "It burns." });
  const extinguish = message("kitchen/command/extinguish", { v: 1, id: "command-3", command: "extinguish" });
  assert.equal(answerCommand(emulated, extinguish)?.reply.text, "It is out.");
});

test("watching lasts as long as asked for", () => {
  const device = target();
  answerCommand(
    device,
    message("kitchen/command/watch", { v: 1, id: "command-4", command: "watch", seconds: 15 }),
  );
  assert.deepEqual(device.watched, [15]);
});
