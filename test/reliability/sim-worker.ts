import { parentPort } from "node:worker_threads";
import { Simulation } from "./simulation.ts";

/** Runs the seeds that it is sent, one after the other. */
parentPort?.on("message", (seed: number) => {
  void new Simulation(seed).run().then((summary) => parentPort?.postMessage(summary));
});
