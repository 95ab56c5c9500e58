import { z } from "zod";
import { outlineCorners } from "#core/regions/outline.ts";
import { type PictureRegion, pictureRegionsMax } from "#core/regions/picture-region.ts";
import { ownThresholdsSchema } from "./region-schemas.ts";
import { scheduleTextSchema } from "./schedule-text.ts";

/** A corner is beyond the picture of no camera. */
const pixelsMax = 10_000;
const corner = z.number().min(0).max(pixelsMax);

const base = {
  name: z.string().min(1).max(100),
  outline: z
    .array(z.tuple([corner, corner]))
    .min(outlineCorners.min)
    .max(outlineCorners.max)
    .transform((corners) => corners.map(([x, y]) => ({ x, y })))
    .describe("corners [x, y] in pixels from the top left"),
  schedule: scheduleTextSchema.nullable().prefault(null).describe("when it holds; null: always"),
};

const maskSchema = z.strictObject({ kind: z.literal("mask"), ...base });
const hotZoneSchema = z.strictObject({
  kind: z.literal("hot-zone"),
  ...base,
  accepted: z
    .strictObject({
      peakCelsius: z.number(),
      areaPixels: z.number().positive(),
      by: z.string().min(1).max(100),
      on: z.iso.date("is a date like 2026-11-27"),
    })
    .transform(({ on, ...heat }) => ({ ...heat, atMicros: Date.parse(on) * 1_000 })),
});
const thresholdsSchema = z.strictObject({
  kind: z.literal("thresholds"),
  ...base,
  thresholds: ownThresholdsSchema,
});

/** Regions of the picture as somebody writes them into a file; what they mean together is checked by `checkPictureRegions`. */
export const regionsTextSchema = z
  .array(z.discriminatedUnion("kind", [maskSchema, hotZoneSchema, thresholdsSchema]))
  .max(pictureRegionsMax)
  .transform((regions) => regions as readonly PictureRegion[]);
