import { join } from "node:path";
import { badInput } from "#core/failure.ts";
import { datasetFaults, faultsText } from "#learning/dataset/dataset-faults.ts";
import { describeDataset } from "#learning/dataset/describe-dataset.ts";
import { descriptionPage } from "#learning/dataset/description-page.ts";
import { openDataset } from "#learning/dataset/open-dataset.ts";
import { renderFrame } from "#learning/dataset/typical-frames.ts";
import { PartialFile } from "#recording/partial-file.ts";
import { physicsVersion } from "#simulation/physics-version.ts";
import { scenarioLibrary } from "#simulation/scenario/scenario-library.ts";
import type { Invocation } from "../command.ts";
import { numberOption } from "../parse-arguments.ts";
import { ProgressLine } from "../progress-line.ts";

const framesDefault = 40;
const framesMax = 200;

/** Writes the page that shows what is in a data set; exit code 1 when something in it would let a model cheat. */
export async function runDatasetDescribe(invocation: Invocation, paths: readonly string[]): Promise<number> {
  const [folder, extra] = paths;
  if (folder === undefined || extra !== undefined)
    throw badInput("usage", "Name the folder of one data set: emberwatch dataset describe DIR.");
  const frames = numberOption(invocation, "pictures", {
    kind: "integer",
    min: 0,
    max: framesMax,
    default: framesDefault,
  });
  const out = invocation.values["out"] ?? join(folder, "description.html");
  // First, so that a folder that there is not is not called one that cannot be written.
  const dataset = await openDataset(folder);
  const file = await PartialFile.create(out, "refuse");
  const progress = new ProgressLine(invocation.output, "describing:");
  try {
    const isOurs = dataset.card.origin === "simulation" && dataset.card.physicsVersion === physicsVersion;
    const description = await describeDataset(dataset, {
      framesMax: frames,
      render: isOurs ? (place) => renderFrame(place, scenarioLibrary) : null,
      onProgress: (step) => progress.show(step),
    });
    await file.write(Buffer.from(descriptionPage(description)));
    await file.commit();
    progress.clear();
    const faults = datasetFaults(description);
    const { impossibleRows, leaks, waysToCheat } = faults;
    const scores = description.cheating?.scores ?? [];
    if (invocation.switches.has("json"))
      await invocation.output.json({
        type: "summary",
        page: out,
        ...faults,
        scores,
      });
    else await invocation.output.line(`${out}: ${faultsText(faults)}`);
    return leaks + waysToCheat + impossibleRows > 0 ? 1 : 0;
  } catch (error) {
    progress.clear();
    await file.discard().catch(() => {});
    throw error;
  }
}
