import { type FileHandle, open } from "node:fs/promises";

/** What a bad disk does with each write to an open file, from now on and in this whole process. */
export async function spoilDisk(write: () => Promise<never>): Promise<void> {
  const file = await open("/dev/null", "w");
  const handles = Object.getPrototypeOf(file) as FileHandle;
  await file.close();
  handles.write = write as unknown as FileHandle["write"];
}
