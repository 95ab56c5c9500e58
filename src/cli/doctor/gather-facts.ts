import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, mkdtemp, readdir, readFile, rm, stat, statfs } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { dashboardFolder } from "../dashboard-folder.ts";
import type { VideoDevice } from "./doctor-surroundings.ts";
import type { FolderState, ProgramFacts, VideoFacts } from "./program-facts.ts";

/** Where the firmware of a Raspberry Pi tells of its supply. */
const throttledPath = "/sys/devices/platform/soc/soc:firmware/get_throttled";

/** Where a computer of this kind says what it is. */
const modelPath = "/proc/device-tree/model";

/** Where the kernel lists cameras. */
const videoClass = "/sys/class/video4linux";

const ffmpegWaitMs = 10_000;

/** Looks at the program's surroundings; writes a file into the data folder, if it is there, and removes it. */
export async function gatherProgramFacts(dataFolder: string): Promise<ProgramFacts> {
  const path = resolve(dataFolder);
  return {
    nodeVersion: process.versions.node,
    pageFolder: dashboardFolder(),
    dataFolder: { path, state: await folderState(path) },
    throttled: await textOf(throttledPath),
  };
}

/** Whether this computer says that it is a Raspberry Pi. */
export async function isRaspberryPi(): Promise<boolean> {
  return (await textOf(modelPath))?.includes("Raspberry Pi") === true;
}

/** Looks at a camera on USB, and for ffmpeg. */
export async function gatherVideoFacts(path: string): Promise<VideoFacts> {
  const others = await videoDevices();
  return {
    device: others.find((device) => device.path === path) ?? { path, name: null },
    access: await accessOf(path),
    others,
    ffmpegVersion: await ffmpegVersion(),
  };
}

/** Cameras that there are, with their names. */
export async function videoDevices(): Promise<readonly VideoDevice[]> {
  const names = await entriesOf(videoClass);
  return Promise.all(
    names.map(async (name) => ({ path: `/dev/${name}`, name: await textOf(join(videoClass, name, "name")) })),
  );
}

/** Device nodes that begin so, for example "/dev/i2c-". */
export async function deviceNodes(beginning: string): Promise<readonly string[]> {
  const folder = dirname(beginning);
  const paths = (await entriesOf(folder)).map((name) => join(folder, name));
  return paths.filter((path) => path.startsWith(beginning)).sort();
}

/** A folder that is not there yet is made when the program starts, so its nearest parent counts. */
async function folderState(path: string): Promise<FolderState> {
  try {
    const folder = await nearestFolder(path);
    const probe = await mkdtemp(join(folder, ".emberwatch-doctor-"));
    await rm(probe, { recursive: true });
    const { bavail, bsize } = await statfs(folder);
    return { kind: "writable", freeBytes: bavail * bsize };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    return { kind: "not-writable", reason: reasons[code] ?? code };
  }
}

async function nearestFolder(path: string): Promise<string> {
  try {
    await stat(path);
    return path;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || dirname(path) === path) throw error;
    return nearestFolder(dirname(path));
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  ENOENT: "the system makes no folders there",
  EPERM: "permission denied",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  ENOTDIR: "it is no folder",
};

async function accessOf(path: string): Promise<VideoFacts["access"]> {
  try {
    await access(path, constants.R_OK | constants.W_OK);
    return "ok";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? "missing" : "permission-denied";
  }
}

async function ffmpegVersion(): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)("ffmpeg", ["-version"], { timeout: ffmpegWaitMs });
    return /^ffmpeg version \S+/.exec(stdout)?.[0] ?? "ffmpeg";
  } catch {
    // That it cannot be run is the finding.
    return null;
  }
}

/** A file's text without its line end; null when it cannot be read, which many machines do not have. */
async function textOf(path: string): Promise<string | null> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch {
    return null;
  }
}

async function entriesOf(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch {
    // A machine without such devices has no such folder.
    return [];
  }
}
