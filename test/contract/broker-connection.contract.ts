import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import type {
  BrokerConnection,
  BrokerConnectionListener,
  OutgoingMessage,
} from "#core/messaging/broker-connection.ts";

/** What somebody behind the broker heard. */
export interface HeardMessage {
  readonly topic: string;
  readonly text: string;
}

/** A broker under test, to which one device may connect. */
export interface BrokerBench {
  /** Connects as the device, with its password or a wrong one. */
  connect(listener: BrokerConnectionListener, password: "right" | "wrong"): BrokerConnection;
  /** All that was published so far, in order. */
  readonly heard: readonly HeardMessage[];
  /** Sends to whoever subscribed. */
  publish(topic: string, text: string): void;
  /** Whatever the client's line carries stops, and both sides notice. */
  cutLine(): void;
  /** Lets happen what has to, until this is true. */
  until(condition: () => boolean): Promise<void>;
}

/** A kind of broker under test. */
export interface BrokerUnderTest {
  readonly name: string;
  /** A sentence where this machine has no such broker. */
  readonly skip: string | false;
  readonly bench: (context: TestContext) => Promise<BrokerBench>;
}

/** The device that the bench connects. */
export const contractDevice = "kitchen";
/** What the bench subscribes to. */
export const contractFilters = [
  `emberwatch/v1/${contractDevice}/command/+`,
  `emberwatch/v1/${contractDevice}/receipt`,
] as const;
/** What the broker says when the device vanishes. */
export const contractWill: OutgoingMessage = {
  topic: `emberwatch/v1/${contractDevice}/health`,
  payload: "gone",
  retain: "no-retain",
};

const eventTopic = `emberwatch/v1/${contractDevice}/event`;
const telemetryTopic = `emberwatch/v1/${contractDevice}/telemetry`;

/** What a connection told its owner. */
class Ear implements BrokerConnectionListener {
  ups = 0;
  readonly messages: HeardMessage[] = [];
  readonly causes: string[] = [];

  onUp(): void {
    this.ups += 1;
  }

  onMessage(topic: string, payload: Uint8Array): void {
    this.messages.push({ topic, text: new TextDecoder().decode(payload) });
  }

  onClosed(cause: string): void {
    this.causes.push(cause);
  }
}

async function connected(bench: BrokerBench): Promise<{ connection: BrokerConnection; ear: Ear }> {
  const ear = new Ear();
  const connection = bench.connect(ear, "right");
  await bench.until(() => ear.ups === 1);
  return { connection, ear };
}

/** Says goodbye and lets happen what has to until it is said. */
async function ended(bench: BrokerBench, connection: BrokerConnection): Promise<void> {
  let isEnded = false;
  const end = connection.end().then(() => {
    isEnded = true;
  });
  await bench.until(() => isEnded);
  await end;
}

function message(topic: string, n: number): OutgoingMessage {
  return { topic, payload: `${n}`, retain: "no-retain" };
}

function heardOn(bench: BrokerBench, topic: string): number[] {
  return bench.heard.filter((one) => one.topic === topic).map(({ text }) => Number(text));
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n + 1);

/** Adds a test that is run on a bench of its own. */
type Contract = (says: string, run: (bench: BrokerBench) => Promise<void>) => void;

/** What every way to a broker keeps: the simulation stands in for real ones only as far as this says. */
export function brokerConnectionContract({ name, skip, bench: makeBench }: BrokerUnderTest): void {
  const contract: Contract = (says, run) => {
    test(says, { skip, timeout: 60_000 }, async (context) => run(await makeBench(context)));
  };
  describe(`broker connection: ${name}`, () => {
    contract("what is sent and delivered arrives in order, and each delivery is confirmed", async (bench) => {
      const { connection } = await connected(bench);
      const settled: boolean[] = [];
      for (const n of upTo(20)) {
        connection.send(message(telemetryTopic, n));
        connection.deliver(message(eventTopic, n), (arrived) => settled.push(arrived));
      }
      await bench.until(() => settled.length === 20 && heardOn(bench, telemetryTopic).length === 20);
      assert.ok(settled.every((arrived) => arrived));
      assert.deepEqual(heardOn(bench, telemetryTopic), upTo(20));
      // What is delivered may come again, also late, but first in its order, and never not at all.
      assert.deepEqual([...new Set(heardOn(bench, eventTopic))], upTo(20));
      await connection.destroy();
    });

    contract("the device hears each of its own topics in order, and no others", async (bench) => {
      const { connection, ear } = await connected(bench);
      const [watch, receipt] = [`emberwatch/v1/${contractDevice}/command/watch`, contractFilters[1]];
      for (const n of upTo(5)) {
        bench.publish("emberwatch/v1/office/receipt", `${n}`);
        bench.publish(watch, `${n}`);
        bench.publish(receipt, `${n}`);
      }
      await bench.until(() => ear.messages.length === 10);
      for (const topic of [watch, receipt])
        assert.deepEqual(
          ear.messages.filter((one) => one.topic === topic).map(({ text }) => Number(text)),
          upTo(5),
        );
      await connection.destroy();
    });

    contract(
      "a line that is cut is told once; the broker says the will, and nothing unconfirmed is confirmed",
      async (bench) => {
        const { connection, ear } = await connected(bench);
        bench.cutLine();
        const settled: boolean[] = [];
        connection.deliver(message(eventTopic, 1), (arrived) => settled.push(arrived));
        await bench.until(() => ear.causes.length === 1 && bench.heard.some(({ text }) => text === "gone"));
        assert.deepEqual(settled, [false]);
        connection.deliver(message(eventTopic, 2), (arrived) => settled.push(arrived));
        assert.deepEqual(settled, [false, false]);
        assert.notEqual(ear.causes[0], "");
        await connection.destroy();
        assert.equal(ear.causes.length, 1);
      },
    );

    endsContract(contract);
  });
}

/** How connections end. */
function endsContract(contract: Contract): void {
  contract(
    "after a goodbye there is no will, and the owner is not told of an end that it made",
    async (bench) => {
      const { connection, ear } = await connected(bench);
      connection.send(message(telemetryTopic, 1));
      await bench.until(() => heardOn(bench, telemetryTopic).length === 1);
      await ended(bench, connection);
      const after = await connected(bench);
      after.connection.send(message(telemetryTopic, 2));
      await bench.until(() => heardOn(bench, telemetryTopic).length === 2);
      assert.deepEqual(ear.causes, []);
      assert.equal(
        bench.heard.some(({ text }) => text === "gone"),
        false,
      );
      await after.connection.destroy();
    },
  );

  contract("a second connection of a device takes over from its first", async (bench) => {
    const first = await connected(bench);
    const second = await connected(bench);
    await bench.until(() => first.ear.causes.length === 1);
    bench.publish(`emberwatch/v1/${contractDevice}/receipt`, "for the second");
    await bench.until(() => second.ear.messages.length === 1);
    assert.deepEqual(first.ear.messages, []);
    assert.deepEqual(second.ear.causes, []);
    await second.connection.destroy();
  });

  contract("a wrong password is told as an end, and nothing comes up", async (bench) => {
    const ear = new Ear();
    const connection = bench.connect(ear, "wrong");
    await bench.until(() => ear.causes.length === 1);
    assert.equal(ear.ups, 0);
    await connection.destroy();
  });
}
