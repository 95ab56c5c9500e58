import { constants } from "node:fs";
import { access, type FileHandle, open, rename, rm } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { badInput, Failure, machineFault } from "#core/failure.ts";

/** What to do when the file to be written exists already. */
export type Overwrite = "refuse" | "replace";

/** Ending of a file that is still being written, or whose writer was killed. */
export const partialEnding = ".partial";

/**
 * A file that comes into being whole or not at all: written as PATH.partial, renamed to PATH by `commit`. The partial
 * file of a killed writer is kept, because it may be the only record of a fire: it stops a new one until moved away.
 */
export class PartialFile {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #overwrite: Overwrite;
  #position = 0;
  #isInFolder = false;

  private constructor(path: string, options: { readonly file: FileHandle; readonly overwrite: Overwrite }) {
    this.path = path;
    this.#file = options.file;
    this.#overwrite = options.overwrite;
  }

  /**
   * Begins PATH.partial. Throws Failure: "input" when PATH or PATH.partial exists and may not be replaced, or the folder
   * is missing or read-only; "machine" when the disk refuses.
   */
  static async create(path: string, overwrite: Overwrite): Promise<PartialFile> {
    if (overwrite === "refuse") await refuseExisting(path);
    const file = await open(path + partialEnding, overwrite === "refuse" ? "wx" : "w").catch(
      (error: unknown) => {
        throw writeFailure(path, error);
      },
    );
    return new PartialFile(path, { file, overwrite });
  }

  /** Bytes written so far. */
  get position(): number {
    return this.#position;
  }

  /** Appends bytes. Throws Failure("machine") when the disk refuses. */
  async write(bytes: Uint8Array): Promise<void> {
    let done = 0;
    try {
      while (done < bytes.length) {
        const { bytesWritten } = await this.#file.write(
          bytes,
          done,
          bytes.length - done,
          this.#position + done,
        );
        done += bytesWritten;
      }
    } catch (error) {
      throw writeFailure(this.path, error);
    }
    this.#position += bytes.length;
  }

  /** Makes everything written so far survive a power cut. */
  async sync(): Promise<void> {
    try {
      await this.#file.datasync();
      // Without it the bytes would survive, but not the name by which to find them.
      if (!this.#isInFolder) await syncFolder(dirname(this.path));
      this.#isInFolder = true;
    } catch (error) {
      throw writeFailure(this.path, error);
    }
  }

  /** Completes the file under its own name. Throws Failure("input") when that name was taken meanwhile. */
  async commit(): Promise<void> {
    try {
      await this.#file.sync();
      await this.#file.close();
      if (this.#overwrite === "refuse") await refuseExisting(this.path, "renaming");
      await rename(this.path + partialEnding, this.path);
      await syncFolder(dirname(this.path));
    } catch (error) {
      throw error instanceof Failure ? error : writeFailure(this.path, error);
    }
  }

  /** Closes the file as it is, under its partial name. */
  async leave(): Promise<void> {
    await this.#file.close();
  }

  /** Gives up: nothing is left behind. */
  async discard(): Promise<void> {
    await this.leave();
    await rm(this.path + partialEnding, { force: true });
  }
}

async function refuseExisting(path: string, stage: "beginning" | "renaming" = "beginning"): Promise<void> {
  if (await exists(path))
    throw badInput("output-exists", `${path} exists already: choose another name, or move it away first.`);
  if (stage === "beginning" && (await exists(path + partialEnding)))
    throw badInput(
      "output-exists",
      `${path}${partialEnding} was left when writing it was interrupted: a recording can still be read; choose another name, or move it away first.`,
    );
}

async function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}

/** The new name survives a power cut only when its folder was written too; some file systems cannot do that. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code !== "EINVAL" && code !== "ENOTSUP") throw error;
  } finally {
    await handle.close();
  }
}

/** Says why a file could not be written: the user's choice of place, or the machine. */
export function writeFailure(path: string, error: unknown): Failure {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
  const options = { cause: error };
  if (code === "ENOENT" || code === "ENOTDIR")
    return badInput(
      "output-folder-missing",
      `The folder of ${path} does not exist: create it first.`,
      options,
    );
  if (code === "EACCES" || code === "EPERM" || code === "EROFS")
    return badInput("output-not-writable", `${path} may not be written: choose another folder.`, options);
  if (code === "EISDIR" || code === "EEXIST")
    return badInput("output-exists", `${basename(path)} exists already in ${dirname(path)}.`, options);
  return machineFault(
    "output-write-failed",
    `${path} could not be written (${code}): free space on the disk.`,
    options,
  );
}
