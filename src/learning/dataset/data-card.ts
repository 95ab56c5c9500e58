import { z } from "zod";
import { badInput } from "#core/failure.ts";
import { labelNames, type SplitName, splitNames } from "./dataset-columns.ts";

/** Name of the card in a data set's folder; a folder with it is complete. */
export const dataCardName = "data-card.json";

/** How many rows have each label. */
const labelCountsSchema = z.record(z.enum(labelNames as readonly [string, ...string[]]), z.number());

const scenarioSchema = z.object({
  scenario: z.string(),
  family: z.string(),
  kind: z.string(),
  split: z.enum(splitNames),
  rooms: z.array(z.string()),
  episodes: z.number(),
  unlitTwins: z.number(),
  rows: z.number(),
  labels: labelCountsSchema,
});

const fileSchema = z.object({
  name: z.string(),
  split: z.enum(splitNames),
  rows: z.number(),
  bytes: z.number(),
  sha256: z.string(),
});

const cardSchema = z.object({
  format: z.literal("emberwatch-dataset"),
  layoutVersion: z.number(),
  /** Where the rows come from: our simulator, or files that somebody gave us. */
  origin: z.enum(["simulation", "import"]),
  title: z.string(),
  softwareVersion: z.string(),
  /** Null for imported data. */
  physicsVersion: z.string().nullable(),
  seed: z.number().nullable(),
  fold: z.number().nullable(),
  splitShares: z.record(z.enum(splitNames), z.number()),
  roomRule: z.string().nullable(),
  /** SHA-256 over name and SHA-256 of each Parquet file, in order: one word for the whole content. */
  contentSha256: z.string(),
  featureSchemas: z.array(z.string()),
  /** Feature columns that have a value in at least one row. */
  featureColumns: z.array(z.string()),
  licence: z.string(),
  labelRule: z.string(),
  splitRule: z.string(),
  samplingPlan: z.string(),
  knownGaps: z.array(z.string()),
  rows: z.number(),
  episodes: z.number(),
  maskedEpisodes: z.number(),
  /** Seconds without a valid picture, which have no row. */
  blindSeconds: z.number(),
  impossibleRows: z.number(),
  rowsBySplit: z.record(z.enum(splitNames), labelCountsSchema),
  episodesBySplit: z.record(z.enum(splitNames), z.number()),
  scenarios: z.array(scenarioSchema),
  files: z.array(fileSchema),
});

/** What a data set says about itself. Counts are rows where nothing else is said. */
export type DataCard = z.infer<typeof cardSchema>;

/** Reads a card. Throws `badInput` when the text is none. */
export function parseDataCard(text: string, path: string): DataCard {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw badInput("dataset-card", `${path} is no JSON: make the data set again.`, { cause: error });
  }
  const parsed = cardSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badInput(
    "dataset-card",
    `${path} is no data card that can be read (${issue?.path.join(".")}: ${issue?.message}): make the data set again.`,
  );
}

/** The card for people, as Markdown. */
export function dataCardMarkdown(card: DataCard): string {
  const made =
    card.origin === "simulation"
      ? `Rendered by emberwatch ${card.softwareVersion}, physics version ${card.physicsVersion}, seed ${card.seed}, fold ${card.fold}.`
      : `Imported by emberwatch ${card.softwareVersion}.`;
  return [
    `# Data card: ${card.title}`,
    "",
    made,
    "",
    `- ${card.rows} rows (one a second) of ${card.episodes} episodes; ${card.maskedEpisodes} episodes under an operator's mask; ${card.blindSeconds} seconds without a valid picture have no row; ${card.impossibleRows} impossible rows.`,
    `- Feature schemas: ${card.featureSchemas.join(", ")}; layout ${card.layoutVersion} (docs/guides/datasets.md).`,
    `- SHA-256 of the content: \`${card.contentSha256}\``,
    `- Licence: ${card.licence}`,
    "",
    "## Labels",
    "",
    card.labelRule,
    "",
    ...labelTable(card),
    "",
    "## Splits",
    "",
    card.splitRule,
    "",
    "## Which episodes, and how many",
    "",
    card.samplingPlan,
    "",
    ...scenarioTable(card),
    "",
    "## Known gaps",
    "",
    ...card.knownGaps.map((gap) => `- ${gap}`),
    "",
    "## Files",
    "",
    "| file | split | rows | bytes | SHA-256 |",
    "|---|---|---:|---:|---|",
    ...card.files.map(
      ({ name, split, rows, bytes, sha256 }) => `| ${name} | ${split} | ${rows} | ${bytes} | \`${sha256}\` |`,
    ),
    "",
  ].join("\n");
}

function labelTable(card: DataCard): readonly string[] {
  return [
    `| split | episodes | ${labelNames.join(" | ")} |`,
    `|---|---:|${labelNames.map(() => "---:|").join("")}`,
    ...splitNames.map((split: SplitName) => {
      const counts = labelNames.map((label) => card.rowsBySplit[split]?.[label] ?? 0);
      return `| ${split} | ${card.episodesBySplit[split] ?? 0} | ${counts.join(" | ")} |`;
    }),
  ];
}

function scenarioTable(card: DataCard): readonly string[] {
  return [
    `| scenario | family | split | rooms | episodes (twins) | rows | ${labelNames.join(" | ")} |`,
    `|---|---|---|---|---:|---:|${labelNames.map(() => "---:|").join("")}`,
    ...card.scenarios.map((one) => {
      const counts = labelNames.map((label) => one.labels[label] ?? 0);
      const episodes = `${one.episodes} (${one.unlitTwins})`;
      return `| ${one.scenario} | ${one.family} | ${one.split} | ${one.rooms.join(", ")} | ${episodes} | ${one.rows} | ${counts.join(" | ")} |`;
    }),
  ];
}
