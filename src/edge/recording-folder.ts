import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { makeFolder } from "#recording/make-folder.ts";
import { partialEnding } from "#recording/partial-file.ts";

/** Ending of the manifest beside a recording. */
export const manifestEnding = ".json";
const ending = ".mcap";
/** What is written to see whether a disk works: a block of most file systems, so that a full one has no room for it. */
const triedBytes = 4_096;

/** How much a folder may hold. */
export interface FolderLimits {
  readonly bytesMax: number;
  readonly filesMax: number;
}

interface HeldFile {
  readonly name: string;
  readonly bytes: number;
  readonly changedMs: number;
}

/** A folder of recordings with a limit, where the oldest go first. */
export class RecordingFolder {
  readonly path: string;
  readonly #prefix: string;

  /** Only files whose names begin with the prefix are looked at and removed. */
  constructor(path: string, prefix: string) {
    this.path = path;
    this.#prefix = prefix;
  }

  /**
   * Makes the folder where it is missing, and gives what a power cut left behind its name: NAME.mcap, or a free name
   * beside it. Returns the names of those files.
   */
  async recover(): Promise<readonly string[]> {
    makeFolder(this.path);
    const recovered: string[] = [];
    for (const name of await readdir(this.path)) {
      if (!name.startsWith(this.#prefix) || !name.endsWith(ending + partialEnding)) continue;
      const whole = name.slice(0, -partialEnding.length);
      const isTaken = (await readdir(this.path)).includes(whole);
      const free = isTaken ? await this.freeName(whole.slice(0, -ending.length)) : whole;
      await rename(join(this.path, name), join(this.path, free));
      recovered.push(free);
    }
    return recovered;
  }

  /** A file name that is not taken yet: BASE.mcap, BASE-2.mcap, … */
  async freeName(base: string): Promise<string> {
    const taken = new Set(await readdir(this.path));
    for (let part = 1; ; part += 1) {
      const name = `${base}${part === 1 ? "" : `-${part}`}${ending}`;
      if (!taken.has(name) && !taken.has(name + partialEnding)) return name;
    }
  }

  /** Removes the oldest files, with their manifests, until the limits hold; true when they do. Kept ones are passed over. */
  async trim(limits: FolderLimits, isKept: (name: string) => boolean): Promise<boolean> {
    const files = await this.#files();
    let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    let count = files.length;
    for (const file of files) {
      if (bytes <= limits.bytesMax && count <= limits.filesMax) return true;
      if (isKept(file.name)) continue;
      await rm(join(this.path, file.name), { force: true });
      await rm(join(this.path, file.name + manifestEnding), { force: true });
      bytes -= file.bytes;
      count -= 1;
    }
    return bytes <= limits.bytesMax && count <= limits.filesMax;
  }

  /** Names of the finished recordings. */
  async names(): Promise<readonly string[]> {
    const names = await readdir(this.path);
    return names.filter((name) => name.startsWith(this.#prefix) && name.endsWith(ending)).sort();
  }

  /** Writes a little, brings it to disk and removes it. Throws what the disk throws. */
  async tryDisk(): Promise<void> {
    const path = join(this.path, `${this.#prefix}try`);
    try {
      const file = await open(path, "w");
      try {
        await file.write(new Uint8Array(triedBytes), 0, triedBytes, 0);
        await file.datasync();
      } finally {
        await file.close();
      }
    } finally {
      await rm(path, { force: true });
    }
  }

  /** Names of the finished recordings without a manifest. */
  async withoutManifest(): Promise<readonly string[]> {
    const all = new Set(await readdir(this.path));
    return (await this.names()).filter((name) => !all.has(name + manifestEnding));
  }

  /** SHA-256 of a file in hexadecimal digits, and its size. */
  async hash(name: string): Promise<{ readonly sha256: string; readonly bytes: number }> {
    const path = join(this.path, name);
    const hash = createHash("sha256");
    await pipeline(createReadStream(path), hash);
    return { sha256: hash.digest("hex"), bytes: (await stat(path)).size };
  }

  /** Finished recordings and the one being written, the oldest first. */
  async #files(): Promise<readonly HeldFile[]> {
    const files: HeldFile[] = [];
    for (const name of await readdir(this.path)) {
      const isRecording = name.endsWith(ending) || name.endsWith(ending + partialEnding);
      if (!name.startsWith(this.#prefix) || !isRecording) continue;
      const { size, mtimeMs } = await stat(join(this.path, name));
      files.push({ name, bytes: size, changedMs: mtimeMs });
    }
    return files.sort((one, other) => one.changedMs - other.changedMs || (one.name < other.name ? -1 : 1));
  }
}
