import { createWriteStream } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setPriority } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { downloadBytes } from "./download.ts";

// A program of its own: downloads 100 MB by HTTP from this machine into a file, again and again, as fast as it goes,
// and says so each time. It has the niceness of a device's link process.

const [folder = ""] = process.argv.slice(2);
const chunk = Buffer.alloc(64 * 1024, 0x5a);

function* body(): Generator<Buffer> {
  for (let sent = 0; sent < downloadBytes; sent += chunk.length)
    yield chunk.subarray(0, Math.min(chunk.length, downloadBytes - sent));
}

setPriority(5);
const server = createServer((_, response) => void pipeline(Readable.from(body()), response).catch(() => {}));
await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
process.on("disconnect", () => process.exit(0));
for (;;) {
  const answer = await fetch(url);
  if (answer.body === null) throw new Error("the download has no content");
  await pipeline(Readable.fromWeb(answer.body), createWriteStream(join(folder, "download"), { flush: true }));
  process.send?.("done");
}
