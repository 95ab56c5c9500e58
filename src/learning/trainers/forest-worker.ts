import { parentPort, workerData } from "node:worker_threads";
import { assert } from "#core/failure.ts";
import { ForestGrower } from "./forest-grower.ts";
import type { ForestWork } from "./forest-work.ts";

// One worker of a forest: grows the trees it is told to, one message each, and ends when its port is closed.
const port = parentPort;
assert(port !== null, "this file runs as a worker");
const work = workerData as ForestWork;
const grower = new ForestGrower(work.rows, work.options, work.seed);
port.on("message", (tree: number) => {
  port.postMessage({ tree, grown: grower.grow(tree) });
});
