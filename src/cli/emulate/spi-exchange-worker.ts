import { Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { assert } from "#core/failure.ts";
import {
  frameMessage,
  MessageSplitter,
  readResponse,
  responseBytesMax,
  spiRequest,
} from "#simulation/devices/device-server-protocol.ts";
import {
  type SpiExchangeRequest,
  type SpiExchangeStart,
  spiExchangeState,
  spiExchangeViews,
} from "./spi-exchange.ts";

// The program of the thread that talks to the device server while the reader of an SPI link blocks.

assert(parentPort !== null, "spi-exchange-worker.ts runs as a worker thread.");
const port = parentPort;
const { path, link, shared } = workerData as SpiExchangeStart;
const { cells, bytes } = spiExchangeViews(shared);
const splitter = new MessageSplitter(responseBytesMax);
const socket = new Socket();
let lost: string | null = null;

function tell(state: number, payload: Uint8Array): void {
  bytes.set(payload);
  cells[1] = payload.length;
  Atomics.store(cells, 0, state);
  Atomics.notify(cells, 0);
}

function fail(text: string): void {
  lost ??= text;
  if (Atomics.load(cells, 0) === spiExchangeState.asked) {
    tell(spiExchangeState.failed, new TextEncoder().encode(text));
  }
}

function receive(chunk: Uint8Array): void {
  for (const message of splitter.add(chunk)) {
    const response = readResponse(message);
    if (response.kind === "done") tell(spiExchangeState.done, response.payload);
    else fail(response.text);
  }
}

socket.on("data", (chunk) => {
  try {
    receive(chunk);
  } catch (error) {
    fail((error as Error).message);
    socket.destroy();
  }
});
socket.on("error", (error) => fail(`${path}: ${error.message}: start emberwatch emulate.`));
socket.on("close", () => fail(`${path}: whoever served the emulated camera is gone: start it again.`));
socket.connect(path);

port.on("message", (request: SpiExchangeRequest) => {
  if (lost === null) socket.write(frameMessage(spiRequest(link, request.bytes)));
  else fail(lost);
});
