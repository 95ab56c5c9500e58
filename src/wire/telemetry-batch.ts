import { z } from "zod";

const absentable = z.number().nullable();

/** Seconds of one batch. */
export const batchSecondsMax = 60;

/**
 * One second as history keeps it: when (microseconds), hottest spot (°C), CO2 (ppm), air (°C), humidity (%), nearness
 * (0 to 1). Absent values are null.
 */
export const historySecondSchema = z.tuple([
  z.int().nonnegative(),
  absentable,
  absentable,
  absentable,
  absentable,
  z.number().min(0).max(1),
]);
/** See `historySecondSchema`. */
export type HistorySecond = z.infer<typeof historySecondSchema>;

/** Seconds that passed while the hub was away, in order. The id is unique for ever, as an event's. */
export const telemetryBatchSchema = z.strictObject({
  v: z.literal(1),
  id: z.string().min(8).max(100),
  seconds: z.array(historySecondSchema).min(1).max(batchSecondsMax),
});
/** See `telemetryBatchSchema`. */
export type TelemetryBatch = z.infer<typeof telemetryBatchSchema>;
