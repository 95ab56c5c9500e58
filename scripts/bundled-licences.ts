import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface PackageManifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/** Folders (under `root`) of the packages that bundled files come from, for example node_modules/@mcap/core. */
function packageFolders(bundledPaths: readonly string[]): readonly string[] {
  const folders = bundledPaths.flatMap((path) => {
    const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
    return folder === undefined ? [] : [folder];
  });
  return [...new Set(folders)].sort();
}

function licenceOf(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as PackageManifest;
  const texts = readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|notice)/i.test(name))
    .map((name) => readFileSync(join(folder, name), "utf8").trim());
  const heading = `## ${manifest.name} ${manifest.version} (${manifest.license ?? "licence not stated"})`;
  return [heading, ...texts].join("\n\n");
}

/** The licences of all packages that went into a bundle, which most of them ask to be passed on, as one document. */
export function bundledLicences(input: {
  readonly root: string;
  /** Paths of the bundled files from `root`, as esbuild's metafile names them. */
  readonly bundledPaths: readonly string[];
}): string {
  const licences = packageFolders(input.bundledPaths).map((folder) => licenceOf(join(input.root, folder)));
  return `# Packages inside emberwatch-command.js\n\n${licences.join("\n\n")}\n`;
}
