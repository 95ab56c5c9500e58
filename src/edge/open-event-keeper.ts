import { Failure } from "#core/failure.ts";
import { EventKeeper, type EventKeeperOptions } from "./event-keeper.ts";
import { MemoryEventLog } from "./memory-event-log.ts";
import { migrateOutbox } from "./migrate-outbox.ts";
import { savedDevicePaths } from "./saved-device.ts";
import { SqliteEventLog } from "./sqlite-event-log.ts";

/** A keeper, and what it could not read back, one sentence each. */
export interface OpenedEventKeeper {
  readonly keeper: EventKeeper;
  readonly damage: readonly string[];
}

/**
 * Opens a device's event log, in memory without a data folder, and takes in what an earlier version left undelivered.
 * Throws machineFault "data-folder-unusable" and badInput "event-log-too-new".
 */
export async function openEventKeeper(
  options: Omit<EventKeeperOptions, "log"> & {
    readonly dataFolder: string | null;
    readonly deviceId: string;
  },
): Promise<OpenedEventKeeper> {
  const { dataFolder, deviceId } = options;
  if (dataFolder === null) {
    return { keeper: new EventKeeper({ ...options, log: new MemoryEventLog() }), damage: [] };
  }
  const paths = savedDevicePaths(dataFolder, deviceId);
  const log = await SqliteEventLog.open({ path: paths.events });
  const damage = log.damage === null ? [] : [log.damage];
  try {
    const lost = await migrateOutbox(paths.outbox, log);
    if (lost !== null) damage.push(lost);
  } catch (error) {
    if (!(error instanceof Failure) || error.code === "data-folder-unusable") {
      await log.close();
      throw error;
    }
    // A full disk must not keep a device from starting; the old file is still there for the next start.
    damage.push(`${paths.outbox} waits to be taken over: ${error.message}`);
  }
  return { keeper: new EventKeeper({ ...options, log }), damage };
}
