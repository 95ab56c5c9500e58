import { parentPort } from "node:worker_threads";

// A thread of an I2C bus that opens and then dies with the first exchange.
parentPort?.on("message", (request: { readonly kind: string }) => {
  if (request.kind === "transfer") throw new Error("planted fault");
  parentPort?.postMessage({ kind: "done", bytes: new Uint8Array() });
  if (request.kind === "close") parentPort?.close();
});
