import { globSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { build } from "esbuild";
import { bundledLicences } from "./bundled-licences.ts";

const root = resolve(import.meta.dirname, "..");

/** Compiled accelerators of the package ws, which are not installed: it works without them. */
const absentAccelerators = ["bufferutil", "utf-8-validate"];

/** A compiled package that the command loads where it is installed. */
const compiledPackages = ["koffi"];

/** Programs of worker threads and further processes, each a bundle beside the command's (see core/worker-program.ts). */
export function workerPrograms(): Record<string, string> {
  const paths = globSync("src/**/*-worker.ts", { cwd: root });
  return Object.fromEntries(paths.map((path) => [basename(path, ".ts"), path]));
}

/** Bundles programs into a folder that can be copied anywhere, with the licences of what is inside. */
export async function bundlePrograms(what: {
  /** Source files by the names of their bundles. */
  readonly entryPoints: Readonly<Record<string, string>>;
  readonly outputFolder: string;
  readonly version: string;
  readonly sourcemap: "linked" | false;
}): Promise<void> {
  const { entryPoints, outputFolder, version, sourcemap } = what;
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { ...entryPoints },
    outdir: outputFolder,
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    external: [...absentAccelerators, ...compiledPackages],
    // Packages written for CommonJS call require, which an ES module does not have.
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
    define: { bundledVersion: JSON.stringify(version) },
    sourcemap,
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  });
  const licences = bundledLicences({ root, bundledPaths: Object.keys(metafile.inputs) });
  writeFileSync(join(outputFolder, "licences.md"), licences);
}
