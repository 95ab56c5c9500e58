import { parentPort, workerData } from "node:worker_threads";
import { assert } from "#core/failure.ts";
import { TransportFailure } from "../transport-failure.ts";
import { I2cDevice } from "./i2c-device.ts";
import type { I2cAnswer, I2cRequest, I2cWorkerStart } from "./i2c-worker-protocol.ts";
import { loadLibc } from "./libc.ts";

// The program of the thread in which an I2C bus blocks.

assert(parentPort !== null, "i2c-worker.ts runs as a worker thread.");
const port = parentPort;
const { path } = workerData as I2cWorkerStart;
const nothing = new Uint8Array();
let device: I2cDevice | null = null;

// Descriptors belong to the process: they would outlive a thread that ends.
function closeDevice(): void {
  device?.close();
  device = null;
}

async function serve(request: I2cRequest): Promise<Uint8Array> {
  if (request.kind === "close") {
    closeDevice();
    return nothing;
  }
  // A bus that vanished (a USB adapter) is looked for again with each exchange.
  device ??= I2cDevice.open(await loadLibc(), path);
  return request.kind === "open" ? nothing : device.transfer(request);
}

async function answer(request: I2cRequest): Promise<I2cAnswer> {
  try {
    return { kind: "done", bytes: await serve(request) };
  } catch (error) {
    const isOver = !(error instanceof TransportFailure) || error.code === "gone";
    if (isOver) closeDevice();
    // What is no trouble of the bus is an error of ours: it ends the thread, which the bus tells its callers.
    if (!(error instanceof TransportFailure)) throw error;
    return { kind: "failed", code: error.code, text: error.message };
  }
}

async function handle(request: I2cRequest): Promise<void> {
  port.postMessage(await answer(request));
  if (request.kind === "close") port.close();
}

port.on("message", (request: I2cRequest) => void handle(request));
