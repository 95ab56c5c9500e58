import { parentPort } from "node:worker_threads";
import { drawDayPlan } from "./day-plan.ts";
import { drawFaultPlan } from "./fault.ts";
import { describeError, type RunLength, type ThreadReport } from "./seed-outcome.ts";
import { Simulation } from "./simulation.ts";

/** What a worker is asked to run. */
export interface SimulationOrder {
  readonly seed: number;
  readonly length: RunLength;
}

/** Whatever a run has left to happen happens in so many turns: an error in it is still one of this seed. */
const lastTurns = 3;

async function run({ seed, length }: SimulationOrder): Promise<ThreadReport> {
  try {
    const summary = await new Simulation(seed, length === "day" ? drawDayPlan : drawFaultPlan).run();
    for (let turn = 0; turn < lastTurns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    return { kind: "ran", summary };
  } catch (error) {
    return { kind: "broke", error: describeError(error) };
  }
}

/** Runs the seeds that it is sent, one after the other; an error that nobody catches ends the thread, which fails the seed. */
parentPort?.on("message", (order: SimulationOrder) => {
  void run(order).then((report) => parentPort?.postMessage(report));
});
