import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Random } from "#core/random.ts";
import { SqliteEventLog } from "#edge/sqlite-event-log.ts";

/** What a drill of kills found. */
export interface KillsResult {
  readonly kills: number;
  /** Entries that the killed processes had been told are durable. */
  readonly appended: number;
  /** Those of them that are neither in the log nor were removed: must be 0. */
  readonly lost: number;
  /** Entries that are there although their removal was resolved: must be 0. */
  readonly cameBack: number;
  /** Entries that are there twice: must be 0. */
  readonly twice: number;
}

/** Linux's own way to end a process between two instructions. */
const killSignal = "SIGKILL";

/**
 * Appends to one log in a process that is killed with -9 at a random moment, again and again, and looks afterwards
 * whether all that was resolved is there.
 */
export async function killAppenders(options: {
  readonly path: string;
  readonly kills: number;
  readonly random: Random;
}): Promise<KillsResult> {
  const { path, kills, random } = options;
  const appended = new Set<number>();
  const removed = new Set<number>();
  for (let kill = 0; kill < kills; kill += 1) {
    const first = kill * 1_000_000 + 1;
    // Some die in the middle of their first entries, some after many.
    await runUntilKilled({ path, first, lines: 1 + random.integer(120), appended, removed });
  }
  const log = await SqliteEventLog.open({ path, entriesMax: 1_000_000 });
  const entries = await log.read({ after: 0, max: 1_000_000 });
  await log.close();
  const there = new Set(entries.map(({ id }) => Number(id.slice("entry-".length))));
  return {
    kills,
    appended: appended.size,
    // Entries that a killed process was about to remove may be gone or not.
    lost: [...appended].filter((n) => !there.has(n) && n % 3 !== 0).length,
    cameBack: [...removed].filter((n) => there.has(n)).length,
    twice: entries.length - there.size,
  };
}

async function runUntilKilled(run: {
  readonly path: string;
  readonly first: number;
  readonly lines: number;
  readonly appended: Set<number>;
  readonly removed: Set<number>;
}): Promise<void> {
  const program = fileURLToPath(new URL("./event-log-appender.ts", import.meta.url));
  const child = spawn(process.execPath, [program, run.path, String(run.first)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let lines = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [what, number] = line.split(" ");
    (what === "appended" ? run.appended : run.removed).add(Number(number));
    lines += 1;
    if (lines === run.lines) child.kill(killSignal);
  }
}
