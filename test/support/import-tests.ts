import { globSync } from "node:fs";
import { resolve } from "node:path";

const sources = resolve(import.meta.dirname, "../../src");

/**
 * Registers all tests of some folders of `src` in this process. Starting one for each file, as `node --test` does,
 * costs more than most of these tests themselves; they share nothing, so that they may also share a process.
 */
export async function importTests(...folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    const paths = globSync(`${folder}/**/*.test.ts`, { cwd: sources }).sort();
    if (paths.length === 0) throw new Error(`There are no tests in src/${folder}.`);
    for (const path of paths) await import(resolve(sources, path));
  }
}
