import { parentPort } from "node:worker_threads";
import { drawDayPlan } from "./day-plan.ts";
import { drawFaultPlan } from "./fault.ts";
import { Simulation } from "./simulation.ts";

/** What a worker is asked to run. */
export interface SimulationOrder {
  readonly seed: number;
  readonly length: "minutes" | "day";
}

/** Runs the seeds that it is sent, one after the other. */
parentPort?.on("message", ({ seed, length }: SimulationOrder) => {
  const simulation = new Simulation(seed, length === "day" ? drawDayPlan : drawFaultPlan);
  void simulation.run().then((summary) => parentPort?.postMessage(summary));
});
