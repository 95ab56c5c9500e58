import { z } from "zod";
import type { DeviceEvent } from "#core/device-event.ts";
import { alarmEventSchema, alarmNoticeSchema } from "./alarm-schemas.ts";
import { zoneEventSchema } from "./zone-schemas.ts";

const micros = z.int().nonnegative();

/** Serialised shape of `DeviceEvent`. */
export const deviceEventSchema: z.ZodType<DeviceEvent> = z.union([
  z.strictObject({
    type: z.literal("zone"),
    atMicros: micros,
    zone: z.string().min(1).max(100),
    event: zoneEventSchema,
  }),
  z.strictObject({ type: z.literal("notice"), atMicros: micros, notice: alarmNoticeSchema }),
  alarmEventSchema,
]);
