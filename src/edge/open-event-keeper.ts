import { Failure } from "#core/failure.ts";
import type { DeviceDisk } from "./device-disk.ts";
import { EventKeeper, type EventKeeperOptions } from "./event-keeper.ts";
import { MemoryEventLog } from "./memory-event-log.ts";
import { RetriedEventLog } from "./retried-event-log.ts";
import { savedDevicePaths } from "./saved-device.ts";

/** What it takes to open a device's keeper. */
export interface OpenEventKeeperOptions extends Omit<EventKeeperOptions, "log"> {
  readonly disk: DeviceDisk;
  readonly dataFolder: string | null;
  readonly deviceId: string;
  /** Told what could not be read back, one sentence each, when there is anything. */
  readonly onDamage: (damage: readonly string[]) => void;
}

/**
 * Opens a device's event log, in memory without a data folder, and takes in what an earlier version left undelivered. A
 * disk that refuses keeps no device from watching: it is told as a problem, entries wait in memory and are sent from
 * there, and opening is tried again. Throws badInput "event-log-too-new".
 */
export async function openEventKeeper(options: OpenEventKeeperOptions): Promise<EventKeeper> {
  const { disk, dataFolder, deviceId, clock, onDamage } = options;
  if (dataFolder === null) return new EventKeeper({ ...options, log: new MemoryEventLog() });
  const paths = savedDevicePaths(dataFolder, deviceId);
  const open = async () => {
    const { log, damage } = await disk.openEventLog(paths);
    if (damage.length > 0) onDamage(damage);
    return log;
  };
  try {
    return new EventKeeper({ ...options, log: await open() });
  } catch (refusal) {
    if (refusal instanceof Failure && refusal.side === "input") throw refusal;
    const onOpened = (): void => void keeper.logOpened();
    const log = new RetriedEventLog({ clock, open, refusal, onOpened });
    const keeper: EventKeeper = new EventKeeper({ ...options, log });
    keeper.logRefused(refusal);
    return keeper;
  }
}
