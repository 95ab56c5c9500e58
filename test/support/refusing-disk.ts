import { readlinkSync } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { TestContext } from "node:test";

/** A folder whose disk takes nothing more from the moment at which a test says so, until it says otherwise. */
export interface RefusingDisk {
  /** "full": each write fails with ENOSPC. "hangs": each write waits for ever. */
  is: "well" | "full" | "hangs";
}

/** Lets a test say what the disk of a folder does with what is written to open files. */
export async function refusingDisk(context: TestContext, folder: string): Promise<RefusingDisk> {
  const disk: RefusingDisk = { is: "well" };
  const path = join(folder, ".handle");
  const file = await open(path, "w");
  const handles = Object.getPrototypeOf(file) as FileHandle;
  await file.close();
  await rm(path);
  const write = handles.write;
  const refuse = function (this: FileHandle, ...args: unknown[]): unknown {
    const isOurs = readlinkSync(`/proc/self/fd/${this.fd}`).startsWith(folder);
    if (!isOurs || disk.is === "well") return Reflect.apply(write, this, args);
    if (disk.is === "hangs") return new Promise(() => {});
    return Promise.reject(Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" }));
  };
  context.mock.method(handles, "write", refuse as FileHandle["write"]);
  return disk;
}
