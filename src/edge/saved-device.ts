import { join } from "node:path";
import type { z } from "zod";
import type { AlarmState } from "#core/alarm/alarm-state.ts";
import type { NewEntry } from "#core/event-log/event-log.ts";
import { machineFault } from "#core/failure.ts";
import type { BackgroundSnapshot } from "#core/features/region-tracker.ts";
import type { LearnedCell } from "#core/regions/learned-heat.ts";
import type { PictureRegion } from "#core/regions/picture-region.ts";
import type { Cancel, Clock } from "#core/time.ts";
import type { ZoneState } from "#core/zone/zone-state.ts";
import {
  decodeBackground,
  encodeBackground,
  type SavedRegions,
  type SavedState,
  savedBackgroundSchema,
  savedRegionsSchema,
  savedStateSchema,
} from "#wire/saved-device.ts";
import type { DeviceDisk } from "./device-disk.ts";

/** Where a device keeps what must survive a restart. */
export interface SavedDevicePaths {
  readonly state: string;
  readonly background: string;
  readonly regions: string;
  /** The event log; SQLite keeps `-wal` and `-shm` files beside it. */
  readonly events: string;
  /** Undelivered events of an earlier version, taken over at the start. */
  readonly outbox: string;
}

/** The files of one device in a data folder, which several devices may share. */
export function savedDevicePaths(dataFolder: string, deviceId: string): SavedDevicePaths {
  const file = (what: string): string => join(dataFolder, `${deviceId}.${what}`);
  return {
    state: file("state.json"),
    background: file("background.json"),
    regions: file("regions.json"),
    events: file("events.sqlite"),
    outbox: file("outbox.jsonl"),
  };
}

/** What was read back at a start. */
export interface SavedDevice {
  readonly state: AlarmState | null;
  readonly background: BackgroundSnapshot | null;
  /** The device's own zone. */
  readonly zone: ZoneState | null;
  /** Hot zones that were accepted at work. */
  readonly regions: readonly PictureRegion[];
  readonly learnedHeat: readonly LearnedCell[];
  /** Events that the state knows of and the event log perhaps not: an event that is there already changes nothing. */
  readonly unkept: readonly NewEntry[];
  /** One sentence for each file that was damaged; it was moved aside, and its content is lost to the device. */
  readonly damage: readonly string[];
}

/** What a device knows that has saved nothing. */
export const nothingSaved: SavedDevice = {
  state: null,
  background: null,
  zone: null,
  regions: [],
  learnedHeat: [],
  unkept: [],
  damage: [],
};

/**
 * Reads what a device has saved. A file that is damaged, unreadable, or another device's, is moved aside where the disk
 * lets it and told of in `damage`; so is a folder that cannot be made. Throws machineFault "data-folder-unusable" when the
 * folder is a file, or in one.
 */
export async function readSavedDevice(options: {
  readonly disk: DeviceDisk;
  readonly dataFolder: string;
  readonly deviceId: string;
}): Promise<SavedDevice> {
  const { disk, dataFolder, deviceId } = options;
  const paths = savedDevicePaths(dataFolder, deviceId);
  const damage: string[] = [];
  makeDataFolder(disk, dataFolder, damage);
  const state = await readSavedJson({ disk, path: paths.state, schema: savedStateSchema, deviceId, damage });
  const background = { path: paths.background, schema: savedBackgroundSchema };
  const saved = await readSavedJson({ disk, ...background, deviceId, damage });
  const regions = { path: paths.regions, schema: savedRegionsSchema };
  const site = await readSavedJson({ disk, ...regions, deviceId, damage });
  return {
    state: state?.state ?? null,
    zone: state?.zone ?? null,
    regions: site?.regions ?? [],
    learnedHeat: site?.learnedHeat ?? [],
    unkept: state?.unkept ?? [],
    background: saved === null ? null : decodeBackground(saved),
    damage,
  };
}

/** A disk that refuses a folder keeps no device from watching; a path that can never be one is a mistake in a setting. */
function makeDataFolder(disk: DeviceDisk, dataFolder: string, damage: string[]): void {
  try {
    disk.makeFolder(dataFolder);
  } catch (error) {
    const sentence = `The data folder ${dataFolder} cannot be used (${messageOf(error)}): make it writable for this user or choose another with --data.`;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOTDIR" || code === "EEXIST")
      throw machineFault("data-folder-unusable", sentence, { cause: error });
    damage.push(sentence);
  }
}

/**
 * One saved file of a device; null where there is none, or where it is damaged or cannot be read: it is then moved aside
 * where the disk lets it, and `damage` says so.
 */
export async function readSavedJson<T extends { device: string }>(file: {
  disk: DeviceDisk;
  path: string;
  schema: z.ZodType<T>;
  deviceId: string;
  damage: string[];
}): Promise<T | null> {
  const { disk, path, schema, deviceId, damage } = file;
  let what = "was damaged";
  try {
    const text = await disk.read(path);
    if (text === null) return null;
    const value = parse(text, schema);
    if (value?.device === deviceId) return value;
  } catch (error) {
    what = `could not be read (${messageOf(error)})`;
  }
  const kept = await disk.setAside(path, `${path}.damaged`).then(
    () => `is kept as ${path}.damaged`,
    (error: unknown) => `could not be moved aside (${messageOf(error)})`,
  );
  damage.push(`${path} ${what} and ${kept}: what it said is lost.`);
  return null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function parse<T>(text: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** What a saver needs. */
export interface DeviceSaverOptions {
  readonly disk: DeviceDisk;
  readonly dataFolder: string;
  readonly deviceId: string;
  readonly clock: Clock;
  /** Events that are not in the event log yet: a state is saved together with what it came of. */
  readonly unkept: () => readonly NewEntry[];
  /** Told once what is wrong when saving begins to fail, and null when it works again. */
  readonly onProblem: (problem: string | null) => void;
}

/** What the disk refused is tried again after so long, even when nothing new comes. */
const retryMs = 5_000;

/** What is saved of a device's site. */
export type SavedSite = Pick<SavedDevice, "regions" | "learnedHeat">;

type File = "state" | "site" | "background";

/** In the order in which they are written. */
const files: readonly File[] = ["state", "site", "background"];

/** Saves a device's state, background and site; nobody waits for it, and of several that wait only the newest is written. */
export class DeviceSaver {
  readonly #options: DeviceSaverOptions;
  readonly #paths: SavedDevicePaths;
  /** What waits, by its file: it is put into words when its turn comes. */
  readonly #waiting = new Map<File, () => object>();
  #writing: Promise<void> | null = null;
  #problem: string | null = null;
  #cancelRetry: Cancel | null = null;

  constructor(options: DeviceSaverOptions) {
    this.#options = options;
    this.#paths = savedDevicePaths(options.dataFolder, options.deviceId);
  }

  /** Saves a state soon, with that of the device's own zone; null where it runs none. */
  saveState(state: AlarmState, zone: ZoneState | null = null): void {
    this.#save("state", (): SavedState => {
      const unkept = [...this.#options.unkept()];
      return {
        v: 1,
        ...this.#common(),
        state,
        ...(zone === null ? {} : { zone }),
        ...(unkept.length === 0 ? {} : { unkept }),
      };
    });
  }

  /** Saves regions and learnt heat soon. */
  saveSite({ regions, learnedHeat }: SavedSite): void {
    this.#save("site", (): SavedRegions => ({ v: 1, ...this.#common(), regions: [...regions], learnedHeat }));
  }

  /** Saves a background soon. */
  saveBackground(snapshot: BackgroundSnapshot): void {
    this.#save("background", () => encodeBackground({ ...this.#common(), snapshot }));
  }

  /** Resolves when everything given so far is on disk, or has failed to get there. */
  async settled(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
  }

  /** Tries nothing more that the disk refused. */
  stop(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
  }

  #save(file: File, content: () => object): void {
    this.#waiting.set(file, content);
    this.#work();
  }

  #common(): { readonly device: string; readonly savedAtMicros: number } {
    const { deviceId, clock } = this.#options;
    return { device: deviceId, savedAtMicros: clock.nowMicros() };
  }

  #work(): void {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = null;
    });
  }

  async #writeAll(): Promise<void> {
    for (let file = this.#next(); file !== undefined; file = this.#next()) {
      const content = this.#waiting.get(file)!;
      this.#waiting.delete(file);
      try {
        const path = this.#paths[file === "site" ? "regions" : file];
        await this.#options.disk.replace(path, JSON.stringify(content()));
        this.#report(null);
      } catch (error) {
        this.#report(error instanceof Error ? error.message : String(error));
        // A newer one may have come meanwhile.
        if (!this.#waiting.has(file)) this.#waiting.set(file, content);
        this.#retryLater();
        return;
      }
    }
  }

  #next(): File | undefined {
    return files.find((file) => this.#waiting.has(file));
  }

  #retryLater(): void {
    this.#cancelRetry ??= this.#options.clock.after(retryMs, () => {
      this.#cancelRetry = null;
      this.#work();
    });
  }

  #report(problem: string | null): void {
    const changed = (problem === null) !== (this.#problem === null);
    this.#problem = problem;
    if (changed) this.#options.onProblem(problem);
  }
}
