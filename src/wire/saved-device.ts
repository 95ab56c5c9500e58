import { z } from "zod";
import type { BackgroundSnapshot } from "#core/features/region-tracker.ts";
import { alarmStateSchema } from "./alarm-schemas.ts";
import { deviceIdSchema } from "./device-id.ts";
import { learnedCellsSchema, pictureRegionSchema } from "./region-schemas.ts";
import { zoneStateSchema } from "./zone-schemas.ts";

const micros = z.int().nonnegative();

/** A device's alarm state on its own disk: what it knows after a restart. */
export const savedStateSchema = z.strictObject({
  v: z.literal(1),
  device: deviceIdSchema,
  savedAtMicros: micros,
  state: alarmStateSchema,
  /** Events up to this state that were not in the event log yet; left out where there are none. */
  unkept: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(100),
        class: z.enum(["alarm", "event", "telemetry"]),
        body: z.string(),
      }),
    )
    .optional(),
  /** The zone of a device that runs its own. */
  zone: zoneStateSchema.optional(),
});
/** See `savedStateSchema`. */
export type SavedState = z.infer<typeof savedStateSchema>;

/** What is drawn into a device's picture, and what it has learnt of the heat there, on its own disk. */
export const savedRegionsSchema = z.strictObject({
  v: z.literal(1),
  device: deviceIdSchema,
  savedAtMicros: micros,
  regions: z.array(pictureRegionSchema).max(64),
  learnedHeat: learnedCellsSchema,
});
/** See `savedRegionsSchema`. */
export type SavedRegions = z.infer<typeof savedRegionsSchema>;

/** Backgrounds of larger pictures are not read. */
const pixelsMax = 1280 * 1024;
const celsius = z.array(z.number().nullable()).max(pixelsMax);

/** A learnt background on a device's own disk: °C, rounded to thousandths, null where a pixel has none. */
export const savedBackgroundSchema = z
  .strictObject({
    v: z.literal(1),
    device: deviceIdSchema,
    savedAtMicros: micros,
    width: z.int().positive(),
    height: z.int().positive(),
    background: celsius,
    commissioned: celsius,
  })
  .refine(
    ({ width, height, background, commissioned }) =>
      background.length === width * height && commissioned.length === width * height,
    "there is not one value for each pixel",
  );
/** See `savedBackgroundSchema`. */
export type SavedBackground = z.infer<typeof savedBackgroundSchema>;

/** A background as it is saved. */
export function encodeBackground(saved: {
  readonly device: string;
  readonly savedAtMicros: number;
  readonly snapshot: BackgroundSnapshot;
}): SavedBackground {
  const { device, savedAtMicros, snapshot } = saved;
  const { width, height, background, commissioned } = snapshot;
  const sizes = { width, height };
  const values = { background: toNumbers(background), commissioned: toNumbers(commissioned) };
  return { v: 1, device, savedAtMicros, ...sizes, ...values };
}

/** A saved background as the detector takes it. */
export function decodeBackground(saved: SavedBackground): BackgroundSnapshot {
  const { width, height } = saved;
  return {
    width,
    height,
    background: toCelsius(saved.background),
    commissioned: toCelsius(saved.commissioned),
  };
}

function toNumbers(values: Float32Array): (number | null)[] {
  return Array.from(values, (value) => (Number.isFinite(value) ? Math.round(value * 1000) / 1000 : null));
}

function toCelsius(values: readonly (number | null)[]): Float32Array {
  return Float32Array.from(values, (value) => value ?? Number.NaN);
}
