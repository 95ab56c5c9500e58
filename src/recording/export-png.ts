import { access, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PNG } from "pngjs";
import { badInput } from "#core/failure.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { type ExportInput, type ExportSummary, ExportTally } from "./export-input.ts";
import { ironPicture, pixelRange } from "./iron-palette.ts";
import { PartialFile, partialEnding, writeFailure } from "./partial-file.ts";

/** How pictures are drawn: the iron palette between coldest and hottest pixel, or the values themselves as 16-bit grey. */
export type PngStyle = "iron" | "grey16";

/** How to export pictures. */
export interface PngExport extends ExportInput {
  readonly style: PngStyle;
  /** Number of one picture, from 0: `path` is then a file. "all": `path` is a folder of frame-000000.png and so on. */
  readonly picture: number | "all";
}

/** Most pictures written to one folder; further ones are refused before anything is kept. */
export const pngPicturesMax = 1_000_000;

/**
 * Writes pictures as PNG. grey16 keeps every value exactly: hundredths of a kelvin or raw counts, as the summary's unit
 * says. Throws Failure("input") when the recording has no such picture, and those of `PartialFile`.
 */
export async function exportPng(input: PngExport): Promise<ExportSummary> {
  return input.picture === "all" ? exportAll(input) : exportOne(input, input.picture);
}

async function exportOne(input: PngExport, wanted: number): Promise<ExportSummary> {
  let index = 0;
  for await (const entry of input.entries()) {
    if (entry.kind !== "thermal") continue;
    if (index === wanted) {
      const file = await PartialFile.create(input.path, input.overwrite);
      await file.write(encodePng(entry.frame, input.style));
      await file.commit();
      return { pictures: 1, airSamples: 0, unit: entry.frame.unit, lost: 0 };
    }
    index += 1;
  }
  throw badInput(
    "export-no-picture",
    `The recording has ${index} pictures, so there is no picture ${wanted}: choose one from 0 to ${index - 1}.`,
  );
}

async function exportAll(input: PngExport): Promise<ExportSummary> {
  const folder = input.path + partialEnding;
  await refuseFolder(input);
  const tally = new ExportTally();
  try {
    await mkdir(folder);
    for await (const entry of input.entries()) {
      if (entry.kind === "thermal") {
        const number = tally.summary.pictures;
        if (number === pngPicturesMax)
          throw badInput(
            "export-too-large",
            `More than ${pngPicturesMax} pictures: export a shorter recording.`,
          );
        const name = `frame-${String(number).padStart(6, "0")}.png`;
        await writeFile(join(folder, name), encodePng(entry.frame, input.style));
      }
      tally.add(entry);
    }
    if (tally.summary.pictures === 0) throw badInput("export-no-picture", "The recording has no pictures.");
    await rename(folder, input.path);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error instanceof Error && "syscall" in error ? writeFailure(input.path, error) : error;
  }
  return tally.summary;
}

/** A folder is never replaced: it may hold more than an earlier export. */
async function refuseFolder(input: PngExport): Promise<void> {
  for (const path of [input.path, input.path + partialEnding]) {
    const taken = await access(path).then(
      () => true,
      () => false,
    );
    if (taken) throw badInput("output-exists", `${path} exists already: choose another folder.`);
  }
}

/** One picture as the bytes of a PNG file. */
export function encodePng(frame: ThermalFrame, style: PngStyle): Uint8Array {
  const { width, height } = frame;
  const png = new PNG({ width, height });
  if (style === "iron") {
    png.data = Buffer.from(ironPicture(frame, pixelRange(frame.pixels)));
    return PNG.sync.write(png, { inputColorType: 2, inputHasAlpha: false, colorType: 2 });
  }
  const values = Uint16Array.from(frame.pixels);
  png.data = Buffer.from(values.buffer);
  const grey = { bitDepth: 16 as const, colorType: 0 as const, inputColorType: 0 as const };
  return PNG.sync.write(png, { ...grey, inputHasAlpha: false });
}
