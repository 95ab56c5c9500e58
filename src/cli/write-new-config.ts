import { writeFile } from "node:fs/promises";
import { badInput, machineFault } from "#core/failure.ts";

/**
 * Writes a configuration into a file that is not there yet. Throws badInput "config-exists" rather than replace one, and
 * machineFault "config-not-written".
 */
export async function writeNewConfig(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: "wx" });
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === "EEXIST")
      throw badInput("config-exists", `${path} is there already: remove it or choose another --out.`);
    throw machineFault("config-not-written", `${path} cannot be written (${code}).`, { cause });
  }
}
