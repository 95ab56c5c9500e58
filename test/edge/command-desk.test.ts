import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { machineFault } from "#core/failure.ts";
import {
  rememberAgainMs,
  rememberedCommandsMax,
  urgentCommandsMin,
} from "#edge/commands/remembered-commands.ts";
import { stateAtRest } from "#support/alarm-samples.ts";
import { CommandBench } from "#support/command-bench.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { commandTopic } from "#wire/topics.ts";

const reset = { command: "act", act: "reset", by: "Ada", reason: "false alarm", minutes: null };

test("an act is done with who, why and the device's own time", async () => {
  const bench = await CommandBench.open();
  assert.deepEqual(await bench.send(reset), { v: 1, ok: true, text: "Reset." });
  const { by, reason, minutes } = reset;
  const atMicros = bench.clock.nowMicros();
  assert.deepEqual(bench.acts, [{ kind: "act", atMicros, act: "reset", by, reason, minutes }]);
});

test("ending what is not on says so and does nothing", async () => {
  const bench = await CommandBench.open();
  const end = (act: string, id: string) => bench.send({ ...reset, id, act });
  assert.deepEqual(await end("end-test", "command-1"), { v: 1, ok: true, text: "No test was on." });
  assert.deepEqual(await end("enable", "command-2"), { v: 1, ok: true, text: "The room was not disabled." });
  assert.deepEqual(bench.acts, []);
  const on = { by: "Ada", atMicros: 1, reason: "", expiresAtMicros: 2 };
  const busy = await CommandBench.open({
    target: { standing: () => ({ ...stateAtRest, disabled: on, test: on }) },
  });
  for (const act of ["end-test", "enable"]) await busy.send({ ...reset, act, id: `command-${act}` });
  assert.deepEqual(
    busy.acts.map((done) => done.act),
    ["end-test", "enable"],
  );
});

test("a disablement or test without an end is refused", async () => {
  const bench = await CommandBench.open();
  for (const act of ["disable", "start-test"])
    assert.equal((await bench.send({ ...reset, act, id: `command-${act}` }))?.ok, false);
  assert.deepEqual(bench.acts, []);
});

test("a command whose topic says otherwise is refused", async () => {
  const bench = await CommandBench.open();
  const issuedAtMicros = bench.clock.nowMicros();
  const body = { v: 1, id: "command-1", issuedAtMicros, ttlSeconds: 30, ...reset };
  bench.hear(commandTopic("kitchen", "watch"), body);
  assert.equal(bench.replies[0]?.reply.ok, false);
  assert.deepEqual(bench.acts, []);
});

test("what is no command to this device is not answered", async () => {
  const bench = await CommandBench.open();
  const body = { v: 1, id: "command-1", issuedAtMicros: bench.clock.nowMicros(), ttlSeconds: 30, ...reset };
  bench.hear(commandTopic("office", "act"), body);
  bench.hear("elsewhere", body);
  bench.hear(commandTopic("kitchen", "act"), "{");
  bench.hear(commandTopic("kitchen", "act"), { ...body, act: "explode" });
  bench.hear(commandTopic("kitchen", "act"), { ...body, extra: 1 });
  assert.deepEqual([bench.replies, bench.acts], [[], []]);
  assert.equal(bench.log.length, 5);
});

test("only an emulated room can be lit", async () => {
  const ignite = { command: "ignite" };
  assert.equal((await (await CommandBench.open()).send(ignite))?.ok, false);
  const demo = { ignite: () => "It burns.", extinguish: () => "It is out." };
  const emulated = await CommandBench.open({ target: { demo } });
  assert.equal((await emulated.send(ignite))?.text, "It burns.");
  assert.equal((await emulated.send({ command: "extinguish", id: "command-2" }))?.text, "It is out.");
});

test("watching lasts as long as asked for, and is not kept on the disk", async (context) => {
  const dataFolder = await temporaryFolder(context);
  const bench = await CommandBench.open({ dataFolder });
  await bench.send({ command: "watch", seconds: 15 });
  assert.deepEqual(bench.watched, [15]);
  await assert.rejects(readFile(join(dataFolder, "kitchen.commands.json")), { code: "ENOENT" });
});

test("a command that comes twice is done once and answered twice, also after a restart", async (context) => {
  const dataFolder = await temporaryFolder(context);
  const first = await CommandBench.open({ dataFolder });
  const answer = await first.send(reset);
  assert.deepEqual(await first.send(reset), answer);
  assert.equal(first.acts.length, 1);
  const second = await CommandBench.open({ dataFolder, clock: first.clock });
  first.clock.advanceMs(3_600_000);
  assert.deepEqual(await second.send(reset), answer);
  assert.deepEqual(second.acts, []);
});

test("a command that is too old is refused, and one from a clock that is ahead says which clock is wrong", async () => {
  const bench = await CommandBench.open();
  const nowMicros = bench.clock.nowMicros();
  const old = await bench.send({ ...reset, issuedAtMicros: nowMicros - 31e6 });
  assert.match(old?.text ?? "", /31 s old and was good for 30 s/);
  const ahead = await bench.send({ ...reset, issuedAtMicros: nowMicros + 60e6 });
  assert.match(ahead?.text ?? "", /clock is 60 s behind the sender's/);
  assert.deepEqual(bench.acts, []);
  // Neither refusal is remembered: the same command may still come in time.
  assert.equal((await bench.send({ ...reset, issuedAtMicros: nowMicros - 29e6 }))?.ok, true);
});

test("commands that a crash left unanswered make room once they have expired", async (context) => {
  const dataFolder = await temporaryFolder(context);
  const clip = { command: "take-clip", by: "Ada", seconds: 10 };
  const target = { takeClip: () => new Promise<never>(() => undefined) };
  const first = await CommandBench.open({ dataFolder, target });
  flood(first, { count: rememberedCommandsMax, ...clip });
  await first.remembered.settled();
  const { clock } = first;
  const takeClip = async () => ({ ok: true, text: "Taken." });
  const second = await CommandBench.open({ dataFolder, clock, target: { takeClip } });
  assert.match((await second.send({ ...clip, id: "too-early" }))?.text ?? "", /too many commands/);
  clock.advanceMs(60_000);
  assert.equal((await second.send({ ...clip, id: "in-time-1" }))?.text, "Taken.");
  // What is under way in this run keeps its place: its answer is still to come.
  clock.advanceMs(60_000);
  assert.match((await first.send({ ...clip, id: "still-busy" }))?.text ?? "", /too many commands/);
});

/** Commands that nobody has sent before, all at once. */
function flood(
  bench: CommandBench,
  {
    count,
    ...command
  }: { readonly count: number; readonly command: string; readonly [key: string]: unknown },
): void {
  for (let n = 0; n < count; n += 1) {
    const issuedAtMicros = bench.clock.nowMicros();
    const body = {
      v: 1,
      id: `flood-${bench.replies.length}-${n}`,
      issuedAtMicros,
      ttlSeconds: 30,
      ...command,
    };
    bench.hear(commandTopic("kitchen", command.command), body);
  }
}

test("a flood of commands is refused from the place on that is kept for answers to alarms, until the first have expired", async () => {
  let lit = 0;
  const ignite = (): string => {
    lit += 1;
    return "It burns.";
  };
  const bench = await CommandBench.open({ target: { demo: { ignite, extinguish: ignite } } });
  flood(bench, { count: rememberedCommandsMax, command: "ignite" });
  assert.equal(lit, rememberedCommandsMax - urgentCommandsMin);
  for (const act of ["disable", "start-test"]) {
    const answer = await bench.send({ ...reset, act, minutes: 5, id: `late-${act}` });
    assert.match(answer?.text ?? "", /too many commands/);
  }
  assert.deepEqual(bench.acts, []);
  for (const act of ["acknowledge", "silence", "reset"])
    assert.equal((await bench.send({ ...reset, act, id: `urgent-${act}` }))?.ok, true, act);
  assert.equal(bench.acts.length, 3);
  // What has expired is kept for as long as a clock may differ, and then makes room.
  bench.clock.advanceMs(31_000);
  const clip = { command: "take-clip", by: "Ada", seconds: 10 };
  assert.match((await bench.send({ ...clip, id: "too-early" }))?.text ?? "", /too many commands/);
  bench.clock.advanceMs(5_000);
  assert.match((await bench.send({ ...clip, id: "in-time-1" }))?.text ?? "", /records nothing/);
});

test("an act that cannot be remembered is refused, and no act is done twice", async () => {
  const bench = await CommandBench.open();
  flood(bench, { count: rememberedCommandsMax, ...reset });
  assert.equal(bench.acts.length, rememberedCommandsMax);
  const late = { ...reset, id: "one-too-many" };
  for (let n = 0; n < 2; n += 1) assert.match((await bench.send(late))?.text ?? "", /too many commands/);
  assert.equal(bench.acts.length, rememberedCommandsMax);
  bench.clock.advanceMs(36_000);
  for (let n = 0; n < 2; n += 1) assert.equal((await bench.send(late))?.text, "Reset.");
  assert.equal(bench.acts.length, rememberedCommandsMax + 1);
});

test("a call point is pressed however many commands have come", async () => {
  const pressed: string[] = [];
  const pressCallPoint = (callPoint: string): boolean => pressed.push(callPoint) > 0;
  const outlines = { outlineOf: () => null, covers: () => true };
  const none = {
    acceptHotZone: () => ({ ok: true, text: "" }),
    withdrawHotZone: () => ({ ok: true, text: "" }),
  };
  const bench = await CommandBench.open({ target: { site: { pressCallPoint, ...outlines, ...none } } });
  flood(bench, { count: 2 * rememberedCommandsMax, command: "call-point", callPoint: "door" });
  assert.equal(pressed.length, 2 * rememberedCommandsMax);
  assert.ok(bench.replies.every(({ reply }) => reply.ok));
  assert.equal((await bench.send({ ...reset, id: "urgent-reset" }))?.ok, true);
});

test("what was begun before a restart is not begun again", async (context) => {
  const dataFolder = await temporaryFolder(context);
  const clip = { command: "take-clip", by: "Ada", seconds: 10 };
  const first = await CommandBench.open({
    dataFolder,
    target: { takeClip: () => new Promise(() => undefined) },
  });
  assert.equal(await first.send(clip), undefined);
  let taken = 0;
  const takeClip = async () => {
    taken += 1;
    return { ok: true, text: "Taken." };
  };
  const second = await CommandBench.open({ dataFolder, clock: first.clock, target: { takeClip } });
  assert.match((await second.send(clip))?.text ?? "", /begun before the device restarted/);
  assert.equal(taken, 0);
});

test("an answer that comes late, after a restart, is told when the hub is back", async (context) => {
  const dataFolder = await temporaryFolder(context);
  const config = { command: "config", by: "Ada", text: "version: 1" };
  const first = await CommandBench.open({ dataFolder, target: { config: { apply: async () => "later" } } });
  assert.equal(await first.send(config), undefined);
  const second = await CommandBench.open({ dataFolder, clock: first.clock });
  second.desk.settle("command-1", { ok: true, text: "It works." });
  assert.deepEqual(second.replies, []);
  second.desk.linkIs("up");
  assert.deepEqual(second.replies, [{ id: "command-1", reply: { v: 1, ok: true, text: "It works." } }]);
  assert.equal((await second.send(config))?.text, "It works.");
});

test("a disk that refuses keeps no act from being done, and nothing else is begun", async (context) => {
  const dataFolder = join(await temporaryFolder(context), "gone");
  let taken = 0;
  const takeClip = async () => {
    taken += 1;
    return { ok: true, text: "Taken." };
  };
  const bench = await CommandBench.open({ dataFolder, target: { takeClip } });
  assert.equal((await bench.send(reset))?.ok, true);
  const clip = await bench.send({ command: "take-clip", by: "Ada", seconds: 1, id: "command-2" });
  assert.match(clip?.text ?? "", /disk does not keep/);
  assert.equal(taken, 0);
  assert.equal(bench.problems.length, 1);
});

test("what the disk refused to remember is given to it again, without another command", async (context) => {
  const dataFolder = join(await temporaryFolder(context), "later");
  const bench = await CommandBench.open({ dataFolder });
  await bench.send(reset);
  assert.equal(bench.problems.length, 1);
  await mkdir(dataFolder);
  bench.clock.advanceMs(rememberAgainMs);
  await bench.remembered.settled();
  assert.deepEqual(bench.problems.slice(1), [null]);
  const again = await CommandBench.open({ dataFolder });
  assert.deepEqual(await again.send(reset), { v: 1, ok: true, text: "Reset." });
  assert.deepEqual(again.acts, [], "it was done before the restart");
  assert.equal(bench.clock.timersSet, 0);
});

test("a damaged list of commands is moved aside and told of", async (context) => {
  const dataFolder = await temporaryFolder(context);
  await writeFile(join(dataFolder, "kitchen.commands.json"), "{");
  const damage: string[] = [];
  const bench = await CommandBench.open({ dataFolder, damage });
  assert.match(damage.join(), /commands\.json was damaged/);
  assert.equal((await bench.send(reset))?.ok, true);
});

test("a correction is refused where no camera can, during an alarm, and with the camera's own words", async () => {
  const ffc = { command: "run-ffc", by: "Ada" };
  assert.match((await (await CommandBench.open()).send(ffc))?.text ?? "", /no camera that can be told/);
  let runs = 0;
  const runFfc = async (): Promise<void> => {
    runs += 1;
  };
  const alarm = await CommandBench.open({
    target: { runFfc, standing: () => ({ ...stateAtRest, level: "alarm" }) },
  });
  assert.match((await alarm.send(ffc))?.text ?? "", /Not during a prealarm or alarm/);
  assert.equal(runs, 0);
  const failing = async (): Promise<void> => {
    throw machineFault("lepton-busy", "The camera is busy.");
  };
  const broken = await CommandBench.open({ target: { runFfc: failing } });
  assert.deepEqual(await broken.send(ffc), { v: 1, ok: false, text: "The camera is busy." });
  const works = await CommandBench.open({ target: { runFfc } });
  assert.equal((await works.send(ffc))?.ok, true);
  assert.equal(runs, 1);
});
