import assert from "node:assert/strict";
import { test } from "node:test";
import { sampleMicros } from "#support/alarm-samples.ts";
import { commandSchema, configCharactersMax, deviceRequestSchema } from "./command-messages.ts";

const common = { v: 1, id: "command-1", issuedAtMicros: sampleMicros, ttlSeconds: 30 };

test("a command has everything that its kind needs and nothing more", () => {
  const act = { ...common, command: "act", act: "reset", by: "Ada", reason: "", minutes: null };
  assert.ok(commandSchema.safeParse(act).success);
  for (const hostile of [
    { ...act, by: "" },
    { ...act, act: "explode" },
    { ...act, minutes: -1 },
    { ...act, minutes: 1441 },
    { ...act, command: "watch" },
    { ...act, ttlSeconds: 3_601 },
    { ...act, issuedAtMicros: undefined },
    { ...common, command: "watch", seconds: 61 },
    { ...common, command: "ignite", seconds: 5 },
    { ...common, command: "self-test", by: "Ada", reason: "" },
    { ...common, command: "model", by: "Ada", sha256: "../etc/passwd" },
    { ...common, command: "config", by: "Ada", text: "x".repeat(configCharactersMax + 1) },
    { ...common, command: "config", by: "Ada", text: "\u0001".repeat(configCharactersMax / 2) },
  ])
    assert.equal(commandSchema.safeParse(hostile).success, false, JSON.stringify(hostile).slice(0, 100));
});

test("a person's request needs neither a reason nor a walk test", () => {
  const request = deviceRequestSchema.parse({ command: "self-test", by: "Ada" });
  assert.deepEqual(request, { command: "self-test", by: "Ada", reason: "", walkMinutes: null });
  assert.equal(deviceRequestSchema.safeParse({ command: "model", by: "Ada" }).success, false);
});
