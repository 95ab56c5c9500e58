import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "#support/manual-clock.ts";
import { commandSchema } from "#wire/command-messages.ts";
import { CommandRelay, pendingCommandsMax, replyTimeoutMs } from "./command-relay.ts";

const acknowledge = {
  command: "act",
  act: "acknowledge",
  by: "Ada",
  reason: "",
  minutes: null,
} as const;

function relay(deviceClockMicros: () => number | null = () => null): {
  clock: ManualClock;
  relay: CommandRelay;
  sent: { topic: string; payload: string }[];
} {
  const clock = new ManualClock();
  const sent: { topic: string; payload: string }[] = [];
  const publish = async (message: { topic: string; payload: string }): Promise<void> => {
    sent.push(message);
  };
  return { clock, sent, relay: new CommandRelay({ clock, publish, deviceClockMicros }) };
}

test("a command goes out on the device's topic and its answer comes back", async () => {
  const { relay: commands, sent, clock } = relay();
  const outcome = commands.ask("kitchen", acknowledge);
  assert.equal(sent[0]?.topic, "emberwatch/v1/kitchen/command/act");
  const command = commandSchema.parse(JSON.parse(sent[0]?.payload ?? ""));
  const reply = { v: 1, ok: true, text: "Acknowledged." } as const;
  commands.hearReply({ device: "kitchen", commandId: command.id, reply });
  assert.deepEqual(await outcome, { kind: "answered", reply });
  assert.equal(clock.timersSet, 0);
});

test("a command is dated by the device's own clock, so that one that is wrong can tell its age, too", async () => {
  const { relay: commands, sent } = relay(() => 86_400_000_000);
  await commands.tell("kitchen", acknowledge);
  const command = commandSchema.parse(JSON.parse(sent[0]?.payload ?? ""));
  assert.equal(command.issuedAtMicros, 86_400_000_000);
});

test("another device cannot answer for the one that was asked", async () => {
  const { relay: commands, sent, clock } = relay();
  const outcome = commands.ask("kitchen", acknowledge);
  const { id } = commandSchema.parse(JSON.parse(sent[0]?.payload ?? ""));
  commands.hearReply({ device: "office", commandId: id, reply: { v: 1, ok: true, text: "" } });
  clock.advanceMs(replyTimeoutMs);
  assert.deepEqual(await outcome, { kind: "silent" });
});

test("a command beyond the maximum is refused at once", async () => {
  const { relay: commands } = relay();
  const waiting = Array.from({ length: pendingCommandsMax }, () => commands.ask("kitchen", acknowledge));
  assert.deepEqual(await commands.ask("kitchen", acknowledge), { kind: "busy" });
  commands.stop();
  assert.deepEqual(new Set((await Promise.all(waiting)).map((outcome) => outcome.kind)), new Set(["silent"]));
});
