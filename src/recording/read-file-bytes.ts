import { open } from "node:fs/promises";
import { badInput, type Failure, machineFault } from "#core/failure.ts";

/**
 * Reads a whole file of at most `bytesMax` bytes. Throws Failure: "input" where it is missing, a folder, empty or
 * too large; "machine" where the disk refuses.
 */
export async function readFileBytes(path: string, bytesMax: number): Promise<Uint8Array> {
  const file = await open(path, "r").catch((error: unknown) => {
    throw openFailure(path, error);
  });
  try {
    const stats = await file.stat();
    if (stats.isDirectory()) throw badInput("recording-is-folder", `${path} is a folder: name a file in it.`);
    if (stats.size === 0)
      throw badInput("recording-empty", `${path} is empty: record or copy it again, nothing can be read.`);
    if (stats.size > bytesMax)
      throw badInput(
        "recording-too-large",
        `${path} has ${stats.size} bytes, more than the ${bytesMax} that can be read: split it.`,
      );
    const bytes = new Uint8Array(stats.size);
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await file.close();
  }
}

/** Says why a file could not be opened: the user's doing (missing, not allowed) or the machine's. */
export function openFailure(path: string, error: unknown): Failure {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ENOENT" || code === "ENOTDIR")
    return badInput("recording-not-found", `${path} does not exist: check the name.`, { cause: error });
  if (code === "EACCES" || code === "EPERM")
    return badInput("recording-not-readable", `${path} may not be read: change its permissions.`, {
      cause: error,
    });
  return machineFault(
    "recording-read-failed",
    `${path} could not be read (${String(code)}): check the disk.`,
    { cause: error },
  );
}
