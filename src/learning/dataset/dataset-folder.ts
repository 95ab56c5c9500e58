import { createHash } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { badInput, machineFault } from "#core/failure.ts";
import { makeFolder } from "#recording/make-folder.ts";
import { type DataCard, dataCardMarkdown, dataCardName } from "./data-card.ts";
import { type SplitName, splitNames } from "./dataset-columns.ts";
import { datasetGaps, type PlannedScenarios } from "./dataset-gaps.ts";
import { DatasetTally, type RowName } from "./dataset-tally.ts";
import { EpisodeLog } from "./episode-log.ts";
import { HashedFile } from "./hashed-file.ts";
import { ParquetSplit } from "./parquet-split.ts";
import { type CsvFeatures, type CsvTarget, SageMakerCsv } from "./sagemaker-csv.ts";

const partialFolder = ".partial";
const planName = "plan.json";
const logName = "episodes.bin";

/** What a card says besides its counts and files. */
export type CardText = Omit<DataCard, keyof DatasetTally["counts"] | "files" | "contentSha256" | "format">;

/** What to write beside Parquet and card; null for nothing. */
export interface CsvWish {
  readonly target: CsvTarget;
  readonly features: CsvFeatures;
}

/**
 * The folder of a data set while it comes into being: finished episodes wait in `.partial` until all are there, then the
 * files are written, the card last, and `.partial` goes. Nothing that is there already is ever overwritten, except what
 * an interrupted run of the same plan has left.
 */
export class DatasetFolder {
  readonly log: EpisodeLog;
  readonly #path: string;

  private constructor(path: string, log: EpisodeLog) {
    this.#path = path;
    this.log = log;
  }

  /**
   * Begins a data set, or goes on with an interrupted one of the same plan (any JSON; compared as text). Throws
   * `badInput` when the folder holds something else.
   */
  static async open(path: string, plan: unknown): Promise<DatasetFolder> {
    const partial = join(path, partialFolder);
    const planText = `${JSON.stringify(plan, null, 2)}\n`;
    const found = await existingPlan(path);
    if (found !== null && found !== planText)
      throw badInput(
        "dataset-other-plan",
        `${partial} was left by an interrupted run with other options or another version: give those again, or choose another folder.`,
      );
    if (found === null) {
      try {
        makeFolder(partial);
        await writeFile(join(partial, planName), planText, { flag: "wx" });
      } catch (error) {
        throw machineFault(
          "dataset-folder",
          `${path} could not be made: check the disk and its permissions.`,
          {
            cause: error,
          },
        );
      }
    }
    return new DatasetFolder(path, await EpisodeLog.open(join(partial, logName)));
  }

  /**
   * Writes the files out of the log, the card last, and removes `.partial`. Throws `badInput` at impossible rows unless
   * they are allowed; the finished episodes stay then.
   */
  async finish(options: {
    readonly card: CardText;
    /** Scenarios that could be in each split; null where nobody planned any. */
    readonly planned: PlannedScenarios | null;
    readonly csv: CsvWish | null;
    readonly impossible: "refuse" | "allow";
    /** Names a row that is refused; by its episode when left out. */
    readonly rowName?: RowName;
  }): Promise<DataCard> {
    const tally = new DatasetTally(options.rowName);
    for await (const episode of this.log.read()) tally.add(episode);
    if (options.impossible === "refuse" && tally.impossible.rows > 0) refuseImpossible(tally);
    const files = await this.#writeFiles(options.csv, tally);
    const card: DataCard = {
      format: "emberwatch-dataset",
      ...options.card,
      ...tally.counts,
      knownGaps: [...options.card.knownGaps, ...datasetGaps(tally, options.planned)],
      contentSha256: hashOfContent(files),
      files,
    };
    await this.#writeText("data-card.md", dataCardMarkdown(card));
    await this.#writeText(dataCardName, `${JSON.stringify(card, null, 2)}\n`);
    await this.log.close();
    await rm(join(this.#path, partialFolder), { recursive: true, force: true });
    return card;
  }

  /** Stops; finished episodes stay for the next run. */
  async leave(): Promise<void> {
    await this.log.close();
  }

  /** Gives up a folder in which nothing is worth keeping. */
  async discard(): Promise<void> {
    await this.log.close();
    await rm(join(this.#path, partialFolder), { recursive: true, force: true });
    for (const split of splitNames)
      for (const ending of ["parquet", "csv.gz"]) await rm(this.#file(split, ending), { force: true });
    const left = await readdir(this.#path);
    if (left.length === 0) await rm(this.#path, { recursive: true });
  }

  async #writeFiles(csv: CsvWish | null, tally: DatasetTally): Promise<DataCard["files"]> {
    const files: DataCard["files"] = [];
    for (const split of splitNames) {
      const labels = Object.values(tally.counts.rowsBySplit[split] ?? {});
      const rows = labels.reduce((sum, count) => sum + count, 0);
      const writers = [
        { name: `${split}.parquet`, writer: await ParquetSplit.create(this.#file(split, "parquet")) },
      ];
      const table =
        csv === null
          ? null
          : { name: `${split}.csv.gz`, writer: await SageMakerCsv.create(this.#file(split, "csv.gz"), csv) };
      const all = table === null ? writers : [...writers, table];
      try {
        for await (const episode of this.log.read()) {
          if (episode.words.split !== split) continue;
          for (const { writer } of all) await writer.add(episode);
        }
      } catch (error) {
        for (const { writer } of all) await writer.discard();
        throw error;
      }
      for (const { name, writer } of all) files.push({ name, split, rows, ...(await writer.finish()) });
    }
    return files;
  }

  #file(split: SplitName, ending: string): string {
    return join(this.#path, `${split}.${ending}`);
  }

  async #writeText(name: string, text: string): Promise<void> {
    const file = await HashedFile.create(join(this.#path, name));
    await file.write(Buffer.from(text));
    await file.commit();
  }
}

/** The plan of an interrupted run; null where the folder is new or empty. */
async function existingPlan(path: string): Promise<string | null> {
  const entries = await readdir(path).catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "ENOENT") return [] as string[];
    if (code === "ENOTDIR") throw badInput("output-exists", `${path} is a file: choose another folder.`);
    throw machineFault("dataset-folder", `${path} could not be read: check the disk.`, { cause: error });
  });
  if (entries.length === 0) return null;
  const isComplete = entries.includes(dataCardName);
  if (!entries.includes(partialFolder) || isComplete)
    throw badInput(
      "output-exists",
      `${path} ${isComplete ? "holds a data set already" : "is not empty"}: choose another folder.`,
    );
  const plan = join(path, partialFolder, planName);
  return readFile(plan, "utf8").catch((error: unknown) => {
    throw badInput("dataset-other-plan", `${plan} cannot be read: choose another folder.`, { cause: error });
  });
}

function refuseImpossible(tally: DatasetTally): never {
  const { impossible } = tally;
  const rules = impossible.byRule.map(({ what, rows }) => `${what} (${rows})`).join("; ");
  throw badInput(
    "impossible-rows",
    `${impossible.rows} of ${tally.counts.rows} rows are impossible: ${rules}. The first: ${impossible.first}. Mend the data, or say --allow-impossible.`,
  );
}

function hashOfContent(files: DataCard["files"]): string {
  const hash = createHash("sha256");
  for (const { name, sha256 } of files.filter((file) => file.name.endsWith(".parquet")))
    hash.update(`${name} ${sha256}\n`);
  return hash.digest("hex");
}
