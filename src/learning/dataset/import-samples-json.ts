import { z } from "zod";
import { badInput } from "#core/failure.ts";
import { wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import { GroupedRows } from "./grouped-rows.ts";
import { type ImportedGroup, importedRowsMax, vectorOf } from "./imported-group.ts";
import { labelCodeOf, labelWordsText } from "./label-word.ts";

const sampleSchema = z.object({
  features: z.record(z.string(), z.number().nullable()),
  label: z.union([z.number(), z.string(), z.boolean()]),
  group: z.union([z.string(), z.number()]).optional(),
});

const samplesSchema = z.object({
  features: z.array(z.string()).optional(),
  samples: z.array(sampleSchema).max(importedRowsMax),
});

/** True for JSON that is a list of samples of the older format. */
export function isSamplesJson(json: unknown): boolean {
  return typeof json === "object" && json !== null && "samples" in json;
}

/**
 * Reads the older data set format: `{"features": […18 names], "samples": [{"id": …, "features": {"t_mean": 25.1, …},
 * "label": 0}]}`. Throws `badInput` that names the first sample that is wrong.
 */
export function readSamplesJson(file: {
  readonly path: string;
  readonly json: unknown;
}): readonly ImportedGroup[] {
  const parsed = samplesSchema.safeParse(file.json);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path ?? [];
    throw badInput("import-samples", `${file.path}: ${shapeSentence(path)}`);
  }
  const rows = new GroupedRows({ origin: file.path, countedBy: "sample" });
  parsed.data.samples.forEach((sample, index) => {
    const missing = wholePictureFeatureNames.filter((name) => sample.features[name] === undefined);
    if (missing.length > 0)
      throw badInput(
        "import-samples",
        `${file.path}: sample ${index} lacks ${missing.join(", ")}: all 18 features must be named, null where a value is absent.`,
      );
    const vector = vectorOf(sample.features);
    if (vector.every((value) => Number.isNaN(value)))
      throw badInput(
        "import-samples",
        `${file.path}: sample ${index} has no value for any of the 18 features.`,
      );
    const label = labelCodeOf(String(sample.label));
    if (label === null)
      throw badInput(
        "import-label",
        `${file.path}: sample ${index} has the label "${sample.label}"; labels are ${labelWordsText}.`,
      );
    rows.add({ number: index, vector, label }, sample.group === undefined ? null : String(sample.group));
  });
  const groups = rows.finish();
  if (groups.length === 0) throw badInput("import-empty", `${file.path} holds no samples.`);
  return groups;
}

/** What the part of a file at a path has to be, where it is something else or absent. */
function shapeSentence([list, index, part]: readonly PropertyKey[]): string {
  if (list !== "samples") return "features is no list of the names of the features.";
  if (index === undefined) return `samples is no list of at most ${importedRowsMax} samples.`;
  const sample = `sample ${String(index)}`;
  if (part === "label")
    return `${sample} has no label that is a word or a number; labels are ${labelWordsText}.`;
  if (part === "features")
    return `${sample} has no features that are numbers by name, null where a value is absent.`;
  return part === "group"
    ? `${sample} has a group that is neither a word nor a number.`
    : `${sample} is no object with features and a label.`;
}
