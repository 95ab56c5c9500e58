import { spoilDisk } from "./bad-disk.ts";

// The program of the link process where the first write stops all of it for good.
await spoilDisk(async () => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  throw new Error("nobody wakes it");
});
await import("#cli/edge/link-worker.ts");
