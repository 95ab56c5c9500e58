import { copyFileSync } from "node:fs";
import { join } from "node:path";
import type { EventLog } from "#core/event-log/event-log.ts";
import { Random } from "#core/random.ts";
import { SqliteEventLog } from "#edge/sqlite-event-log.ts";
import { SimulatedLogDisk } from "#simulation/machine/simulated-event-log.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { eventLogContract } from "./event-log.contract.ts";

eventLogContract({
  name: "simulated",
  runs: 100,
  bench: async ({ entriesMax }) => {
    const clock = new ManualClock();
    const disk = new SimulatedLogDisk({ clock, random: new Random(6), entriesMax });
    return {
      open: async () => disk.open(),
      crash: async () => disk.cutPower(),
      setRoom: (room) => disk.setHealth(room === "none" ? "full" : "works"),
      settled: async (promise) => {
        let isSettled = false;
        const settle = (): void => {
          isSettled = true;
        };
        promise.then(settle, settle);
        while (!isSettled) {
          clock.advanceMs(10);
          await new Promise((resolve) => setImmediate(resolve));
        }
        return promise;
      },
      close: async () => undefined,
    };
  },
});

/** Pages of an empty log, and a few small entries. */
const pagesWithoutRoom = 12;

eventLogContract({
  name: "SQLite",
  runs: 8,
  bench: async ({ context, entriesMax }) => {
    const folder = await temporaryFolder(context);
    let crashes = 0;
    let pagesMax: number | undefined;
    let log: SqliteEventLog | null = null;
    const path = (): string => join(folder, `after-${crashes}-crashes.sqlite`);
    return {
      open: async (): Promise<EventLog> => {
        await log?.close();
        log = await SqliteEventLog.open({ path: path(), entriesMax, pagesMax });
        return log;
      },
      // What stands in the files at this moment is what a power cut leaves of them; the other thread is still writing.
      crash: async () => {
        const before = path();
        crashes += 1;
        copyFileSync(before, path());
        copyFileSync(`${before}-wal`, `${path()}-wal`);
      },
      setRoom: (room) => {
        pagesMax = room === "none" ? pagesWithoutRoom : undefined;
      },
      settled: (promise) => promise,
      close: async () => log?.close(),
    };
  },
});
