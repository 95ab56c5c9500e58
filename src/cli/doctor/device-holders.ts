import { readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import type { DeviceHolder } from "./doctor-surroundings.ts";

/** Command lines are shown up to this length. */
const commandCharactersMax = 80;

/**
 * Other programs that have a device node open. The system shows only those of the same user, and all to root: an empty
 * answer is no promise.
 */
export async function deviceHolders(path: string): Promise<readonly DeviceHolder[]> {
  const pids = (await entriesOf("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const holders: DeviceHolder[] = [];
  for (const pid of pids) {
    if (pid !== process.pid && (await holds(pid, path))) holders.push({ pid, command: await commandOf(pid) });
  }
  return holders;
}

async function holds(pid: number, path: string): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  for (const descriptor of await entriesOf(folder)) {
    if ((await targetOf(join(folder, descriptor))) === path) return true;
  }
  return false;
}

async function commandOf(pid: number): Promise<string> {
  try {
    const words = (await readFile(`/proc/${pid}/cmdline`, "utf8")).split("\0");
    return words.join(" ").trim().slice(0, commandCharactersMax);
  } catch {
    return "unknown";
  }
}

/** A process that ends meanwhile, or belongs to somebody else, shows nothing. */
async function entriesOf(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}

async function targetOf(link: string): Promise<string | null> {
  try {
    return await readlink(link);
  } catch {
    return null;
  }
}
