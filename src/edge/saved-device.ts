import { readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import type { AlarmState } from "#core/alarm/alarm-state.ts";
import { machineFault } from "#core/failure.ts";
import type { BackgroundSnapshot } from "#core/features/region-tracker.ts";
import type { LearnedCell } from "#core/regions/learned-heat.ts";
import type { PictureRegion } from "#core/regions/picture-region.ts";
import type { ZoneState } from "#core/zone/zone-state.ts";
import { makeFolder } from "#recording/make-folder.ts";
import {
  decodeBackground,
  encodeBackground,
  type SavedRegions,
  type SavedState,
  savedBackgroundSchema,
  savedRegionsSchema,
  savedStateSchema,
} from "#wire/saved-device.ts";
import { replaceFile } from "./replace-file.ts";

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
  damage: [],
};

/**
 * Reads what a device has saved. A file that is damaged, or another device's, is moved aside and told of.
 * Throws machineFault "data-folder-unusable" when the folder cannot be made or read.
 */
export async function readSavedDevice(options: {
  readonly dataFolder: string;
  readonly deviceId: string;
}): Promise<SavedDevice> {
  const { dataFolder, deviceId } = options;
  const paths = savedDevicePaths(dataFolder, deviceId);
  const damage: string[] = [];
  try {
    makeFolder(dataFolder);
    const state = await readJson({ path: paths.state, schema: savedStateSchema, deviceId, damage });
    const saved = await readJson({ path: paths.background, schema: savedBackgroundSchema, deviceId, damage });
    const site = await readJson({ path: paths.regions, schema: savedRegionsSchema, deviceId, damage });
    return {
      state: state?.state ?? null,
      zone: state?.zone ?? null,
      regions: site?.regions ?? [],
      learnedHeat: site?.learnedHeat ?? [],
      background: saved === null ? null : decodeBackground(saved),
      damage,
    };
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw machineFault(
      "data-folder-unusable",
      `The data folder ${dataFolder} cannot be used (${cause}): make it writable for this user or choose another with --data.`,
      { cause: error },
    );
  }
}

async function readJson<T extends { device: string }>(file: {
  path: string;
  schema: z.ZodType<T>;
  deviceId: string;
  damage: string[];
}): Promise<T | null> {
  const { path, schema, deviceId, damage } = file;
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  const value = parse(text, schema);
  if (value?.device === deviceId) return value;
  await rename(path, `${path}.damaged`);
  damage.push(`${path} was damaged and is kept as ${path}.damaged: what it said is lost.`);
  return null;
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
  readonly dataFolder: string;
  readonly deviceId: string;
  readonly nowMicros: () => number;
  /** Told once what is wrong when saving begins to fail, and null when it works again. */
  readonly onProblem: (problem: string | null) => void;
}

/** What is saved of a device's site. */
export type SavedSite = Pick<SavedDevice, "regions" | "learnedHeat">;

/** Saves a device's state, background and site; nobody waits for it, and of several waiting states only the newest is written. */
export class DeviceSaver {
  readonly #options: DeviceSaverOptions;
  readonly #paths: SavedDevicePaths;
  #state: Pick<SavedState, "state" | "zone"> | null = null;
  #background: BackgroundSnapshot | null = null;
  #site: SavedSite | null = null;
  #writing: Promise<void> | null = null;
  #problem: string | null = null;

  constructor(options: DeviceSaverOptions) {
    this.#options = options;
    this.#paths = savedDevicePaths(options.dataFolder, options.deviceId);
  }

  /** Saves a state soon, with that of the device's own zone; null where it runs none. */
  saveState(state: AlarmState, zone: ZoneState | null = null): void {
    this.#state = zone === null ? { state } : { state, zone };
    this.#work();
  }

  /** Saves regions and learnt heat soon. */
  saveSite(site: SavedSite): void {
    this.#site = site;
    this.#work();
  }

  /** Saves a background soon. */
  saveBackground(background: BackgroundSnapshot): void {
    this.#background = background;
    this.#work();
  }

  /** Resolves when everything given so far is on disk, or has failed to get there. */
  async settled(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
  }

  #work(): void {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = null;
    });
  }

  async #writeAll(): Promise<void> {
    while (this.#state !== null || this.#background !== null || this.#site !== null) {
      try {
        await this.#writeNext();
        this.#report(null);
      } catch (error) {
        this.#report(error instanceof Error ? error.message : String(error));
      }
    }
  }

  async #writeNext(): Promise<void> {
    const common = { device: this.#options.deviceId, savedAtMicros: this.#options.nowMicros() };
    const state = this.#state;
    if (state !== null) {
      this.#state = null;
      const saved: SavedState = { v: 1, ...common, ...state };
      await replaceFile(this.#paths.state, JSON.stringify(saved));
      return;
    }
    const site = this.#site;
    if (site !== null) {
      this.#site = null;
      const saved: SavedRegions = {
        v: 1,
        ...common,
        regions: [...site.regions],
        learnedHeat: site.learnedHeat,
      };
      await replaceFile(this.#paths.regions, JSON.stringify(saved));
      return;
    }
    const snapshot = this.#background;
    this.#background = null;
    if (snapshot === null) return;
    await replaceFile(this.#paths.background, JSON.stringify(encodeBackground({ ...common, snapshot })));
  }

  #report(problem: string | null): void {
    const changed = (problem === null) !== (this.#problem === null);
    this.#problem = problem;
    if (changed) this.#options.onProblem(problem);
  }
}
