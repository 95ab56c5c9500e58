import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { Failure } from "#core/failure.ts";
import type { Fault } from "./fault.ts";
import { parseSeeds, type SeedRange } from "./parse-seeds.ts";
import type { RunSummary } from "./run-summary.ts";
import type { SimulationOrder } from "./sim-worker.ts";

/**
 * Runs the whole system in simulated time, once for each seed, and says what must not be and was:
 * `npm run sim -- --seeds 1..200`, `npm run sim -- --seed 7`, a whole day by `npm run sim -- --day --seed 7`, each with
 * `--json`. Ends with 1 when anything was wrong,
 * and says how to repeat it.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: "string" },
      seeds: { type: "string" },
      json: { type: "boolean" },
      day: { type: "boolean" },
      workers: { type: "string", default: String(availableParallelism()) },
    },
  });
  const range = parseSeeds(values.seed ?? values.seeds ?? "1..20");
  const startedMs = performance.now();
  const totals = {
    seeds: 0,
    failing: 0,
    devices: 0,
    faults: 0,
    seconds: 0,
    alarms: 0,
    delivered: 0,
    inCrash: 0,
  };
  const length = values.day === true ? "day" : "minutes";
  await runSeeds({ range, length, workers: Number(values.workers) }, (summary) => {
    totals.seeds += 1;
    totals.failing += summary.violations.length > 0 ? 1 : 0;
    totals.devices += summary.plan.devices;
    totals.faults += summary.plan.faults.length;
    totals.seconds += summary.simulatedSeconds;
    totals.alarms += summary.alarms;
    totals.delivered += summary.alarmsDelivered;
    totals.inCrash += summary.alarmsLostInCrash;
    if (values.json === true) console.log(JSON.stringify(summary));
    else tell(summary, { ...range, length });
  });
  if (totals.failing > 0) process.exitCode = 1;
  if (values.json === true) return;
  const tookSeconds = (performance.now() - startedMs) / 1_000;
  console.log(
    `${totals.seeds} seeds, ${totals.devices} devices, ${totals.faults} faults, ${(totals.seconds / 3_600).toFixed(1)} simulated hours in ${tookSeconds.toFixed(0)} s: ` +
      `${totals.alarms} alarm events, ${totals.delivered} at the hub, ${totals.inCrash} gone with a crash before they were on disk. ` +
      `${totals.failing === 0 ? "No seed failed." : `${totals.failing} seeds failed.`}`,
  );
}

/** Runs seeds in threads; each seed alone decides what comes of it. */
async function runSeeds(
  work: { readonly range: SeedRange; readonly length: SimulationOrder["length"]; readonly workers: number },
  onSummary: (summary: RunSummary) => void,
): Promise<void> {
  const { first, last } = work.range;
  let next = first;
  const program = new URL("./sim-worker.ts", import.meta.url);
  const threads = Math.max(1, Math.min(work.workers, last - first + 1));
  const runOne = (worker: Worker): boolean => {
    if (next > last) return false;
    worker.postMessage({ seed: next, length: work.length } satisfies SimulationOrder);
    next += 1;
    return true;
  };
  await Promise.all(
    Array.from({ length: threads }, async () => {
      const worker = new Worker(program);
      await new Promise<void>((resolve, reject) => {
        worker.on("error", reject);
        worker.on("message", (summary: RunSummary) => {
          onSummary(summary);
          if (!runOne(worker)) resolve();
        });
        if (!runOne(worker)) resolve();
      });
      await worker.terminate();
    }),
  );
}

function tell(
  summary: RunSummary,
  { first, last, length }: SeedRange & { readonly length: SimulationOrder["length"] },
): void {
  const { seed, violations, plan, digest } = summary;
  if (first === last) {
    console.log(`Seed ${seed}: ${plan.devices} devices, ${plan.fires.length} fires, digest ${digest}.`);
    for (const fault of plan.faults) console.log(`  ${describe(fault)}`);
  }
  if (violations.length === 0) return;
  console.log(
    `Seed ${seed} failed; repeat it with: npm run sim -- ${length === "day" ? "--day " : ""}--seed ${seed}`,
  );
  for (const { atSeconds, device, what } of violations)
    console.log(`  ${atSeconds.toFixed(1)} s, ${device}: ${what}`);
}

function describe({ kind, device, atMs, afterEventMs, lastsMs, jumpMicros }: Fault): string {
  const where = device === null ? "" : ` of device-${device + 1}`;
  const when = afterEventMs === null ? "" : `, ${afterEventMs.toFixed(0)} ms after the next event`;
  const how = kind === "clock jump" ? ` by ${jumpMicros / 1e6} s` : ` for ${(lastsMs / 1_000).toFixed(1)} s`;
  return `${(atMs / 1_000).toFixed(1)} s${when}: ${kind}${where}${how}`;
}

await main().catch((error: unknown) => {
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exitCode = 2;
});
