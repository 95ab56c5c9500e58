import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { deviceEnvironment, deviceNodeFlags } from "#edge/node-flags.ts";
import { workerPrograms, writeProgramFolder } from "./bundle-programs.ts";
import { edgeManifest, type SourceManifest } from "./edge-manifest.ts";

// Makes dist-edge/emberwatch-edge-VERSION.tgz: what a device installs by `npm install FILE`.

const root = resolve(import.meta.dirname, "..");
const outputFolder = join(root, "dist-edge");
const packageFolder = join(outputFolder, "package");
const programFolder = join(packageFolder, "dist");
const model = "models/default.tar.gz";

/** Worker programs that a device has; the others belong to learning. */
const deviceWorkers = [
  "link-worker",
  "event-log-worker",
  "model-check-worker",
  "lepton-capture-worker",
  "i2c-worker",
  "spi-exchange-worker",
];

rmSync(outputFolder, { recursive: true, force: true });
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as SourceManifest;
const workers = Object.entries(workerPrograms()).filter(([name]) => deviceWorkers.includes(name));
if (workers.length !== deviceWorkers.length) throw new Error("a worker program of the device is missing");
await writeProgramFolder({
  entryPoints: { "emberwatch-command": "src/cli/edge/main.ts", ...Object.fromEntries(workers) },
  outputFolder: programFolder,
  version: manifest.version,
  sourcemap: false,
  text: "compact",
  node: { flags: deviceNodeFlags, environment: deviceEnvironment },
});
for (const name of ["LICENSE", "SECURITY.md"]) copyFileSync(join(root, name), join(packageFolder, name));
copyFileSync(join(root, "docs/guides/edge.md"), join(packageFolder, "README.md"));
mkdirSync(join(packageFolder, "models"));
copyFileSync(join(root, model), join(packageFolder, model));
writeFileSync(join(packageFolder, "package.json"), `${JSON.stringify(edgeManifest(manifest), null, 2)}\n`);
const answer = execFileSync(
  "npm",
  ["pack", packageFolder, "--pack-destination", outputFolder, "--json", "--ignore-scripts"],
  {
    encoding: "utf8",
  },
);
const [packed] = JSON.parse(answer) as { filename: string; unpackedSize: number }[];
if (packed === undefined) throw new Error("npm pack made nothing");
const { size } = statSync(join(outputFolder, packed.filename));
const kib = (bytes: number): string => `${Math.round(bytes / 1024)} KiB`;
console.log(`dist-edge/${packed.filename}  ${kib(size)}, installed ${kib(packed.unpackedSize)} and koffi`);
