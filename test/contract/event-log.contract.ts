import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import fc from "fast-check";
import type { EntryClass, EventLog, NewEntry } from "#core/event-log/event-log.ts";
import { Failure } from "#core/failure.ts";

/** A disk with a log on it, under test. */
export interface EventLogBench {
  /** Opens the log, as a process does that starts. */
  open(): Promise<EventLog>;
  /** The process dies where it stands, or the power goes; what was not resolved may be lost. */
  crash(): Promise<void>;
  /** The log opened next finds a disk that has no room for a large entry, or has room again. */
  setRoom(room: "none" | "enough"): void;
  /** Lets happen what has to, until the promise settles. */
  settled<T>(promise: Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A kind of log under test. */
export interface EventLogUnderTest {
  readonly name: string;
  /** A new empty disk for logs of at most so many entries. */
  readonly bench: (options: {
    readonly context: TestContext;
    readonly entriesMax: number;
  }) => Promise<EventLogBench>;
  /** Runs of the property test. */
  readonly runs: number;
}

const entriesMax = 8;

/** An entry for tests; a large one does not fit on a disk without room. */
export function logEntry(
  n: number,
  entryClass: EntryClass = "event",
  size: "small" | "large" = "small",
): NewEntry {
  const body = size === "small" ? `{"n":${n}}` : "x".repeat(100_000);
  return { id: `entry-${String(n).padStart(6, "0")}`, class: entryClass, body };
}

function isFailure(code: string): (error: unknown) => boolean {
  return (error) => error instanceof Failure && error.code === code && error.message.endsWith(".");
}

type Step =
  | { readonly do: "append"; readonly class: EntryClass }
  | { readonly do: "append-unheard"; readonly count: number }
  | { readonly do: "remove"; readonly place: number }
  | { readonly do: "crash" };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("append" as const),
      class: fc.constantFrom<EntryClass>("alarm", "event", "telemetry"),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("remove" as const), place: fc.nat({ max: 12 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("append-unheard" as const),
      count: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: "crash" as const }) },
);

/** Does the steps on a log and on what the contract says must be in it, and compares after each. */
async function runSteps(bench: EventLogBench, steps: readonly Step[]): Promise<void> {
  let log = await bench.open();
  let expected: { readonly entry: NewEntry; readonly sequence: number }[] = [];
  const unheard = new Set<string>();
  let appended = 0;
  let last = 0;
  const all = async () => {
    const entries = await bench.settled(log.read({ after: 0, max: 1_000 }));
    // Of what nobody heard, any part may be there; from then on it is known.
    const found = entries.filter(({ id }) => unheard.has(id));
    for (const entry of found) {
      unheard.delete(entry.id);
      expected = [
        ...expected.filter(({ sequence }) => sequence !== entry.sequence),
        { entry, sequence: entry.sequence },
      ];
    }
    expected.sort((a, b) => a.sequence - b.sequence);
    return entries;
  };
  for (const one of steps) {
    if (one.do === "append") {
      await all();
      appended += 1;
      const entry = logEntry(appended, one.class);
      const droppable =
        expected.find(({ entry: old }) => old.class === "telemetry") ??
        (one.class === "telemetry" ? undefined : expected.find(({ entry: old }) => old.class === "event"));
      const isFull = expected.length >= entriesMax;
      const result = bench.settled(log.append(entry));
      if (isFull && droppable === undefined && one.class !== "alarm") {
        await assert.rejects(result, isFailure("event-log-full"));
        continue;
      }
      const sequence = await result;
      assert.ok(sequence > last, "a sequence is never given twice");
      last = sequence;
      if (isFull) expected = expected.filter((held) => held !== droppable);
      expected.push({ entry, sequence });
    } else if (one.do === "remove") {
      const held = expected[one.place % Math.max(1, expected.length)];
      await bench.settled(log.remove(held === undefined ? [999_999] : [held.sequence, 999_999]));
      expected = expected.filter((other) => other !== held);
    } else {
      // Not to be dropped by the limit: alarms displace others, which the crash may or may not let happen.
      const room = entriesMax - expected.length;
      for (let n = 0; one.do === "append-unheard" && n < Math.min(one.count, room); n += 1) {
        appended += 1;
        const entry = logEntry(appended);
        unheard.add(entry.id);
        log.append(entry).catch(() => undefined);
      }
      await bench.crash();
      log = await bench.open();
    }
    const entries = await all();
    assert.deepEqual(
      entries,
      expected.map(({ entry, sequence }) => ({
        id: entry.id,
        class: entry.class,
        body: entry.body,
        sequence,
      })),
    );
    last = Math.max(last, entries.at(-1)?.sequence ?? 0);
    unheard.clear();
  }
}

type ContractTest = (title: string, body: (bench: EventLogBench) => Promise<void>) => void;

function keepsEntries(contractTest: ContractTest): void {
  contractTest("entries come back oldest first, page by page, with rising sequences", async (bench) => {
    const log = await bench.open();
    const appends = [1, 2, 3, 4, 5].map((n) => log.append(logEntry(n)));
    const sequences = await bench.settled(Promise.all(appends));
    const first = await bench.settled(log.read({ after: 0, max: 2 }));
    assert.deepEqual(
      first.map(({ id }) => id),
      [logEntry(1).id, logEntry(2).id],
    );
    const rest = await bench.settled(log.read({ after: first[1]!.sequence, max: 100 }));
    assert.deepEqual(
      [...first, ...rest].map(({ sequence }) => sequence),
      sequences,
    );
    assert.deepEqual(
      sequences,
      [...sequences].sort((a, b) => a - b),
    );
    assert.deepEqual(rest[0], { ...logEntry(3), sequence: sequences[2]! });
  });

  contractTest("an entry that is appended twice is there once", async (bench) => {
    const log = await bench.open();
    const one = await bench.settled(log.append(logEntry(1)));
    assert.equal(await bench.settled(log.append(logEntry(1))), one);
    assert.equal((await bench.settled(log.counts())).entries, 1);
  });

  contractTest(
    "a removed entry stays gone after a crash, and its sequence is not given again",
    async (bench) => {
      const log = await bench.open();
      const sequence = await bench.settled(log.append(logEntry(1)));
      await bench.settled(log.remove([sequence]));
      await bench.crash();
      const again = await bench.open();
      assert.deepEqual(await bench.settled(again.read({ after: 0, max: 9 })), []);
      assert.ok((await bench.settled(again.append(logEntry(2)))) > sequence);
    },
  );
}

function keepsLimits(contractTest: ContractTest): void {
  contractTest("a full log drops telemetry, then events, and never an alarm", async (bench) => {
    const log = await bench.open();
    const classes: EntryClass[] = [
      "alarm",
      "event",
      "telemetry",
      "event",
      "telemetry",
      "alarm",
      "event",
      "event",
    ];
    await bench.settled(Promise.all(classes.map((one, n) => log.append(logEntry(n + 1, one)))));
    await bench.settled(Promise.all([11, 12, 13].map((n) => log.append(logEntry(n, "event")))));
    const entries = await bench.settled(log.read({ after: 0, max: 99 }));
    const numbers = entries.map(({ id }) => Number(id.slice(-6)));
    assert.deepEqual(numbers, [1, 4, 6, 7, 8, 11, 12, 13]);
    await assert.rejects(bench.settled(log.append(logEntry(14, "telemetry"))), isFailure("event-log-full"));
    await bench.settled(
      Promise.all([21, 22, 23, 24, 25, 26, 27].map((n) => log.append(logEntry(n, "alarm")))),
    );
    assert.deepEqual(await bench.settled(log.counts()), { entries: 9, alarms: 9, dropped: 9 });
    await assert.rejects(bench.settled(log.append(logEntry(31, "event"))), isFailure("event-log-full"));
  });

  contractTest(
    "a full disk refuses and loses nothing, and takes entries again when there is room",
    async (bench) => {
      let log = await bench.open();
      await bench.settled(log.append(logEntry(1, "alarm")));
      bench.setRoom("none");
      log = await bench.open();
      const large = logEntry(2, "alarm", "large");
      await assert.rejects(bench.settled(log.append(large)), isFailure("event-log-full"));
      assert.equal((await bench.settled(log.read({ after: 0, max: 9 }))).length, 1);
      bench.setRoom("enough");
      log = await bench.open();
      await bench.settled(log.append(large));
      const ids = (await bench.settled(log.read({ after: 0, max: 9 }))).map(({ id }) => id);
      assert.deepEqual(ids, [logEntry(1).id, large.id]);
    },
  );

  contractTest(
    "a closed log says so, keeps what was asked before, and may be closed again",
    async (bench) => {
      const log = await bench.open();
      const appended = log.append(logEntry(1));
      await bench.settled(log.close());
      await bench.settled(appended);
      await bench.settled(log.close());
      await assert.rejects(bench.settled(log.append(logEntry(2))), isFailure("event-log-closed"));
      const again = await bench.open();
      assert.equal((await bench.settled(again.read({ after: 0, max: 9 }))).length, 1);
    },
  );
}

function readsByClass(contractTest: ContractTest): void {
  contractTest("telemetry and all else can be read apart, each in its order", async (bench) => {
    const log = await bench.open();
    const classes = ["telemetry", "event", "telemetry", "alarm", "event"] as const;
    for (const [n, entryClass] of classes.entries())
      await bench.settled(log.append({ ...logEntry(n), class: entryClass }));
    const read = async (of: "telemetry" | "all-else", after = 0): Promise<string[]> =>
      (await bench.settled(log.read({ after, max: 9, of }))).map((entry) => entry.class);
    assert.deepEqual(await read("all-else"), ["event", "alarm", "event"]);
    assert.deepEqual(await read("telemetry"), ["telemetry", "telemetry"]);
    const [first] = await bench.settled(log.read({ after: 0, max: 1, of: "telemetry" }));
    assert.deepEqual(await read("telemetry", first!.sequence), ["telemetry"]);
  });
}

/** What every event log must do, whatever it keeps its entries on. */
export function eventLogContract({ name, bench: makeBench, runs }: EventLogUnderTest): void {
  const contractTest: ContractTest = (title, body) => {
    test(title, async (context) => {
      const bench = await makeBench({ context, entriesMax });
      await body(bench).finally(() => bench.close());
    });
  };

  describe(`an event log: ${name}`, () => {
    keepsEntries(contractTest);
    keepsLimits(contractTest);
    readsByClass(contractTest);
    test("random appends, removals and crashes lose nothing that was resolved", async (context) => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
          const bench = await makeBench({ context, entriesMax });
          await runSteps(bench, steps).finally(() => bench.close());
        }),
        { numRuns: runs, seed: 6 },
      );
    });
  });
}
