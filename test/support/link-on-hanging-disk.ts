import { spoilDisk } from "./bad-disk.ts";

// The program of the link process where no write ever ends.
await spoilDisk(() => new Promise(() => {}));
await import("#cli/edge/link-worker.ts");
