import { chmodSync, copyFileSync, globSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import { buildKernels, compiledKernelPath, kernelNames } from "./build-kernels.ts";
import { bundledLicences } from "./bundled-licences.ts";
import { launcherSource, type NodeStart, shebang } from "./launcher-source.ts";
import { mqttOfNode } from "./mqtt-of-node.ts";

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

/** zod brings its sentences in some 50 languages, 370 kB of which we show English alone. */
const englishOnly: Plugin = {
  name: "english-only",
  setup(bundler) {
    bundler.onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: 'export { default as en } from "./en.js";',
    }));
  },
};

/** What a folder of programs is made of. */
interface ProgramFolder {
  /** Source files by the names of their bundles; the launcher starts `emberwatch-command`. */
  readonly entryPoints: Readonly<Record<string, string>>;
  readonly outputFolder: string;
  readonly version: string;
  readonly sourcemap: "linked" | false;
  /** Readable keeps the text as it was written; compact saves the memory and disk that it costs, names stay. */
  readonly text: "readable" | "compact";
  /** How the launcher starts Node. */
  readonly node: NodeStart;
}

/** Writes a folder that can be copied anywhere: launcher, bundles, kernels, and the licences of what is inside. */
export async function writeProgramFolder(what: ProgramFolder): Promise<void> {
  const { outputFolder } = what;
  mkdirSync(outputFolder, { recursive: true });
  await buildKernels();
  await bundlePrograms(what);
  for (const name of kernelNames())
    copyFileSync(compiledKernelPath(name), join(outputFolder, `${name}.wasm`));
  const launcherPath = join(outputFolder, "emberwatch.js");
  writeFileSync(launcherPath, shebang(what.node) + launcherSource);
  chmodSync(launcherPath, 0o755);
}

async function bundlePrograms(what: ProgramFolder): Promise<void> {
  const { entryPoints, outputFolder, version, sourcemap, text } = what;
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { ...entryPoints },
    outdir: outputFolder,
    bundle: true,
    // What a run does not need stays in a file of its own.
    splitting: true,
    minifyWhitespace: text === "compact",
    minifySyntax: text === "compact",
    plugins: [englishOnly, mqttOfNode],
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
