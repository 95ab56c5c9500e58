import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * Folder of the real recordings, which are not part of this repository: `EMBERWATCH_RECORDINGS`, or `shared/recordings`
 * beside the checkout; null where there is none.
 */
export function realRecordingsFolder(): string | null {
  const folder =
    process.env["EMBERWATCH_RECORDINGS"] ?? resolve(import.meta.dirname, "../../../shared/recordings");
  return existsSync(folder) ? folder : null;
}

/** Options for `test(name, …)`: skips with a clear line where the real recordings are absent. */
export function needsRealRecordings(): { readonly skip: string | false } {
  return {
    skip:
      realRecordingsFolder() === null
        ? "real recordings absent: set EMBERWATCH_RECORDINGS to run this"
        : false,
  };
}

/** Path of one real recording; only called inside tests that need them. */
export function realRecording(...parts: readonly string[]): string {
  const folder = realRecordingsFolder();
  if (folder === null) throw new Error("real recordings absent");
  return join(folder, ...parts);
}
