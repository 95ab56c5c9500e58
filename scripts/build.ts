import { execFileSync } from "node:child_process";
import { copyFileSync, globSync, readFileSync, rmSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { workerPrograms, writeProgramFolder } from "./bundle-programs.ts";

const root = resolve(import.meta.dirname, "..");
const outputFolder = join(root, "dist");

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };

/** The training scripts of the reference frameworks, which the command copies into made-up SageMaker jobs. */
function copyTrainingScripts(): void {
  for (const path of globSync("src/learning/frameworks/*.py", { cwd: root }))
    copyFileSync(join(root, path), join(outputFolder, basename(path)));
}

rmSync(outputFolder, { recursive: true, force: true });
await writeProgramFolder({
  entryPoints: { "emberwatch-command": "src/cli/main.ts", ...workerPrograms() },
  outputFolder,
  version,
  sourcemap: "linked",
  text: "readable",
  node: { flags: [], environment: {} },
});
copyTrainingScripts();
execFileSync(process.execPath, [join(root, "scripts/build-dashboard.ts")], { stdio: "inherit" });
const { size } = statSync(join(outputFolder, "emberwatch-command.js"));
console.log(`dist/emberwatch.js  ready (bundle ${Math.round(size / 1024)} KiB)`);
