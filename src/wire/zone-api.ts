import { z } from "zod";
import { isTimeZone } from "#core/time-zone.ts";
import { zoneConditionNames } from "#core/zone/zone-conditions.ts";
import { zoneDetectorsMax } from "#core/zone/zone-machine.ts";
import { deviceIdSchema } from "./device-id.ts";
import { zonePolicyKeys } from "./zone-policy-text.ts";
import { zoneStateSchema } from "./zone-schemas.ts";

const micros = z.int().nonnegative();

/** Most zones of a hub. */
export const zonesMax = 64;

/** A zone as somebody writes it into a file: its devices, and what its outputs wait for. */
export const zoneConfigSchema = z.strictObject({
  id: deviceIdSchema,
  name: z.string().min(1).max(100),
  devices: z.array(deviceIdSchema).min(1).max(zoneDetectorsMax),
  timeZone: z.string().refine(isTimeZone, "is like Europe/Berlin").default("UTC"),
  ...zonePolicyKeys,
});
/** See `zoneConfigSchema`. */
export type ZoneConfig = z.infer<typeof zoneConfigSchema>;

/** The file of `up --zones`. */
export const zonesFileSchema = z.strictObject({
  version: z.literal(1),
  zones: z.array(zoneConfigSchema).min(1).max(zonesMax),
});

/** A zone as the hub shows it: GET /api/zones, and "zones" and "zone" in the live stream. */
export const zoneViewSchema = z.strictObject({
  /** Of a device's own zone, the device. */
  id: deviceIdSchema,
  name: z.string(),
  runBy: z.enum(["hub", "device"]),
  devices: z.array(deviceIdSchema),
  state: zoneStateSchema,
  /** What stands, the most urgent first. */
  conditions: z.array(z.enum(zoneConditionNames)),
  /** When outputs stop waiting at the latest, by the hub's clock; null while they do not wait. */
  holdEndsAtMicros: micros.nullable(),
  /** When a disablement of the zone ends, by the hub's clock. */
  disabledUntilMicros: micros.nullable(),
  /** When a test of the zone ends, by the hub's clock. */
  testUntilMicros: micros.nullable(),
});
/** See `zoneViewSchema`. */
export type ZoneView = z.infer<typeof zoneViewSchema>;

/** GET /api/zones: all zones, those of the hub first. */
export const zoneListSchema = z.strictObject({ zones: z.array(zoneViewSchema) });

/** POST /api/zones/:id/call-point: somebody pressed one, or saw a fire. */
export const callPointRequestSchema = z.strictObject({
  callPoint: z.string().trim().min(1).max(100),
});
