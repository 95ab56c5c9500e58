import { open, rename } from "node:fs/promises";

/** Writes a whole file for its owner only, so that after a crash either the old one or the new one is there. */
export async function writeWholeFile(path: string, text: string): Promise<void> {
  const partial = `${path}.partial`;
  const file = await open(partial, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
}
