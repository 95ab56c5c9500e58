import { z } from "zod";
import { type Outline, outlineCorners } from "#core/regions/outline.ts";

/** Serialised shape of `Outline`. */
export const outlineSchema: z.ZodType<Outline> = z
  .array(z.strictObject({ x: z.number(), y: z.number() }))
  .min(outlineCorners.min)
  .max(outlineCorners.max)
  .readonly();
