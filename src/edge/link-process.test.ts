import assert from "node:assert/strict";
import { test } from "node:test";
import type { AlarmEvent } from "#core/alarm/alarm-event.ts";
import { machineFault } from "#core/failure.ts";
import { telemetryMessageAt } from "#support/alarm-samples.ts";
import { LinkBench, WatchedCargo } from "#support/link-bench.ts";
import { telemetryBatchSchema } from "#wire/telemetry-batch.ts";
import {
  commandsPerSecondMax,
  linkSilenceMaxMs,
  linkStartMaxMs,
  recorderWordsPerSecondMax,
  restartLongestMs,
} from "./link-process.ts";
import { unacknowledgedMax } from "./receipt-watch.ts";

/** What was promised gets its turn. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

const event: AlarmEvent = {
  type: "trouble",
  sequence: 1,
  atMicros: 1,
  code: "link-down",
  active: true,
  text: "",
};

test("events are given from the log, and leave it by the hub's receipt", async () => {
  const bench = new LinkBench();
  bench.link.start();
  bench.link.addEvent(event);
  await settle();
  bench.link.addEvent(event);
  await settle();
  assert.equal(bench.offered.length, 1);
  assert.equal((await bench.eventLog.counts()).entries, 2);
  bench.say({ kind: "received", ids: bench.offered });
  await settle();
  assert.equal(bench.offered.length, 2);
  assert.equal((await bench.eventLog.counts()).entries, 1);
});

test("seconds without the hub are kept, and given behind the events when it is back; told ones are not kept", async () => {
  const bench = new LinkBench();
  bench.link.start();
  bench.link.sendTelemetry(telemetryMessageAt(1_000_000));
  bench.link.sendTelemetry(telemetryMessageAt(2_000_000));
  bench.link.addEvent(event);
  bench.say({ kind: "up" });
  await settle();
  bench.link.sendTelemetry(telemetryMessageAt(3_000_000));
  bench.say({ kind: "received", ids: bench.offered });
  await settle();
  const offers = bench.newest.said.flatMap((message) => (message.kind === "events" ? message.events : []));
  assert.deepEqual(
    offers.map(({ channel }) => channel),
    ["event", "telemetry-batch"],
  );
  const { seconds } = telemetryBatchSchema.parse(JSON.parse(offers[1]!.text));
  assert.deepEqual(
    seconds.map(([atMicros]) => atMicros),
    [1_000_000, 2_000_000],
  );
  assert.equal(bench.newest.said.filter(({ kind }) => kind === "telemetry").length, 1);
  bench.say({ kind: "received", ids: bench.offered });
  await settle();
  assert.equal((await bench.eventLog.counts()).entries, 0);
});

test("so many events as may be under way are given, the next when the last of these has its receipt", async () => {
  const bench = new LinkBench();
  for (let n = 0; n < unacknowledgedMax + 1; n += 1) bench.link.addEvent(event);
  await settle();
  bench.link.start();
  await settle();
  assert.equal(bench.offered.length, unacknowledgedMax);
  bench.say({ kind: "received", ids: bench.offered.slice(1) });
  await settle();
  assert.equal(bench.offered.length, unacknowledgedMax);
  bench.say({ kind: "received", ids: bench.offered.slice(0, 1) });
  await settle();
  assert.equal(bench.offered.length, unacknowledgedMax + 1);
});

test("every process is told health, state and regions at once", () => {
  const bench = new LinkBench();
  bench.link.start();
  const told = (): readonly string[] => bench.newest.said.map(({ kind }) => kind);
  assert.deepEqual(told(), ["begin", "health", "state", "regions"]);
  bench.newest.listener.onExit("killed");
  bench.clock.advanceMs(500);
  assert.equal(bench.children.length, 2);
  assert.deepEqual(told(), ["begin", "health", "state", "regions"]);
});

test("a process cannot have events forgotten that it was not given", async () => {
  const bench = new LinkBench();
  bench.link.start();
  bench.link.addEvent(event);
  await settle();
  const [id = ""] = bench.offered;
  bench.newest.listener.onExit("SIGKILL");
  bench.clock.advanceMs(600);
  bench.say({ kind: "received", ids: [id] });
  await settle();
  assert.equal((await bench.eventLog.counts()).entries, 1);
});

test("an event that the disk refuses is given from memory, once, and again to a successor", async () => {
  const bench = new LinkBench();
  bench.eventLog.append = async () => {
    throw machineFault("event-log-full", "The disk has no room.");
  };
  bench.link.start();
  bench.link.addEvent(event);
  await settle();
  assert.deepEqual(bench.problems, ["The disk has no room."]);
  const [id] = bench.offered;
  assert.deepEqual(bench.offered, [id]);
  bench.newest.listener.onExit("SIGKILL");
  bench.clock.advanceMs(600);
  await settle();
  assert.deepEqual(bench.offered, [id]);
  bench.say({ kind: "received", ids: [id] });
  await settle();
  bench.newest.listener.onExit("SIGKILL");
  bench.clock.advanceMs(1_600);
  await settle();
  assert.equal(bench.children.length, 3);
  assert.deepEqual(bench.offered, []);
});

test("a process that dies with an event is followed by one that gets the same event", async () => {
  const bench = new LinkBench();
  bench.link.start();
  bench.link.addEvent(event);
  await settle();
  const [id] = bench.offered;
  assert.ok(id !== undefined);
  bench.newest.listener.onExit("SIGKILL");
  assert.deepEqual(bench.troubles, [true]);
  bench.clock.advanceMs(600);
  await settle();
  assert.equal(bench.children.length, 2);
  assert.deepEqual(bench.offered, [id]);
  bench.say({ kind: "alive" });
  assert.deepEqual(bench.troubles, [true, false]);
});

test("the pauses between processes that die at once grow to the longest", () => {
  const bench = new LinkBench();
  bench.link.start();
  for (let deaths = 0; deaths < 12; deaths += 1) {
    bench.newest.listener.onExit("exit code 1");
    bench.clock.advanceMs(restartLongestMs);
  }
  assert.equal(bench.children.length, 13);
  bench.newest.listener.onExit("exit code 1");
  bench.clock.advanceMs(restartLongestMs - 1);
  assert.equal(bench.children.length, 13);
});

test("a process that says nothing is ended, and told as trouble", () => {
  const bench = new LinkBench();
  bench.link.start();
  bench.say({ kind: "alive" });
  bench.clock.advanceMs(linkSilenceMaxMs - 1_000);
  assert.equal(bench.newest.killed, 0);
  bench.clock.advanceMs(2_000);
  assert.ok(bench.newest.killed > 0);
  assert.equal(bench.troubles.at(-1), true);
});

test("a process that starts slowly is given time for it", () => {
  const bench = new LinkBench();
  bench.link.start();
  bench.clock.advanceMs(linkStartMaxMs - 1_000);
  assert.equal(bench.newest.killed, 0);
  bench.clock.advanceMs(2_000);
  assert.ok(bench.newest.killed > 0);
});

test("a process that says what it may not is ended", () => {
  const bench = new LinkBench();
  bench.link.start();
  bench.say({ kind: "act", act: "reset" });
  assert.equal(bench.newest.killed, 1);
});

test("more commands than a second takes are let go", () => {
  const bench = new LinkBench();
  bench.link.start();
  for (let n = 0; n < 3 * commandsPerSecondMax; n += 1)
    bench.say({ kind: "command", topic: String(n), payload: "{}" });
  assert.equal(bench.commands.length, commandsPerSecondMax);
  bench.clock.advanceMs(1_000);
  bench.say({ kind: "command", topic: "next", payload: "{}" });
  assert.equal(bench.commands.at(-1), "next");
});

test("a connection that ends with its process is told", () => {
  const bench = new LinkBench();
  bench.link.start();
  bench.say({ kind: "up" });
  bench.newest.listener.onExit("SIGKILL");
  assert.deepEqual(bench.downs, ["the link process ended"]);
});

test("every process is told first how to record, and then what waits", () => {
  const bench = new LinkBench(new WatchedCargo());
  bench.cargo!.waiting.push(1);
  bench.link.start();
  const told = (): readonly string[] => bench.newest.said.map(({ kind }) => kind);
  assert.deepEqual(told().slice(0, 2), ["begin", "record-begin"]);
  assert.ok(told().includes("record-clip"));
  bench.cargo!.waiting.push(2);
  bench.cargo!.onWaiting();
  assert.equal(told().filter((kind) => kind === "record-clip").length, 2);
  bench.newest.listener.onExit("SIGKILL");
  assert.equal(bench.cargo!.ends, 1);
  bench.cargo!.waiting.push(3);
  bench.cargo!.onWaiting();
  assert.deepEqual(bench.cargo!.waiting, [3], "it waits for the next process");
  bench.clock.advanceMs(600);
  assert.equal(told()[1], "record-begin");
  assert.deepEqual(bench.cargo!.waiting, []);
});

test("a process that tells of its disk again and again is ended", () => {
  const bench = new LinkBench(new WatchedCargo());
  bench.link.start();
  const word = { kind: "record-problem", concern: "evidence", problem: null } as const;
  for (let n = 0; n < recorderWordsPerSecondMax; n += 1) bench.say(word);
  bench.clock.advanceMs(1_000);
  bench.say(word);
  assert.equal(bench.newest.killed, 0);
  assert.equal(bench.cargo!.heard.length, recorderWordsPerSecondMax + 1);
  for (let n = 0; n < recorderWordsPerSecondMax; n += 1) bench.say(word);
  assert.equal(bench.newest.killed, 1);
});

test("a process that ends is given first what waits for its recordings", async () => {
  const bench = new LinkBench(new WatchedCargo());
  bench.link.start();
  bench.cargo!.waiting.push(1, 2, 3);
  const stopped = bench.link.stop();
  const told = bench.newest.said.slice(-4).map(({ kind }) => kind);
  assert.deepEqual(told, ["record-clip", "record-clip", "record-clip", "end"]);
  bench.newest.listener.onExit("exit code 0");
  await stopped;
});

test("stopping says so, waits for the end, and starts no successor", async () => {
  const bench = new LinkBench();
  bench.link.start();
  const stopped = bench.link.stop();
  assert.equal(bench.newest.said.at(-1)?.kind, "end");
  bench.newest.listener.onExit("exit code 0");
  await stopped;
  bench.clock.advanceMs(restartLongestMs);
  assert.equal(bench.children.length, 1);
  assert.deepEqual(bench.troubles, []);
});
