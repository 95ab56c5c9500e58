import assert from "node:assert/strict";
import { test } from "node:test";
import type { BrokerConnectionListener, OutgoingMessage } from "#core/messaging/broker-connection.ts";
import { Random } from "#core/random.ts";
import { SimulatedClock } from "#core/simulated-clock.ts";
import type { Reordering } from "./dispatch-lanes.ts";
import { SimulatedBroker } from "./simulated-broker.ts";
import type { SimulatedConnection } from "./simulated-connection.ts";

const nobody: BrokerConnectionListener = { onUp: () => {}, onMessage: () => {}, onClosed: () => {} };

/** A broker whose line to "kitchen" breaks the order like this, and what it heard. */
class Bench {
  readonly clock = new SimulatedClock(0);
  readonly heard: string[] = [];
  readonly broker: SimulatedBroker;

  constructor(seed: number, reordering: Reordering) {
    this.broker = new SimulatedBroker({ clock: this.clock, random: new Random(seed) });
    this.broker.line("kitchen").reordering = reordering;
    this.start();
  }

  start(): void {
    this.broker.start({
      admits: () => true,
      onPublication: ({ payload }) => this.heard.push(new TextDecoder().decode(payload)),
    });
  }

  async connect(): Promise<SimulatedConnection> {
    const request = {
      url: "mqtt://simulated",
      clientId: "kitchen",
      credentials: { username: "kitchen", password: "" },
      subscribeTo: [],
      will: message("will", "will"),
    };
    const connection = this.broker.open(this.clock, request, nobody);
    this.clock.advanceMs(50);
    return connection;
  }
}

function message(topic: string, payload: string): OutgoingMessage {
  return { topic, payload, retain: "no-retain" };
}

const held: Reordering = { heldShare: 0.5, heldMsMax: 2_000, lateShare: 0, lateMsMax: 0 };
const late: Reordering = { heldShare: 0, heldMsMax: 0, lateShare: 1, lateMsMax: 5_000 };
const seeds = Array.from({ length: 20 }, (_, n) => n + 1);

test("what an ended connection has sent may come after what its successor sends", async () => {
  let overtaken = 0;
  for (const seed of seeds) {
    const bench = new Bench(seed, held);
    const first = await bench.connect();
    first.send(message("state", "old"));
    bench.clock.advanceMs(10);
    bench.broker.reset("kitchen");
    const second = await bench.connect();
    second.send(message("state", "new"));
    bench.clock.advanceMs(10_000);
    assert.deepEqual([...bench.heard].sort(), ["new", "old", "will"]);
    if (bench.heard.indexOf("old") > bench.heard.indexOf("new")) overtaken += 1;
  }
  assert.ok(overtaken > 0 && overtaken < seeds.length, `${overtaken}`);
});

test("a copy of a delivery may come late, after what was sent later; it is confirmed once", async () => {
  for (const seed of seeds) {
    const bench = new Bench(seed, late);
    const connection = await bench.connect();
    const settled: boolean[] = [];
    for (const name of ["1", "2"])
      connection.deliver(message("event", name), (arrived) => settled.push(arrived));
    bench.clock.advanceMs(10_000);
    assert.deepEqual(bench.heard.slice(0, 2), ["1", "2"]);
    assert.deepEqual([...bench.heard].sort(), ["1", "1", "2", "2"]);
    assert.deepEqual(settled, [true, true]);
  }
});

test("what a broker has taken and not handed on dies with its process", async () => {
  const bench = new Bench(1, { ...late, heldShare: 1, heldMsMax: 2_000 });
  const connection = await bench.connect();
  connection.deliver(message("event", "1"), () => {});
  bench.clock.advanceMs(10);
  bench.broker.stop("killed");
  bench.start();
  bench.clock.advanceMs(10_000);
  assert.deepEqual(bench.heard, []);
});
