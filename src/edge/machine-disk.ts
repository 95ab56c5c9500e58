import { readFile, rename } from "node:fs/promises";
import type { EventLog } from "#core/event-log/event-log.ts";
import { Failure } from "#core/failure.ts";
import { makeFolder } from "#recording/make-folder.ts";
import type { DeviceDisk } from "./device-disk.ts";
import { migrateOutbox } from "./migrate-outbox.ts";
import { replaceFile } from "./replace-file.ts";
import { SqliteEventLog } from "./sqlite-event-log.ts";

/** The disk of this machine; the event log is an SQLite file. */
export const machineDisk: DeviceDisk = {
  makeFolder: (path) => makeFolder(path),
  read: async (path) => {
    try {
      return await readFile(path, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
  },
  replace: replaceFile,
  setAside: rename,
  openEventLog: async ({ events, outbox }) => {
    const log = await SqliteEventLog.open({ path: events });
    const damage = [log.damage, await takeOver(outbox, log)];
    return { log, damage: damage.filter((sentence) => sentence !== null) };
  },
};

async function takeOver(outbox: string, log: EventLog): Promise<string | null> {
  try {
    return await migrateOutbox(outbox, log);
  } catch (error) {
    if (!(error instanceof Failure) || error.code === "data-folder-unusable") {
      await log.close();
      throw error;
    }
    // A full disk must not keep a device from starting; the old file is still there for the next start.
    return `${outbox} waits to be taken over: ${error.message}`;
  }
}
