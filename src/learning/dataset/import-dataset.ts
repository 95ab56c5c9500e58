import { basename } from "node:path";
import { badInput } from "#core/failure.ts";
import { regionSchemaId, wholePictureSchemaId } from "#core/features/feature-schema.ts";
import type { DataCard } from "./data-card.ts";
import { datasetLayoutVersion } from "./dataset-columns.ts";
import { type CsvWish, DatasetFolder } from "./dataset-folder.ts";
import { dealGroups } from "./deal-groups.ts";
import { episodeOfGroup, type ImportedGroup, importedRowsMax, placeOfRow } from "./imported-group.ts";
import type { SplitShares } from "./split-rule.ts";

/** What to import, and into what. */
export interface ImportWish {
  readonly folder: string;
  readonly groups: readonly ImportedGroup[];
  readonly shares: SplitShares;
  /** Another fold deals the groups otherwise. */
  readonly fold: number;
  readonly csv: CsvWish | null;
  readonly impossible: "refuse" | "allow";
  readonly licence: string;
  readonly softwareVersion: string;
}

/**
 * Makes a data set of labelled rows from outside. Whole groups go to the splits, those with a fire and those without
 * each by the shares. Throws `Failure` when the folder is taken, or at impossible rows unless they are allowed; nothing
 * is left behind then.
 */
export async function importDataset(wish: ImportWish): Promise<DataCard> {
  const rows = wish.groups.reduce((sum, group) => sum + group.rows.length, 0);
  if (rows === 0)
    throw badInput("import-empty", "There is no row to import: none of the seconds has a picture.");
  if (rows > importedRowsMax)
    throw badInput(
      "import-too-large",
      `${rows} rows are more than ${importedRowsMax}: import them in parts.`,
    );
  const folder = await DatasetFolder.open(wish.folder, { import: wish.softwareVersion });
  if (folder.log.episodes > 0) {
    await folder.leave();
    throw badInput(
      "output-exists",
      `${wish.folder} was left by an interrupted import: remove it, or choose another folder.`,
    );
  }
  try {
    const splits = dealGroups(wish);
    for (const [episode, group] of wish.groups.entries())
      await folder.log.append(episodeOfGroup(group, { episode, split: splits[episode]! }));
    return await folder.finish({
      card: cardText(wish),
      planned: null,
      csv: wish.csv,
      impossible: wish.impossible,
      rowName: ({ numbers }, row) => placeOfRow(wish.groups[numbers.episode]!, row),
    });
  } catch (error) {
    await folder.discard();
    throw error;
  }
}

function cardText(wish: ImportWish): Parameters<DatasetFolder["finish"]>[0]["card"] {
  const origins = [...new Set(wish.groups.map(({ origin }) => basename(origin)))];
  const hasRegions = wish.groups.some(({ rows }) => rows.some(({ source }) => source.regions.length > 0));
  const isNameless = wish.groups.some(({ grouping }) => grouping === "by content");
  return {
    layoutVersion: datasetLayoutVersion,
    origin: "import",
    title: origins.length === 1 ? `imported from ${origins[0]}` : `imported from ${origins.length} files`,
    softwareVersion: wish.softwareVersion,
    physicsVersion: null,
    seed: null,
    fold: wish.fold,
    splitShares: { ...wish.shares },
    roomRule: null,
    featureSchemas: hasRegions ? [wholePictureSchemaId, regionSchemaId] : [wholePictureSchemaId],
    licence: wish.licence,
    labelRule:
      "As whoever labelled it says: none, flaming, slow-heat or hidden; a plain fire or 1 is taken as flaming.",
    splitRule: isNameless
      ? "The table names no groups: its rows are taken as independent, and only equal rows are kept in one split. If rows come from one recording, results on the test split are better than life."
      : "Whole groups (recordings, incidents, groups of a table), never rows.",
    samplingPlan: `Everything that was given: ${origins.join(", ")}.`,
    knownGaps: [
      "Nothing is known of how the rows were measured and labelled but what stands above.",
      ...(hasRegions ? [] : ["There are no features of regions."]),
    ],
  };
}
