import { z } from "zod";

const micros = z.int().nonnegative();

/** What calls for an operator's attention. */
export const alarmLoadKindSchema = z.enum([
  "alarm",
  "prealarm",
  "gas-hazard",
  "supervisory",
  "trouble",
  "zone-fire",
  "call-point",
]);
/** See `alarmLoadKindSchema`. */
export type AlarmLoadKind = z.infer<typeof alarmLoadKindSchema>;

/** One thing that can call: by its device or zone, its kind, and of troubles the code. */
const sourceSchema = z.strictObject({
  source: z.string(),
  kind: alarmLoadKindSchema,
  code: z.string().nullable(),
});
/** See `sourceSchema`. */
export type AlarmLoadSource = z.infer<typeof sourceSchema>;

/** GET /api/alarm-load?from&to: how much the alarms of a span ask of people, after EEMUA 191. */
export const alarmLoadSchema = z.strictObject({
  fromMicros: micros,
  toMicros: micros,
  /** Calls in the span; tests and repetitions of a sounder are left out. */
  calls: z.int().nonnegative(),
  averagePerTenMinutes: z.number().nonnegative(),
  /** The ten minutes, by the clock, with most calls; null without calls. */
  peak: z.strictObject({ fromMicros: micros, calls: z.int().positive() }).nullable(),
  /** Calls of each ten minutes by the clock that had any, in order. */
  tenMinutes: z.array(z.strictObject({ fromMicros: micros, calls: z.int().positive() })),
  /** Ten minutes with more than ten calls: nobody follows those. */
  floods: z.int().nonnegative(),
  /** The ten that called most, and their share of all calls, 0 to 1. */
  worst: z.array(sourceSchema.extend({ calls: z.int().positive(), share: z.number().min(0).max(1) })),
  /** What called three times or more within a minute, with the most calls within one. */
  chattering: z.array(sourceSchema.extend({ mostWithinMinute: z.int().min(3) })),
  /** What stands now, whatever the span, the oldest first; `sinceMicros` is null where that is not known. */
  standing: z.array(sourceSchema.extend({ sinceMicros: micros.nullable() })),
});
/** See `alarmLoadSchema`. */
export type AlarmLoad = z.infer<typeof alarmLoadSchema>;
