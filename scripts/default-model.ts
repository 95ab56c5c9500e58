import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { DataCard } from "#learning/dataset/data-card.ts";
import { physicsVersion } from "#simulation/physics-version.ts";
import { scenarioLibrary } from "#simulation/scenario/scenario-library.ts";

/** Name of the model that is delivered, and of what is said about it, in the folder `models`. */
export const modelName = "default.tar.gz";
/** See `modelName`. */
export const manifestName = "default.json";
/** A device downloads it over whatever line it has. */
export const modelBytesMax = 5_000_000;

const sha256Pattern = /^[0-9a-f]{64}$/;
const manifestSchema = z.object({
  format: z.literal("emberwatch-default-model/1"),
  /** SHA-256 of the file. */
  sha256: z.string().regex(sha256Pattern),
  bytes: z.int().positive(),
  packageHash: z.string(),
  seed: z.int(),
  samples: z.int(),
  dataSha256: z.string().regex(sha256Pattern),
  physicsVersion: z.string(),
  softwareVersion: z.string(),
  isSigned: z.boolean(),
  /** What makes the same file again. */
  command: z.string(),
});

/** What is said of the default model beside it. */
export type DefaultModelManifest = z.infer<typeof manifestSchema>;

/** Rows beyond those asked for: the episode that is under way is finished, and so is its twin. */
const surplusRowsMax = 2 * Math.max(...scenarioLibrary.map(({ longestSeconds }) => longestSeconds));

/** In what a data set is not the one that is asked for, in a few words; null when it is. */
export function otherDataText(
  card: Pick<DataCard, "origin" | "seed" | "physicsVersion" | "rows">,
  wish: { readonly seed: number; readonly samples: number },
): string | null {
  const surplusRows = card.rows - wish.samples;
  const isWished =
    card.origin === "simulation" &&
    card.seed === wish.seed &&
    card.physicsVersion === physicsVersion &&
    surplusRows >= 0 &&
    surplusRows < surplusRowsMax;
  return isWished ? null : `${card.rows} rows, seed ${card.seed}, physics ${card.physicsVersion}`;
}

/** SHA-256 in hexadecimal. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** What is wrong with the model in a folder, as sentences; null where there is none. Throws when the manifest is no such file. */
export async function defaultModelFaults(folder: string): Promise<readonly string[] | null> {
  const bytes = await readFile(join(folder, modelName)).catch(() => null);
  const text = await readFile(join(folder, manifestName), "utf8").catch(() => null);
  if (bytes === null && text === null) return null;
  if (bytes === null) return [`${manifestName} stands without ${modelName}.`];
  if (text === null) return [`${modelName} stands without ${manifestName}.`];
  const manifest = manifestSchema.parse(JSON.parse(text));
  const faults: string[] = [];
  if (bytes.length >= modelBytesMax)
    faults.push(`${modelName} has ${bytes.length} bytes: too many to deliver.`);
  if (sha256Of(bytes) !== manifest.sha256)
    faults.push(
      `${modelName} is not the file of which ${manifestName} speaks: make it again, or put it back.`,
    );
  return faults;
}
