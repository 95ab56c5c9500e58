import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, join, resolve } from "node:path";
import { build } from "esbuild";
import { buildKernels, compiledKernelPath, kernelNames } from "./build-kernels.ts";
import { bundledLicences } from "./bundled-licences.ts";
import { launcherSource } from "./launcher-source.ts";

const root = resolve(import.meta.dirname, "..");
const outputFolder = join(root, "dist");

/** Compiled accelerators of the package ws, which are not installed: it works without them. */
const absentAccelerators = ["bufferutil", "utf-8-validate"];

/** A compiled package that the command loads where it is installed. */
const compiledPackages = ["koffi"];

/** Programs of worker threads, each a bundle beside the command's (see core/worker-program.ts). */
function workerPrograms(): Record<string, string> {
  const paths = globSync("src/**/*-worker.ts", { cwd: root });
  return Object.fromEntries(paths.map((path) => [basename(path, ".ts"), path]));
}

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };

async function bundleCommand(): Promise<void> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { "emberwatch-command": "src/cli/main.ts", ...workerPrograms() },
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
    // So that the folder can be copied anywhere.
    define: { bundledVersion: JSON.stringify(version) },
    sourcemap: "linked",
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  });
  const licences = bundledLicences({ root, bundledPaths: Object.keys(metafile.inputs) });
  writeFileSync(join(outputFolder, "licences.md"), licences);
  const launcherPath = join(outputFolder, "emberwatch.js");
  writeFileSync(launcherPath, launcherSource);
  chmodSync(launcherPath, 0o755);
}

function copyKernels(): void {
  for (const name of kernelNames())
    copyFileSync(compiledKernelPath(name), join(outputFolder, `${name}.wasm`));
}

/** The training scripts of the reference frameworks, which the command copies into made-up SageMaker jobs. */
function copyTrainingScripts(): void {
  for (const path of globSync("src/learning/frameworks/*.py", { cwd: root }))
    copyFileSync(join(root, path), join(outputFolder, basename(path)));
}

rmSync(outputFolder, { recursive: true, force: true });
mkdirSync(outputFolder, { recursive: true });
await buildKernels();
await bundleCommand();
copyKernels();
copyTrainingScripts();
execFileSync(process.execPath, [join(root, "scripts/build-dashboard.ts")], { stdio: "inherit" });
const { size } = statSync(join(outputFolder, "emberwatch-command.js"));
console.log(`dist/emberwatch.js  ready (bundle ${Math.round(size / 1024)} KiB)`);
