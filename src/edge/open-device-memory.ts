import { RememberedCommands } from "./commands/remembered-commands.ts";
import type { DeviceAgentOptions } from "./device-agent-options.ts";
import type { DiskTrouble } from "./disk-trouble.ts";
import type { EventKeeper } from "./event-keeper.ts";
import { machineDisk } from "./machine-disk.ts";
import { openEventKeeper } from "./open-event-keeper.ts";
import { nothingSaved, readSavedDevice, type SavedDevice } from "./saved-device.ts";

/** What a device knows of its runs before, and where it keeps what happens now. */
export interface DeviceMemory {
  readonly saved: SavedDevice;
  readonly keeper: EventKeeper;
  readonly remembered: RememberedCommands;
}

/**
 * Reads back what was saved. What the disk refuses is a concern of `trouble` and no reason not to start. Throws
 * machineFault "data-folder-unusable" for a path that can be no folder, and badInput "event-log-too-new".
 */
export async function openDeviceMemory(
  options: Pick<DeviceAgentOptions, "deviceId" | "dataFolder" | "disk" | "clock" | "log">,
  trouble: DiskTrouble,
): Promise<DeviceMemory> {
  const { dataFolder, deviceId, clock, log, disk = machineDisk } = options;
  const folder = { disk, dataFolder, deviceId };
  const damage: string[] = [];
  const tell = (sentences: readonly string[]): void => {
    for (const sentence of sentences) log(`${deviceId}: ${sentence}`);
    damage.push(...sentences);
    if (damage.length > 0) trouble.set("start", `${damage.join(" ")} Check the disk, then reset.`);
  };
  const saved = dataFolder === null ? nothingSaved : await readSavedDevice({ ...folder, dataFolder });
  tell(saved.damage);
  const lost: string[] = [];
  const onProblem = (problem: string | null): void => trouble.set("commands", problem);
  const remembered = await RememberedCommands.open({ ...folder, clock, onProblem }, lost);
  tell(lost);
  const keeper = await openEventKeeper({
    ...folder,
    clock,
    onDamage: tell,
    onProblem: (problem) => trouble.set("events", problem),
    onDropped: () => {
      if (trouble.has("dropped")) return;
      trouble.set("dropped", "Too many events wait for the hub: the oldest that are no alarm are lost.");
    },
  });
  // The power may have gone after the state was on disk and before the event that made it so.
  for (const entry of saved.unkept) keeper.add(entry);
  return { saved, keeper, remembered };
}
