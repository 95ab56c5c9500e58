import { z } from "zod";
import type { FrameTelemetry } from "#core/frames/frame-telemetry.ts";

/** Serialised shape of frame telemetry without its words, for sources that store only part of it. */
export const telemetryJsonSchema: z.ZodType<Omit<FrameTelemetry, "words">> = z.strictObject({
  uptimeMs: z.number().nullable(),
  ffcState: z.enum(["never", "imminent", "in-progress", "complete"]).nullable(),
  ffcDesired: z.boolean().nullable(),
  lastFfcUptimeMs: z.number().nullable(),
  agcEnabled: z.boolean().nullable(),
  shutterLockout: z.boolean().nullable(),
  overTemperature: z.boolean().nullable(),
  fpaTemperatureKelvin: z.number().nullable(),
  fpaTemperatureAtLastFfcKelvin: z.number().nullable(),
  housingTemperatureKelvin: z.number().nullable(),
  effectiveGain: z.enum(["high", "low"]).nullable(),
  tLinearEnabled: z.boolean().nullable(),
  tLinearResolutionKelvin: z.union([z.literal(0.01), z.literal(0.1)]).nullable(),
  serialNumber: z.string().nullable(),
});
