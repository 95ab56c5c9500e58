import { z } from "zod";
import { deviceIdSchema } from "#wire/device-id.ts";

const micros = z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
/** Days of history in one request. */
const historySpanMaxMicros = 100 * 24 * 3600 * 1_000_000;

/** Of GET /api/events: newest first, `before` is the `next` of the page before. */
export const eventsQuerySchema = z.object({
  device: deviceIdSchema.optional(),
  before: z
    .string()
    .regex(/^\d{1,15}$/, "take `before` from the `next` of a page")
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** Of GET /api/devices/:id/history: a span in microseconds since the Unix epoch, in so many points at most. */
export const historyQuerySchema = z
  .object({ from: micros, to: micros, points: z.coerce.number().int().min(1).max(2_000).default(600) })
  .refine((query) => query.to > query.from && query.to - query.from <= historySpanMaxMicros, {
    message: "`to` must be later than `from` by at most 100 days (both in microseconds)",
  });

/** Of PUT /api/devices/:id/model: who sends it. */
export const modelQuerySchema = z.object({ by: z.string().trim().min(1).max(100) });

/** Days of alarm load in one request. */
const loadSpanMaxMicros = 31 * 24 * 3600 * 1_000_000;

/** Of GET /api/alarm-load: a span in microseconds since the Unix epoch, at least ten minutes. */
export const alarmLoadQuerySchema = z
  .object({ from: micros, to: micros })
  .refine(({ from, to }) => to - from >= 600_000_000 && to - from <= loadSpanMaxMicros, {
    message: "`to` must be later than `from` by ten minutes to 31 days (both in microseconds)",
  });

/** Of GET /alarm-load: the hours until now, 31 days at most. */
export const alarmLoadPageQuerySchema = z.object({
  hours: z.coerce.number().int().min(1).max(744).default(24),
});
