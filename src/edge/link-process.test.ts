import assert from "node:assert/strict";
import { test } from "node:test";
import type { AlarmEvent } from "#core/alarm/alarm-event.ts";
import { initialAlarmState } from "#core/alarm/alarm-machine.ts";
import { machineFault } from "#core/failure.ts";
import { telemetryMessageAt } from "#support/alarm-samples.ts";
import { ManualClock } from "#support/manual-clock.ts";
import type { ToLink } from "#wire/link-channel.ts";
import { telemetryBatchSchema } from "#wire/telemetry-batch.ts";
import { EventKeeper } from "./event-keeper.ts";
import {
  commandsPerSecondMax,
  type LinkChildListener,
  LinkProcess,
  linkSilenceMaxMs,
  linkStartMaxMs,
  restartLongestMs,
} from "./link-process.ts";
import { MemoryEventLog } from "./memory-event-log.ts";
import { unacknowledgedMax } from "./receipt-watch.ts";

/** Stands for the processes that a LinkProcess starts. */
class Bench {
  readonly clock = new ManualClock();
  readonly eventLog = new MemoryEventLog();
  readonly keeper = new EventKeeper({
    log: this.eventLog,
    clock: this.clock,
    onProblem: (problem) => this.problems.push(problem),
    onDropped: () => {},
  });
  readonly problems: (string | null)[] = [];
  readonly children: { said: ToLink[]; listener: LinkChildListener; killed: number }[] = [];
  readonly troubles: boolean[] = [];
  readonly downs: string[] = [];
  readonly commands: string[] = [];
  readonly log: string[] = [];
  #events = 0;
  readonly link = new LinkProcess({
    deviceId: "kitchen",
    clock: this.clock,
    keeper: this.keeper,
    health: () => ({
      v: 1,
      online: true,
      atMicros: 0,
      name: "Kitchen",
      softwareVersion: "0",
      source: "camera",
      capabilities: [],
      radiometric: null,
      newestFrameAtMicros: null,
      newestAirAtMicros: null,
      framesPerSecond: 0,
    }),
    state: () => ({ v: 1, atMicros: 0, state: initialAlarmState() }),
    regions: () => ({ v: 1, atMicros: 0, regions: [], blindedShare: 0, proposals: [] }),
    onUp: () => {},
    onDown: (cause) => this.downs.push(cause),
    onCommand: (topic) => this.commands.push(topic),
    onTrouble: ({ active }) => this.troubles.push(active),
    brokerUrl: "mqtt://127.0.0.1:1",
    credentialsFile: "/nowhere",
    newEventId: () => {
      this.#events += 1;
      return `event-000${this.#events}`;
    },
    startChild: (listener) => {
      const child = { said: [] as ToLink[], listener, killed: 0 };
      this.children.push(child);
      return {
        pid: this.children.length,
        send: (message, onTaken) => {
          child.said.push(message);
          onTaken();
        },
        kill: () => {
          child.killed += 1;
        },
      };
    },
    log: (line) => this.log.push(line),
  });

  get newest(): Bench["children"][number] {
    return this.children.at(-1)!;
  }

  /** The newest process says something. */
  say(message: unknown): void {
    this.newest.listener.onMessage(message);
  }

  get offered(): readonly string[] {
    return this.newest.said.flatMap((message) =>
      message.kind === "events" ? message.events.map(({ id }) => id) : [],
    );
  }
}

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
  const bench = new Bench();
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
  const bench = new Bench();
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
  const bench = new Bench();
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
  const bench = new Bench();
  bench.link.start();
  const told = (): readonly string[] => bench.newest.said.map(({ kind }) => kind);
  assert.deepEqual(told(), ["begin", "health", "state", "regions"]);
  bench.newest.listener.onExit("killed");
  bench.clock.advanceMs(500);
  assert.equal(bench.children.length, 2);
  assert.deepEqual(told(), ["begin", "health", "state", "regions"]);
});

test("a process cannot have events forgotten that it was not given", async () => {
  const bench = new Bench();
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
  const bench = new Bench();
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
  const bench = new Bench();
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
  const bench = new Bench();
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
  const bench = new Bench();
  bench.link.start();
  bench.say({ kind: "alive" });
  bench.clock.advanceMs(linkSilenceMaxMs - 1_000);
  assert.equal(bench.newest.killed, 0);
  bench.clock.advanceMs(2_000);
  assert.ok(bench.newest.killed > 0);
  assert.equal(bench.troubles.at(-1), true);
});

test("a process that starts slowly is given time for it", () => {
  const bench = new Bench();
  bench.link.start();
  bench.clock.advanceMs(linkStartMaxMs - 1_000);
  assert.equal(bench.newest.killed, 0);
  bench.clock.advanceMs(2_000);
  assert.ok(bench.newest.killed > 0);
});

test("a process that says what it may not is ended", () => {
  const bench = new Bench();
  bench.link.start();
  bench.say({ kind: "act", act: "reset" });
  assert.equal(bench.newest.killed, 1);
});

test("more commands than a second takes are let go", () => {
  const bench = new Bench();
  bench.link.start();
  for (let n = 0; n < 3 * commandsPerSecondMax; n += 1)
    bench.say({ kind: "command", topic: String(n), payload: "{}" });
  assert.equal(bench.commands.length, commandsPerSecondMax);
  bench.clock.advanceMs(1_000);
  bench.say({ kind: "command", topic: "next", payload: "{}" });
  assert.equal(bench.commands.at(-1), "next");
});

test("a connection that ends with its process is told", () => {
  const bench = new Bench();
  bench.link.start();
  bench.say({ kind: "up" });
  bench.newest.listener.onExit("SIGKILL");
  assert.deepEqual(bench.downs, ["the link process ended"]);
});

test("stopping says so, waits for the end, and starts no successor", async () => {
  const bench = new Bench();
  bench.link.start();
  const stopped = bench.link.stop();
  assert.equal(bench.newest.said.at(-1)?.kind, "end");
  bench.newest.listener.onExit("exit code 0");
  await stopped;
  bench.clock.advanceMs(restartLongestMs);
  assert.equal(bench.children.length, 1);
  assert.deepEqual(bench.troubles, []);
});
