import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { Failure } from "#core/failure.ts";
import { parseSeeds } from "./parse-seeds.ts";
import { runSeeds, type SeedWork } from "./run-seeds.ts";
import type { SeedOutcome } from "./seed-outcome.ts";
import { readSimOptions } from "./sim-options.ts";
import { SimTotals } from "./sim-totals.ts";
import { outcomeAsJson, outcomeAsLines } from "./tell-outcome.ts";

/** A thread that does with a seed what this body says. */
function threadThat(body: string): () => Worker {
  const code = `const { parentPort } = require("node:worker_threads");
    parentPort.on("message", ({ seed }) => { ${body} });`;
  return () => new Worker(code, { eval: true });
}

const summaryOf = `({ seed, violations: [], digest: "", plan: { devices: 1, faults: [], fires: [] },
  simulatedSeconds: 320, alarms: 1, alarmsDelivered: 1, alarmsLostInCrash: 0 })`;

async function outcomes(work: Partial<SeedWork> & Pick<SeedWork, "makeWorker">): Promise<SeedOutcome[]> {
  const found: SeedOutcome[] = [];
  const usual = { range: { first: 1, last: 5 }, length: "minutes", workers: 2 } as const;
  await runSeeds({ ...usual, ...work }, (outcome) => found.push(outcome));
  return found.sort((one, other) => one.seed - other.seed);
}

function failureOf(args: readonly string[]): Failure {
  try {
    readSimOptions(args, 2);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  return assert.fail(`${args.join(" ")} was taken.`);
}

test("seeds are a number or a range", () => {
  assert.deepEqual(parseSeeds("7"), { first: 7, last: 7 });
  assert.deepEqual(parseSeeds("1..200"), { first: 1, last: 200 });
  for (const wrong of ["x", "9..3", "-1", "1..2.5", "1..2..3", "", "1..", "..3", "1e3", "0x10", " 1"])
    assert.throws(
      () => parseSeeds(wrong),
      (error) => error instanceof Failure && error.code === "seeds",
      wrong,
    );
});

test("what the simulation cannot do as asked is refused with one sentence that names it", () => {
  const range = { first: 3, last: 4 };
  assert.deepEqual(readSimOptions(["--seeds", "3..4", "--workers", "1", "--day", "--json"], 8), {
    range,
    length: "day",
    workers: 1,
    output: "json",
  });
  assert.equal(readSimOptions(["--seed", "3"], 8).workers, 8);
  const wrong: readonly (readonly [string, RegExp])[] = [
    ["--workers x", /--workers x/],
    ["--workers 0", /--workers 0/],
    ["--workers 1.5", /--workers 1\.5/],
    ["--workers=-1", /--workers -1/],
    ["--workers", /--workers/],
    ["--seeds 1..2..3", /1\.\.2\.\.3/],
    ["--seeds 5..1", /5\.\.1/],
    ["--seed 1..3", /--seeds 1\.\.3/],
    ["--seed 1 --seeds 2..3", /exclude/],
    ["--sed 1", /--sed/],
    ["7", /'7'/],
    ["--day=yes", /--day/],
  ];
  for (const [args, names] of wrong) {
    const { message } = failureOf(args.split(" "));
    assert.match(message, names);
    assert.doesNotMatch(message, /\n|\. /, "one sentence");
  }
});

test("a wrong call ends with 2, says why, and runs nothing", () => {
  const program = resolve(import.meta.dirname, "sim.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, "--workers", "0"], {
    encoding: "utf8",
  });
  assert.equal(status, 2);
  assert.equal(stdout, "");
  assert.match(stderr, /^--workers 0 [^\n]+\n$/);
});

test("every seed of a range is run once, by however many threads", async () => {
  const makeWorker = threadThat(`parentPort.postMessage({ kind: "ran", summary: ${summaryOf} })`);
  for (const workers of [1, 3, 20]) {
    const found = await outcomes({ makeWorker, workers });
    assert.deepEqual(
      found.map(({ seed, kind }) => [seed, kind]),
      [1, 2, 3, 4, 5].map((seed) => [seed, "ran"]),
    );
  }
});

const brokenThreads: readonly (readonly [string, string, RegExp])[] = [
  ["throws", `throw new Error("torn")`, /torn/],
  ["rejects a promise that nobody waits for", `Promise.reject(new Error("torn"))`, /torn/],
  ["ends its thread", `process.exit(0)`, /ended by itself with code 0/],
  ["does not end", `for (;;);`, /did not end/],
  ["waits for ever", `setInterval(() => {}, 1_000)`, /did not end/],
  ["says that its run broke", `parentPort.postMessage({ kind: "broke", error: "torn" })`, /torn/],
];
for (const [what, body, says] of brokenThreads) {
  test(`a seed that ${what} fails, and the others are run`, async () => {
    const found = await outcomes({
      makeWorker: threadThat(
        `if (seed === 2) { ${body} } else parentPort.postMessage({ kind: "ran", summary: ${summaryOf} })`,
      ),
      // Others answer at once; only the one that never does meets this.
      endlessAfterMs: says.test("did not end") ? 2_000 : 60_000,
    });
    assert.deepEqual(
      found.map(({ kind }) => kind),
      ["ran", "broke", "ran", "ran", "ran"],
    );
    const broken = found[1]!;
    assert.match(broken.kind === "broke" ? broken.error : "", says);
    const totals = new SimTotals({ first: 1, last: 5 });
    for (const outcome of found) totals.add(outcome);
    assert.equal(totals.passed, false);
    assert.match(totals.sentence(1_000), /^5 seeds, 4 devices, .* 1 seeds failed\.$/);
  });
}

test("a seed whose thread gets no processor for long is waited for", async () => {
  // A thread that is held so neither works nor waits for anything to come.
  const held = `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3_000);`;
  const found = await outcomes({
    makeWorker: threadThat(
      `if (seed === 2) { ${held} } parentPort.postMessage({ kind: "ran", summary: ${summaryOf} })`,
    ),
    endlessAfterMs: 1_500,
  });
  assert.deepEqual(
    found.map(({ kind }) => kind),
    ["ran", "ran", "ran", "ran", "ran"],
  );
});

test("a seed that broke is told with its error and the command that repeats it", () => {
  const outcome = { kind: "broke", seed: 7, error: "Error: torn\n    at here" } as const;
  assert.deepEqual(outcomeAsLines(outcome, { length: "day", of: "many" }), [
    "Seed 7 failed; repeat it with: npm run sim -- --day --seed 7",
    "  Error: torn",
    "      at here",
  ]);
  assert.deepEqual(JSON.parse(outcomeAsJson(outcome, "minutes")), {
    seed: 7,
    error: "Error: torn\n    at here",
    repeat: "npm run sim -- --seed 7",
  });
});

test("a run of many seeds tells how far it is, and passes only when all of them were run", () => {
  const totals = new SimTotals({ first: 1, last: 10_000 });
  assert.equal(totals.progress(30_000), "0 of 10000 seeds after 30 s, 0 failed");
  totals.add({ kind: "broke", seed: 1, error: "" });
  assert.equal(totals.progress(1_000), "1 of 10000 seeds after 1 s, 1 failed, about 2 h 47 min left");
  assert.equal(new SimTotals({ first: 1, last: 1 }).passed, false);
});
