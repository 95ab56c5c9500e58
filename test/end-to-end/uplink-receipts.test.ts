import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { type TestContext, test } from "node:test";
import { systemClock } from "#cli/system-clock.ts";
import { type DeviceEvent, eventSequence } from "#core/device-event.ts";
import { Random } from "#core/random.ts";
import { EventKeeper } from "#edge/event-keeper.ts";
import { MemoryEventLog } from "#edge/memory-event-log.ts";
import { connectByMqtt } from "#edge/mqtt-connection.ts";
import { Uplink } from "#edge/uplink.ts";
import { Broker } from "#hub/broker.ts";
import { DeviceCredentials } from "#hub/device-credentials.ts";
import { Refusals } from "#hub/refusals.ts";
import { alarmMessage, healthMessage, sampleMicros, stateAtRest } from "#support/alarm-samples.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { receiptTopic } from "#wire/topics.ts";

const options = { timeout: 60_000 } as const;

interface Bench {
  readonly clock: ManualClock;
  readonly uplink: Uplink;
  readonly log: MemoryEventLog;
  readonly keeper: EventKeeper;
  /** What the keeper calls when there may be something to send. */
  readonly wake: () => void;
  /** Sequences of the events that reached the receiver, each as often as it did. */
  readonly heard: number[];
  readonly causes: string[];
  /** Kinds of topics that reached the receiver. */
  readonly kinds: Set<string>;
  /** From now on receipts are given, or not, as by a hub whose store does not answer. */
  receipts: "given" | "withheld";
  until(condition: () => boolean): Promise<void>;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** An uplink and a broker whose receiver acknowledges, or does not, over real sockets. */
async function bench(t: TestContext): Promise<Bench> {
  const clock = new ManualClock(sampleMicros);
  const log = new MemoryEventLog();
  const keeper = new EventKeeper({ log, clock, onProblem: () => {}, onDropped: () => {} });
  let wake = (): void => {};
  Object.defineProperty(keeper, "onWaiting", {
    set: (listener: () => void) => {
      wake = listener;
      Reflect.set(EventKeeper.prototype, "onWaiting", listener, keeper);
    },
  });
  const credentials = new DeviceCredentials(Buffer.alloc(32, 3));
  const heard: number[] = [];
  const causes: string[] = [];
  const kinds = new Set<string>();
  const broker = new Broker({
    plain: { host: "127.0.0.1", port: 0, credentials },
    secure: null,
    refusals: new Refusals(systemClock, () => {}),
    log: () => {},
    onPublication: ({ topic, payload }) => {
      kinds.add(topic.kind);
      if (topic.kind !== "event") return;
      const { id, event } = JSON.parse(payload.toString()) as { id: string; event: DeviceEvent };
      heard.push(eventSequence(event));
      if (made.receipts === "withheld") return;
      const receipt = JSON.stringify({ v: 1, ids: [id] });
      broker.publish({ topic: receiptTopic("kitchen"), payload: receipt, qos: 0 }).catch(assert.ifError);
    },
  });
  const { plainUrl } = await broker.start();
  const url = plainUrl ?? "";
  const uplink = new Uplink({
    deviceId: "kitchen",
    clock,
    random: new Random(1),
    connect: connectByMqtt,
    newEventId: randomUUID,
    brokerUrl: url,
    credentials: () => credentials.loginFor("kitchen"),
    keeper,
    health: () => healthMessage(),
    state: () => ({ v: 1, atMicros: sampleMicros, state: stateAtRest }),
    regions: () => ({ v: 1, atMicros: sampleMicros, regions: [], blindedShare: 0, proposals: [] }),
    onUp: () => {},
    onDown: (cause) => causes.push(cause),
    onCommand: () => {},
    onTrouble: () => {},
  });
  const made: Bench = {
    clock,
    uplink,
    log,
    keeper,
    wake: () => wake(),
    heard,
    causes,
    kinds,
    receipts: "given",
    until,
  };
  uplink.start();
  t.after(async () => {
    await uplink.stop();
    await broker.stop();
    assert.equal(clock.timersSet, 0);
  });
  await until(() => uplink.up);
  return made;
}

const event = (sequence: number): DeviceEvent => alarmMessage({ id: "not-used", sequence }).event;

async function waiting(log: MemoryEventLog): Promise<number> {
  return (await log.counts()).entries;
}

test(
  "events arrive in order and are forgotten by the device when they are acknowledged",
  options,
  async (t) => {
    const { uplink, log, heard, until } = await bench(t);
    for (let n = 1; n <= 100; n += 1) uplink.addEvent(event(n));
    await until(() => heard.length >= 100);
    assert.deepEqual(
      heard,
      Array.from({ length: 100 }, (_, n) => n + 1),
    );
    while ((await waiting(log)) > 0) await new Promise((resolve) => setImmediate(resolve));
  },
);

test("a link that is up has told health, state and regions", options, async (t) => {
  const { kinds, until } = await bench(t);
  await until(() => kinds.has("health") && kinds.has("state") && kinds.has("regions"));
});

test(
  "an open connection without receipts is down, and what was sent on it is sent again",
  options,
  async (t) => {
    const made = await bench(t);
    const { clock, uplink, log, heard, causes, until } = made;
    made.receipts = "withheld";
    uplink.addEvent(event(1));
    uplink.addEvent(event(2));
    await until(() => heard.length > 0);
    assert.equal(uplink.up, true, "the broker is there and has it");
    clock.advanceMs(15_001);
    await until(() => !uplink.up);
    assert.match(causes.join(), /acknowledged no event for 15 s/);
    assert.equal(await waiting(log), 2, "nothing is forgotten without a receipt");
    made.receipts = "given";
    const before = heard.length;
    clock.advanceMs(1_000);
    await until(() => heard.length >= before + 2);
    assert.deepEqual(heard.slice(before), [1, 2]);
    while ((await waiting(log)) > 0) await new Promise((resolve) => setImmediate(resolve));
  },
);

test("an event that comes at the very moment when a delivery ends waits for no other", options, async (t) => {
  const { uplink, keeper, wake, heard, until } = await bench(t);
  const asked = keeper.waiting.bind(keeper);
  // The window is a few microtasks wide, and nobody knows where: so every place is tried.
  for (let later = 0; later < 16; later += 1) {
    let isHidden = true;
    keeper.waiting = async (most) => {
      if (!isHidden) return asked(most);
      let moment = Promise.resolve();
      for (let n = 0; n < later; n += 1) moment = moment.then(() => {});
      void moment.then(() => {
        isHidden = false;
        wake();
      });
      return [];
    };
    uplink.addEvent(event(later + 1));
    await until(() => heard.length === later + 1);
  }
});
