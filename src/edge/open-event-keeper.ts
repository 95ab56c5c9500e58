import type { DeviceDisk } from "./device-disk.ts";
import { EventKeeper, type EventKeeperOptions } from "./event-keeper.ts";
import { MemoryEventLog } from "./memory-event-log.ts";
import { savedDevicePaths } from "./saved-device.ts";

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
    readonly disk: DeviceDisk;
    readonly dataFolder: string | null;
    readonly deviceId: string;
  },
): Promise<OpenedEventKeeper> {
  const { disk, dataFolder, deviceId } = options;
  if (dataFolder === null) {
    return { keeper: new EventKeeper({ ...options, log: new MemoryEventLog() }), damage: [] };
  }
  const paths = savedDevicePaths(dataFolder, deviceId);
  const { log, damage } = await disk.openEventLog(paths);
  return { keeper: new EventKeeper({ ...options, log }), damage };
}
