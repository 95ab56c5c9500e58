import { execFileSync } from "node:child_process";
import { closeSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A small file system of its own without a free byte. */
export interface FullDisk {
  readonly folder: string;
  /** Unmounts it. */
  release(): void;
}

/** Mounts and fills one; the reason where this user may not mount (run as root, or under `unshare -rm`). */
export async function fullDisk(): Promise<FullDisk | { readonly absent: string }> {
  const folder = await mkdtemp(join(tmpdir(), "emberwatch-full-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], { stdio: "pipe" });
  } catch (error) {
    rmSync(folder, { recursive: true });
    const { stderr = "" } = error as { stderr?: Buffer | string };
    return { absent: `no small file system can be mounted here: ${String(stderr).trim()}` };
  }
  return {
    folder,
    release() {
      execFileSync("umount", ["--lazy", folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Takes all the room that is left on the disk of a folder. */
export function fillUp(folder: string): void {
  const file = openSync(join(folder, "filler"), "a");
  try {
    for (let { bavail, bsize } = statfsSync(folder); bavail > 0; { bavail, bsize } = statfsSync(folder)) {
      writeSync(file, Buffer.alloc(Math.min(bavail * bsize, 1024 * 1024)));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  } finally {
    closeSync(file);
  }
}
