import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";

/** Why the fake devices cannot be had on this machine; null where they can. */
export function whyNoDeviceShim(): string | null {
  if (process.platform !== "linux" || (process.arch !== "x64" && process.arch !== "arm64")) {
    return `fake devices need 64-bit Linux, this is ${process.platform} on ${process.arch}`;
  }
  if (spawnSync("cc", ["--version"]).status !== 0) return "no C compiler (cc): install gcc";
  const headers = spawnSync("cc", ["-E", "-x", "c", "-", "-include", "linux/gpio.h"], { input: "" });
  return headers.status === 0 ? null : "no kernel headers (linux/gpio.h): install linux-libc-dev";
}

/** Compiles the fake devices into a folder; the path for LD_PRELOAD. Throws where the compiler complains. */
export function buildDeviceShim(folder: string): string {
  const library = join(folder, "device-shim.so");
  const source = join(import.meta.dirname, "device-shim.c");
  const flags = ["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror"];
  execFileSync("cc", [...flags, "-o", library, source, "-ldl", "-lpthread"]);
  return library;
}
