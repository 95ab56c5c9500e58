import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { badInput } from "#core/failure.ts";
import { loadTrainingKernels } from "#kernels/load-training-kernels.ts";
import { type HeldOutVariant, heldOutInputs, holdFamiliesOut } from "#learning/honesty/family-hold-out.ts";
import { type HoldOutReport, holdOutPage, inputsText } from "#learning/honesty/hold-out-page.ts";
import { openTrainingData } from "#learning/training/open-training-data.ts";
import { nativeEngine } from "#learning/training/training-engine.ts";
import { PartialFile } from "#recording/partial-file.ts";
import type { Invocation } from "../command.ts";
import { numberOption } from "../parse-arguments.ts";
import { stopSignal } from "../stop-signal.ts";
import { textTable } from "../text-table.ts";
import { TrainingProgress } from "./training-progress.ts";

const seedsMax = 2 ** 31 - 1;
const heads = ["flaming", "slow-heat"] as const;
/** What has no meaning here: inputs are what is compared, boosting is the only member, and nothing is packed. */
const otherOptions = ["out", "schema", "engine", "key", "workers"] as const;
const otherSwitches = ["scene-levels"] as const;

/** Compares inputs by families held out and writes the table; no package. */
export async function runHoldOutFamilies(invocation: Invocation): Promise<number> {
  const { values, switches, output } = invocation;
  const path = values["data"];
  const folder = values["hold-out-families"]!;
  if (path === undefined) throw badInput("usage", "Name the data set to compare inputs on with --data DIR.");
  const misplaced =
    otherOptions.find((name) => values[name] !== undefined) ??
    otherSwitches.find((name) => switches.has(name));
  if (misplaced !== undefined)
    throw badInput("usage", `--${misplaced} means nothing with --hold-out-families: leave it out.`);
  const seed = numberOption(invocation, "seed", { kind: "integer", min: 0, max: seedsMax, default: 1 });
  const impossible = switches.has("strict") ? "refuse" : "warn";
  const data = await openTrainingData(path, { schema: null, impossible });
  if (data.kind === "table" || data.schema !== "region")
    throw badInput("training-data", `${path} knows no families and regions: name a rendered data set.`);
  await mkdir(folder, { recursive: true });
  const progress = new TrainingProgress(invocation);
  const stop = stopSignal();
  const abort = new AbortController();
  void stop.requested.then(() => abort.abort(new Error("interrupted")));
  const wish = {
    seed,
    sceneLevels: "left-out",
    workers: 1,
    engine: nativeEngine,
    kernels: loadTrainingKernels(),
    signal: abort.signal,
    onProgress: (step: string, share: number) => progress.show(step, share),
  } as const;
  const variants: HeldOutVariant[] = [];
  try {
    for (const head of heads)
      for (const inputs of heldOutInputs) {
        const variant = await holdFamiliesOut(data, { head, ...inputs }, wish);
        if (variant !== null) variants.push(variant);
      }
  } catch (error) {
    if (!abort.signal.aborted) throw error;
    output.note("Interrupted; no comparison was written.");
    return 1;
  } finally {
    progress.clear();
    stop.release();
  }
  const report: HoldOutReport = {
    format: "emberwatch-hold-out/1",
    data: { path, sha256: data.sha256 },
    seed,
    variants,
  };
  await writeWhole(join(folder, "hold-out.html"), holdOutPage(report));
  await writeWhole(join(folder, "hold-out.json"), `${JSON.stringify(report, null, 1)}\n`);
  if (switches.has("json")) await output.json({ type: "summary", folder, ...report });
  else for (const line of textTable(linesOf(variants))) await output.line(line);
  return 0;
}

async function writeWhole(path: string, text: string): Promise<void> {
  const file = await PartialFile.create(path, "replace");
  await file.write(Buffer.from(text));
  await file.commit();
}

function linesOf(variants: readonly HeldOutVariant[]): string[][] {
  const counted = (one: HeldOutVariant, kind: "fire" | "no fire") => {
    const own = one.families.filter((family) => family.kind === kind);
    const sum = (of: "answeredYes" | "episodes") => own.reduce((total, family) => total + family[of], 0);
    return `${sum("answeredYes")} of ${sum("episodes")}`;
  };
  return [
    ["head", "inputs", "lots", "AUC by row", "AUC by episode", "threshold", "fires found", "false episodes"],
    ...variants.map((one) => [
      one.head,
      inputsText(one),
      String(one.lots),
      one.rocAucByRow.toFixed(4),
      one.rocAucByEpisode.toFixed(4),
      one.threshold.toFixed(3),
      counted(one, "fire"),
      counted(one, "no fire"),
    ]),
  ];
}
