import { createGzip, type Gzip } from "node:zlib";
import { wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import { featureColumnNames, labelNames, numberColumnNames } from "./dataset-columns.ts";
import type { EpisodeRows } from "./episode-rows.ts";
import { HashedFile, type WrittenFile } from "./hashed-file.ts";

/**
 * What the first column says. `flaming`, `slow-heat`: 1 where that label stands, else 0, for one head of a model each;
 * `fire`: 1 for either of them; `classes`: the label's code, 0 none, 1 flaming, 2 slow heat, 3 hidden.
 */
export const csvTargets = ["flaming", "slow-heat", "fire", "classes"] as const;

/** One of `csvTargets`. */
export type CsvTarget = (typeof csvTargets)[number];

/** Which features stand in the CSV: the 18, or those and the regions'. */
export type CsvFeatures = "whole-picture" | "regions";

/** Text is handed on in pieces of about this size. */
const pieceCharacters = 1 << 18;

/**
 * Writes rows as SageMaker's built-in algorithms read them: the target first, then the features, without a header,
 * packed by gzip; absent values are empty.
 */
export class SageMakerCsv {
  readonly #file: HashedFile;
  readonly #gzip: Gzip = createGzip({ level: 6 });
  readonly #target: CsvTarget;
  readonly #columns: number;
  readonly #written: Promise<void>;
  #text = "";

  private constructor(
    file: HashedFile,
    options: { readonly target: CsvTarget; readonly features: CsvFeatures },
  ) {
    this.#file = file;
    this.#target = options.target;
    this.#columns =
      options.features === "regions" ? featureColumnNames.length : wholePictureFeatureNames.length;
    this.#written = this.#copy();
    // A full disk is told when the file is finished.
    this.#written.catch(() => this.#gzip.destroy());
  }

  /** Begins the file. Throws as `HashedFile.create` does. */
  static async create(
    path: string,
    options: { readonly target: CsvTarget; readonly features: CsvFeatures },
  ): Promise<SageMakerCsv> {
    return new SageMakerCsv(await HashedFile.create(path), options);
  }

  /** Adds all rows of an episode. */
  async add(episode: EpisodeRows): Promise<void> {
    for (let row = 0; row < episode.rows; row += 1) {
      const first = row * numberColumnNames.length;
      let line = String(targetOf(episode.labels[row]!, this.#target));
      for (let k = 0; k < this.#columns; k += 1) line += `,${csvCell(episode.numbersByRow[first + k]!)}`;
      this.#text += `${line}\n`;
    }
    if (this.#text.length > pieceCharacters) await this.#drain();
  }

  /** Completes the file. */
  async finish(): Promise<WrittenFile> {
    await this.#drain();
    this.#gzip.end();
    await this.#written;
    return this.#file.commit();
  }

  /** Gives up: nothing is left behind. */
  async discard(): Promise<void> {
    this.#gzip.destroy();
    await this.#written.catch(() => {});
    await this.#file.discard();
  }

  async #drain(): Promise<void> {
    const text = this.#text;
    this.#text = "";
    const problem = await new Promise<Error | null>((resolve) => {
      this.#gzip.write(text, (error) => resolve(error ?? null));
    });
    if (problem === null) return;
    // The packer was given up because its output could not be written: that is what has to be told.
    await this.#written;
    throw problem;
  }

  async #copy(): Promise<void> {
    for await (const piece of this.#gzip) await this.#file.write(piece as Uint8Array);
  }
}

function targetOf(label: number, target: CsvTarget): number {
  const name = labelNames[label];
  if (target === "classes") return label;
  if (target === "fire") return name === "flaming" || name === "slow-heat" ? 1 : 0;
  return name === target ? 1 : 0;
}

/** A number as a cell of CSV, empty when absent. Nine digits give every 32-bit float back exactly. */
export function csvCell(value: number): string {
  return Number.isNaN(value) ? "" : String(Number(value.toPrecision(9)));
}
