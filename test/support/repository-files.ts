import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

/** Root of the checkout, absolute. */
export const repositoryRoot = resolve(import.meta.dirname, "../..");

/** A text file of the repository. */
export interface SourceFile {
  /** Path from the repository's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

const ignoredFolders = new Set(["node_modules", "dist", ".git", ".emberwatch", "coverage"]);

function walk(folder: string): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(join(repositoryRoot, folder), { withFileTypes: true })) {
    if (ignoredFolders.has(entry.name)) continue;
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) found.push(...walk(path));
    else if (entry.isFile()) found.push(path);
  }
  return found;
}

/** Files git knows or would add; all files where this is no git checkout (a source archive). */
function listPaths(): string[] {
  try {
    const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
      cwd: repositoryRoot,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const paths = listed.split("\0").filter((path) => path !== "");
    if (paths.length > 0) return paths;
  } catch {
    // Not a git checkout, or git refuses this folder: the walk below finds the same files.
  }
  return walk("");
}

/** Paths of the repository's own files, sorted; ignored and generated ones are left out. */
export function repositoryPaths(): readonly string[] {
  const present = (path: string) =>
    existsSync(join(repositoryRoot, path)) && statSync(join(repositoryRoot, path)).isFile();
  return [...new Set(listPaths())].filter(present).sort();
}

/** Text of one file of the repository. */
export function readRepositoryFile(path: string): string {
  return readFileSync(join(repositoryRoot, path), "utf8");
}

/** All TypeScript of the repository, without the AssemblyScript kernels, which are another language. */
export function typeScriptFiles(): readonly SourceFile[] {
  return repositoryPaths()
    .filter((path) => /\.tsx?$/.test(path) && !path.startsWith("src/kernels/assembly/"))
    .map((path) => ({ path, text: readRepositoryFile(path) }));
}
