import { spoilDisk } from "./bad-disk.ts";

// The program of the link process where each write ends the process by an error that nobody catches.
await spoilDisk(() => {
  process.nextTick(() => {
    throw new Error("the disk took the process with it");
  });
  return new Promise(() => {});
});
await import("#cli/edge/link-worker.ts");
