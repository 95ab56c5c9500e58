import { fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Size of what is downloaded: 100 MB. */
export const downloadBytes = 100_000_000;

/** A download that goes on, again and again, until it is stopped. */
export interface Download {
  /** Ends it; how many megabytes a second arrived on disk, of whole downloads. */
  stop(): Promise<number>;
}

/** Starts a process that downloads by HTTP from this machine into a file on its disk. */
export async function startDownload(): Promise<Download> {
  const folder = await mkdtemp(join(tmpdir(), "emberwatch-download-"));
  const child = fork(new URL("./download-program.ts", import.meta.url), [folder], { execArgv: [] });
  const startMs = performance.now();
  let whole = 0;
  let lastMs = startMs;
  child.on("message", () => {
    whole += 1;
    lastMs = performance.now();
  });
  return {
    async stop() {
      const ended = new Promise((done) => child.once("exit", done));
      if (child.exitCode !== null) throw new Error("the download has failed");
      child.kill("SIGKILL");
      await ended;
      await rm(folder, { recursive: true, force: true });
      return whole === 0 ? 0 : (whole * downloadBytes) / 1e6 / ((lastMs - startMs) / 1_000);
    },
  };
}
