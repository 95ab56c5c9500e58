import { spawn } from "node:child_process";
import { access, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { parseDataCard } from "#learning/dataset/data-card.ts";
import { physicsVersion } from "#simulation/physics-version.ts";
import {
  type DefaultModelManifest,
  manifestName,
  modelBytesMax,
  modelName,
  otherDataText,
  sha256Of,
} from "./default-model.ts";

// Makes the model that is delivered, from one seed: the data set, the model, and what is said of it. Everything but seed
// and size is the product's own default. A data set that is there already, whole or begun, is gone on with.

const root = resolve(import.meta.dirname, "..");
const command = join(root, "src/cli/main.ts");
const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    samples: { type: "string", default: "50000" },
    data: { type: "string", default: join(root, ".emberwatch/default-data") },
    out: { type: "string", default: join(root, "models") },
    workers: { type: "string" },
    key: { type: "string" },
  },
});

/** Runs the command as a user does; its notes go to the terminal, its last line comes back. */
async function emberwatch(args: readonly string[]): Promise<string> {
  const workers = values.workers === undefined ? [] : ["--workers", values.workers];
  const child = spawn(process.execPath, [command, ...args, ...workers], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  const code = await new Promise<number | null>((done) => child.on("close", done));
  if (code !== 0) throw new Error(`emberwatch ${args.join(" ")} ended with ${code}: ${text.trim()}`);
  return text.trim().split("\n").at(-1) ?? "";
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

const { seed, samples, data, out, key } = values;
const cardPath = join(data, "data-card.json");
const plan = ["--samples", samples, "--seed", seed];
if (!(await isThere(cardPath))) await emberwatch(["dataset", "generate", ...plan, "--out", data]);
const card = parseDataCard(await readFile(cardPath, "utf8"), cardPath);
const other = otherDataText(card, { seed: Number(seed), samples: Number(samples) });
if (other !== null) throw new Error(`${data} holds another data set (${other}): move it away.`);

await mkdir(out, { recursive: true });
// The package is named after its file.
const draftFolder = join(out, "making");
await rm(draftFolder, { recursive: true, force: true });
await mkdir(draftFolder);
const draft = join(draftFolder, modelName);
const signing = key === undefined ? [] : ["--key", key];
const line = await emberwatch([
  "train",
  "--data",
  data,
  "--seed",
  seed,
  "--out",
  draft,
  "--json",
  ...signing,
]);
const summary = JSON.parse(line) as {
  readonly packageHash: string;
  readonly data: { readonly sha256: string };
  readonly heads: Readonly<Record<string, { readonly holdout: Readonly<Record<string, number | null>> }>>;
  readonly leftOut: readonly { readonly head: string }[];
};
const bytes = await readFile(draft);
if (bytes.length >= modelBytesMax)
  throw new Error(`The model has ${bytes.length} bytes, ${modelBytesMax} or more.`);
const manifest: DefaultModelManifest = {
  format: "emberwatch-default-model/1",
  sha256: sha256Of(bytes),
  bytes: bytes.length,
  packageHash: summary.packageHash,
  seed: Number(seed),
  samples: Number(samples),
  dataSha256: summary.data.sha256,
  physicsVersion,
  softwareVersion: card.softwareVersion,
  isSigned: key !== undefined,
  command: `npm run model:default -- --seed ${seed} --samples ${samples}${key === undefined ? "" : " --key FILE.pem"}`,
};
await rename(draft, join(out, modelName));
await rm(draftFolder, { recursive: true });
await writeFile(join(out, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
console.log(`${join(out, modelName)}: ${bytes.length} bytes, SHA-256 ${manifest.sha256}`);
const leftOut = new Set(summary.leftOut.map(({ head }) => head));
for (const [head, { holdout }] of Object.entries(summary.heads)) {
  const [value, low, high] = ["rocAuc", "rocAucLow", "rocAucHigh"].map(
    (name) => holdout[name]?.toFixed(3) ?? "–",
  );
  const fate = leftOut.has(head) ? "left out by the gate" : "in the package";
  console.log(`${head}: hold-out ROC AUC by row ${value} (${low} to ${high}), ${fate}`);
}
