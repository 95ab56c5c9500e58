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
import { buildKernels, compiledKernelPath, kernelNames } from "./build-kernels.ts";
import { bundlePrograms, workerPrograms } from "./bundle-programs.ts";
import { launcherSource } from "./launcher-source.ts";

const root = resolve(import.meta.dirname, "..");
const outputFolder = join(root, "dist");

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };

async function bundleCommand(): Promise<void> {
  await bundlePrograms({
    entryPoints: { "emberwatch-command": "src/cli/main.ts", ...workerPrograms() },
    outputFolder,
    version,
    sourcemap: "linked",
  });
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
