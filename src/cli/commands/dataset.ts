import { badInput } from "#core/failure.ts";
import type { Command, Invocation } from "../command.ts";
import { runDatasetDescribe } from "../dataset/dataset-describe.ts";
import { runDatasetGenerate } from "../dataset/dataset-generate.ts";
import { runDatasetImport } from "../dataset/dataset-import.ts";
import { defaultSplit } from "../dataset/dataset-options.ts";
import { inputOptions } from "../open-inputs.ts";

/** Which options belong to which word; one that does not is refused, so that none is overlooked in silence. */
const actions = {
  generate: ["samples", "seed", "fold", "split", "out", "workers", "csv", "csv-regions", "json"],
  import: [
    ...[
      "out",
      "split",
      "fold",
      "labels",
      "label",
      "licence",
      "allow-impossible",
      "csv",
      "csv-regions",
      "json",
    ],
    ...Object.keys(inputOptions),
  ],
  describe: ["out", "pictures", "json"],
} as const satisfies Record<string, readonly string[]>;

/** Makes, imports and describes data sets. */
export const datasetCommand: Command = {
  name: "dataset",
  summary: "Renders a data set out of simulated rooms, imports one, or shows what is in one.",
  usage: "generate --out DIR | import FILE… --out DIR | describe DIR  [options]",
  options: {
    out: {
      value: "DIR",
      help: "the folder to write (describe: the page, default DIR/description.html); nothing is overwritten",
    },
    samples: { value: "N", help: "generate: at least so many rows, one a second (default 50000)" },
    seed: { value: "N", help: "generate: one seed gives one data set, byte for byte (default 1)" },
    fold: { value: "N", help: "another division of families and rooms into splits (default 0)" },
    split: { value: "T/V/T", help: `per cent for train, validation and test (default ${defaultSplit})` },
    workers: {
      value: "N",
      help: "generate: threads (default: one for each core); changes nothing in the result",
    },
    csv: {
      value: "TARGET",
      help: "also CSV.gz for SageMaker; first column flaming, slow-heat, fire (0 or 1) or classes (0 to 3)",
    },
    "csv-regions": { value: null, help: "the CSV holds the features of the regions too, not only the 18" },
    labels: { value: "FILE", help: "import: labelled intervals of recordings and messages, as JSON or CSV" },
    label: {
      value: "LABEL",
      help: "import: what recordings and messages without intervals show from end to end",
    },
    licence: { value: "TEXT", help: "import: under which licence the data is, for the card" },
    "allow-impossible": { value: null, help: "import: keeps rows that cannot have been measured" },
    ...inputOptions,
    pictures: { value: "N", help: "describe: typical pictures to render again, one a family (default 40)" },
    json: { value: null, help: "prints a summary as JSON" },
  },
  examples: [
    "emberwatch dataset generate --samples 5000 --seed 1 --out fires",
    "emberwatch dataset describe fires",
    "emberwatch dataset import table.csv --out mine --csv flaming",
    "emberwatch dataset import night.mcap --labels incidents.json --out nights",
  ],
  notes:
    "An interrupted generate goes on where it was when the same command is given again. What the columns mean, how\n" +
    "labels and splits come about, and what can be imported: docs/guides/datasets.md.",
  async run(invocation) {
    const [word, ...paths] = invocation.positionals;
    if (word === undefined || !isAction(word))
      throw badInput("usage", `Say what to do with a data set: ${Object.keys(actions).join(", ")}.`);
    refuseOtherOptions(word, invocation);
    if (word === "generate" && paths.length > 0)
      throw badInput("usage", `"${paths[0]}" is not an option of dataset generate.`);
    if (word === "generate") return runDatasetGenerate(invocation);
    return word === "import" ? runDatasetImport(invocation, paths) : runDatasetDescribe(invocation, paths);
  },
};

function isAction(word: string): word is keyof typeof actions {
  return Object.hasOwn(actions, word);
}

function refuseOtherOptions(word: keyof typeof actions, invocation: Invocation): void {
  const own: readonly string[] = actions[word];
  const given = [...Object.keys(invocation.values), ...invocation.switches];
  const other = given.find((name) => !own.includes(name));
  if (other !== undefined) throw badInput("usage", `--${other} does not belong to dataset ${word}.`);
}
