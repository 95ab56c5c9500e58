import assert from "node:assert/strict";
import { test } from "node:test";
import type { ActInput } from "#core/alarm/alarm-input.ts";
import { sampleMicros } from "#support/alarm-samples.ts";
import { answerCommand, type CommandTarget } from "./answer-command.ts";

const stove = [
  { x: 0, y: 0 },
  { x: 8, y: 0 },
  { x: 8, y: 8 },
];

function target(
  changes: Partial<CommandTarget> = {},
): CommandTarget & { acts: ActInput[]; watched: number[] } {
  const acts: ActInput[] = [];
  const watched: number[] = [];
  return {
    deviceId: "kitchen",
    nowMicros: () => sampleMicros,
    standing: () => ({ disabled: null, disabledRegions: [], test: null }),
    act: (input) => acts.push(input),
    watch: (seconds) => watched.push(seconds),
    demo: null,
    site: {
      pressCallPoint: () => false,
      acceptHotZone: () => ({ ok: true, text: "accepted" }),
      withdrawHotZone: () => ({ ok: true, text: "taken back" }),
      outlineOf: (name) => (name === "stove" ? stove : null),
    },
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
  const busy = target({ standing: () => ({ disabled: on, disabledRegions: [], test: on }) });
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

test("a part of the picture is disabled by its name or its outline, with a reason and an end", () => {
  const device = target();
  const disable = (changes: object) =>
    answerCommand(device, message("kitchen/command/act", { ...act, act: "disable", minutes: 5, ...changes }))
      ?.reply;
  const drawn = [...stove].reverse();
  assert.equal(disable({ region: { name: "stove" } })?.text, "Disabled.");
  assert.equal(disable({ region: { name: "bench", outline: drawn } })?.text, "Disabled.");
  assert.deepEqual(
    device.acts.map((done) => ("region" in done ? done.region : null)),
    [
      { name: "stove", outline: stove },
      { name: "bench", outline: drawn },
    ],
  );
  assert.match(disable({ region: { name: "oven" } })?.text ?? "", /knows no region "oven"/);
  assert.match(disable({ region: { name: "stove" }, reason: " " })?.text ?? "", /Say why/);
  assert.match(disable({ region: { name: "stove" }, minutes: null })?.text ?? "", /how many minutes/);
  assert.match(disable({ region: { name: "stove" }, act: "reset" })?.text ?? "", /Only a disablement/);
  assert.equal(device.acts.length, 2);
});

test("a region is enabled by its name, and one that is not disabled says so", () => {
  const on = { by: "Ada", atMicros: sampleMicros, reason: "", expiresAtMicros: sampleMicros + 60e6 };
  const disabledRegions = [{ ...on, name: "stove", outline: stove }];
  const device = target({ standing: () => ({ disabled: null, disabledRegions, test: null }) });
  const enable = (name: string) =>
    answerCommand(device, message("kitchen/command/act", { ...act, act: "enable", region: { name } }))?.reply;
  assert.equal(enable("oven")?.text, "This region was not disabled.");
  assert.equal(enable("stove")?.text, "Enabled.");
  assert.equal(device.acts.length, 1);
});

test("a call point says when the device runs no zone", () => {
  const command = { v: 1, id: "command-9", command: "call-point", callPoint: "stairs" };
  const answer = (device: CommandTarget) =>
    answerCommand(device, message("kitchen/command/call-point", command))?.reply;
  const device = target();
  assert.equal(answer(device)?.ok, false);
  assert.equal(answer({ ...device, site: { ...device.site, pressCallPoint: () => true } })?.ok, true);
});
