import { posix } from "node:path";
import { isTestFile, resolveSpecifier } from "./import-rules.ts";
import { moduleReferences } from "./module-references.ts";
import type { Finding, ParsedFile } from "./syntax-tree.ts";

/** What the search for dead files starts from. */
export interface DeadFileSearch {
  readonly files: readonly ParsedFile[];
  /** Paths of programs: what package.json's scripts, the command and web pages start. */
  readonly entryPoints: readonly string[];
}

function reach(startPaths: readonly string[], byPath: ReadonlyMap<string, ParsedFile>): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...startPaths];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const file = byPath.get(path);
    if (file === undefined || reached.has(path)) continue;
    reached.add(path);
    for (const { specifier } of moduleReferences(file)) {
      const target = specifier === null ? null : resolveSpecifier(path, specifier);
      if (target !== null) waiting.push(posix.normalize(target));
    }
  }
  return reached;
}

/** Product files that no program reaches (a test alone keeps nothing alive), and support files that no test reaches. */
export function findDeadFiles({ files, entryPoints }: DeadFileSearch): readonly Finding[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const fromPrograms = reach(entryPoints, byPath);
  const tests = files.filter((file) => isTestFile(file.path) && !file.path.endsWith(".contract.ts"));
  const fromTests = reach([...tests.map((file) => file.path), ...entryPoints], byPath);
  return files.flatMap(({ path }) => {
    if (path.endsWith(".d.ts") || fromPrograms.has(path)) return [];
    const isProduct = path.startsWith("src/") && !isTestFile(path);
    if (!isProduct && fromTests.has(path)) return [];
    const what =
      isProduct && fromTests.has(path) ? "only tests reach this file." : "nothing reaches this file.";
    return [{ path, line: 1, what, fix: "use it from a program, or delete it." }];
  });
}
