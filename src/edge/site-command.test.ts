import assert from "node:assert/strict";
import { test } from "node:test";
import { initialAlarmState } from "#core/alarm/alarm-machine.ts";
import { coversPixel, type Outline } from "#core/regions/outline.ts";
import { sampleMicros } from "#support/alarm-samples.ts";
import { LoneDevice } from "#support/lone-device.ts";
import type { CommandMessage } from "#wire/command-messages.ts";
import { actOfCommand } from "./site-command.ts";

const stove = [
  { x: 0, y: 0 },
  { x: 8, y: 0 },
  { x: 8, y: 8 },
];
const around = {
  atMicros: sampleMicros,
  outlineOf: (name: string) => (name === "stove" ? stove : null),
  covers: (outline: Outline) => coversPixel(outline, { width: 160, height: 120 }),
};

type ActCommand = Extract<CommandMessage, { command: "act" }>;

function disable(changes: Partial<ActCommand>): ActCommand {
  const stamp = { v: 1, id: "command-1", issuedAtMicros: sampleMicros, ttlSeconds: 60 } as const;
  return { ...stamp, command: "act", act: "disable", by: "Ada", reason: "welding", minutes: 5, ...changes };
}

test("a part of the picture is disabled by its name or its outline", () => {
  const regionOf = (changes: Partial<ActCommand>) => {
    const act = actOfCommand(disable(changes), around);
    return typeof act === "string" ? act : act.region;
  };
  const drawn = [...stove].reverse();
  assert.deepEqual(regionOf({ region: { name: "stove" } }), { name: "stove", outline: stove });
  assert.deepEqual(regionOf({ region: { name: "bench", outline: drawn } }), {
    name: "bench",
    outline: drawn,
  });
  assert.equal(regionOf({ act: "enable", region: { name: "bench" } }), "bench");
});

test("what cannot be done says why", () => {
  const refusal = (changes: Partial<ActCommand>) => actOfCommand(disable(changes), around);
  const region = { name: "stove" };
  assert.match(String(refusal({ region: { name: "oven" } })), /knows no region "oven"/);
  for (const corners of [stove.map(({ x, y }) => ({ x: x + 500, y })), stove.map(({ x }) => ({ x, y: x }))])
    assert.match(String(refusal({ region: { name: "bench", outline: corners } })), /covers no pixel/);
  assert.match(String(refusal({ region, reason: " " })), /Say why/);
  assert.match(String(refusal({ region, minutes: null })), /how many minutes/);
  assert.match(String(refusal({ region, act: "reset" })), /Only a disablement/);
});

test("a region that is not disabled says so when it is enabled", async (t) => {
  const device = new LoneDevice();
  await device.start(t);
  const enable = { command: "act", act: "enable", by: "Ada", reason: "", minutes: null } as const;
  const answer = device.command({ ...enable, region: { name: "stove" } });
  assert.deepEqual(answer, { v: 1, ok: true, text: "This region was not disabled." });
  assert.equal(device.agent.state?.sequence, initialAlarmState().sequence);
});
