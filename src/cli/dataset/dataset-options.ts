import { badInput } from "#core/failure.ts";
import type { CsvWish } from "#learning/dataset/dataset-folder.ts";
import { csvTargets } from "#learning/dataset/sagemaker-csv.ts";
import { parseSplitShares, type SplitShares } from "#learning/dataset/split-rule.ts";
import type { Invocation } from "../command.ts";
import { choiceOption } from "../parse-arguments.ts";

/** Shares of the splits where none are given. */
export const defaultSplit = "60/20/20";

/** The folder to write; throws `Failure` ("usage") without one. */
export function outFolder(invocation: Invocation): string {
  const out = invocation.values["out"];
  if (out === undefined) throw badInput("usage", "Name the folder to write with --out DIR.");
  return out;
}

/** The shares of the splits. */
export function splitShares(invocation: Invocation): SplitShares {
  return parseSplitShares(invocation.values["split"] ?? defaultSplit);
}

/** The CSV that is wished for beside Parquet; null for none. */
export function csvWish(invocation: Invocation): CsvWish | null {
  const target = choiceOption(invocation, "csv", csvTargets);
  const withRegions = invocation.switches.has("csv-regions");
  if (target === null && withRegions) throw badInput("usage", "--csv-regions belongs to --csv: give both.");
  return target === null ? null : { target, features: withRegions ? "regions" : "whole-picture" };
}
