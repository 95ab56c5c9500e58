import { z } from "zod";
import { type LearnedCell, learnedCellsMax } from "#core/regions/learned-heat.ts";
import type { PictureRegion } from "#core/regions/picture-region.ts";
import type { WeeklySchedule } from "#core/weekly-schedule.ts";
import { outlineSchema } from "./outline-schema.ts";

/** Serialised shape of `WeeklySchedule`. */
export const scheduleSchema: z.ZodType<WeeklySchedule> = z
  .array(
    z.strictObject({
      fromMinute: z.int().nonnegative().max(10_079),
      toMinute: z.int().nonnegative().max(10_080),
    }),
  )
  .max(168)
  .readonly();

const base = {
  name: z.string().min(1).max(100),
  outline: outlineSchema,
  schedule: scheduleSchema.nullable(),
};
const limit = z.number().positive().optional();

/** Serialised shape of `OwnThresholds`. */
export const ownThresholdsSchema = z.strictObject({
  fixedTemperature: z
    .strictObject({
      prealarmCelsius: limit,
      prealarmPixels: limit,
      prealarmSeconds: limit,
      alarmCelsius: limit,
      alarmPixels: limit,
      alarmSeconds: limit,
      hysteresisKelvin: limit,
    })
    .optional(),
  rateOfRise: z
    .strictObject({
      kelvinPerSecond: limit,
      celsius: limit,
      pixels: limit,
      seconds: limit,
      hysteresisKelvin: limit,
    })
    .optional(),
  regionGrowth: z
    .strictObject({
      alarmCelsius: limit,
      alarmPixelsPerSecond: limit,
      alarmPixels: limit,
      alarmSeconds: limit,
      confirmedSeconds: limit,
      flicker: limit,
      prealarmCelsius: limit,
      prealarmPixelsPerSecond: limit,
      prealarmSeconds: limit,
      hysteresisKelvin: limit,
    })
    .optional(),
  largeHeat: z
    .strictObject({
      celsius: limit,
      pixels: limit,
      meanExcessKelvin: limit,
      seconds: limit,
      hysteresisKelvin: limit,
    })
    .optional(),
});

/** Serialised shape of `PictureRegion`; what the values mean together is checked by `checkPictureRegions`. */
export const pictureRegionSchema: z.ZodType<PictureRegion> = z.discriminatedUnion("kind", [
  z.strictObject({ ...base, kind: z.literal("mask") }),
  z.strictObject({
    ...base,
    kind: z.literal("hot-zone"),
    accepted: z.strictObject({
      peakCelsius: z.number(),
      areaPixels: z.number().positive(),
      by: z.string().min(1).max(100),
      atMicros: z.int().nonnegative(),
    }),
  }),
  z.strictObject({
    ...base,
    kind: z.literal("thresholds"),
    thresholds: ownThresholdsSchema,
  }),
]) as z.ZodType<PictureRegion>;

/** Serialised shape of what `LearnedHeat` remembers. */
export const learnedCellsSchema: z.ZodType<readonly LearnedCell[]> = z
  .array(
    z.strictObject({
      hour: z.int().nonnegative().max(167),
      block: z.int().nonnegative(),
      week: z.int(),
      weeks: z.number().nonnegative(),
      hotSeconds: z.number().nonnegative(),
      peakCelsius: z.number(),
      areaPixels: z.number(),
    }),
  )
  .max(learnedCellsMax)
  .readonly();
