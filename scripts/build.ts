import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { compiledKernelPath, kernelNames } from "./build-kernels.ts";

const root = resolve(import.meta.dirname, "..");
const outputFolder = join(root, "dist");

/**
 * The program that a shell starts. It stands apart from the bundle because an old Node refuses the bundle's imports
 * (node:sqlite, for one) before any line of it runs.
 */
const launcher = `#!/usr/bin/env node
if (Number(process.versions.node.split(".")[0]) >= 24) {
  await import("./emberwatch-command.js");
} else {
  console.error("emberwatch: Node 24 is needed, found " + process.version + ": install Node 24 and try again.");
  process.exitCode = 2;
}
`;

/** Compiled accelerators of the package ws, which are not installed: it works without them. */
const absentAccelerators = ["bufferutil", "utf-8-validate"];

async function bundleCommand(): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: { "emberwatch-command": "src/cli/main.ts" },
    outdir: outputFolder,
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    external: absentAccelerators,
    // Packages written for CommonJS call require, which an ES module does not have.
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
    sourcemap: "linked",
    legalComments: "linked",
    logLevel: "warning",
  });
  const launcherPath = join(outputFolder, "emberwatch.js");
  writeFileSync(launcherPath, launcher);
  chmodSync(launcherPath, 0o755);
}

function copyKernels(): void {
  for (const name of kernelNames())
    copyFileSync(compiledKernelPath(name), join(outputFolder, `${name}.wasm`));
}

rmSync(outputFolder, { recursive: true, force: true });
mkdirSync(outputFolder, { recursive: true });
execFileSync(process.execPath, [join(root, "scripts/build-kernels.ts")], { stdio: "inherit" });
await bundleCommand();
copyKernels();
execFileSync(process.execPath, [join(root, "scripts/build-dashboard.ts")], { stdio: "inherit" });
const { size } = statSync(join(outputFolder, "emberwatch-command.js"));
console.log(`dist/emberwatch.js  ready (bundle ${Math.round(size / 1024)} KiB)`);
