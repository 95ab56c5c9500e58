import { z } from "zod";
import { deviceIdSchema } from "#wire/device-id.ts";
import { zonesMax } from "#wire/zone-api.ts";
import { devicesMax } from "../device-registry.ts";
import { isLoopbackHost } from "../loopback-host.ts";
import { modbusDeviceSlots, modbusZoneSlots } from "./modbus/register-map.ts";

function text(meaning: string) {
  return z.string().min(1).max(1_000).nullable().default(null).describe(meaning);
}

function devices(most: number, meaning: string) {
  return z
    .array(deviceIdSchema)
    .max(most)
    .refine((ids) => new Set(ids).size === ids.length, "names one twice")
    .default([])
    .describe(meaning);
}

const brokerUrl = z
  .string()
  .max(500)
  .regex(/^mqtts?:\/\/[^\s/@]+$/, "is like mqtt://127.0.0.1:1883 or mqtts://broker.example:8883");

/** Home Assistant: what it is told, by which broker. */
const homeAssistantSchema = z
  .strictObject({
    brokerUrl: brokerUrl
      .nullable()
      .default(null)
      .describe("the MQTT broker that Home Assistant uses; null: it is told nothing"),
    credentialsFile: text("login at that broker, a file for its owner only; null: none"),
    caFile: text("certificate that an mqtts broker's is signed by; null: those that Node knows"),
    discoveryPrefix: z
      .string()
      .regex(/^[\w-]{1,50}$/, "has letters, digits, _ and - only")
      .default("homeassistant")
      .describe("Home Assistant's own discovery prefix"),
    instance: deviceIdSchema
      .default("emberwatch")
      .describe("names this hub where several use one broker: a–z, 0–9 and -"),
    expireAfterSeconds: z
      .number()
      .int()
      .min(30)
      .max(3_600)
      .default(60)
      .describe("without news for so long, a value is unavailable"),
    pictureDevices: devices(devicesMax, "devices whose picture is shown in Home Assistant; none by default"),
    pictureEverySeconds: z.number().int().min(5).max(3_600).default(30).describe("between two pictures"),
  })
  .prefault({});

/** Modbus TCP: who may read which registers. */
const modbusSchema = z
  .strictObject({
    port: z
      .number()
      .int()
      .min(0)
      .max(65_535)
      .nullable()
      .default(null)
      .describe("TCP port, usually 502; null: no Modbus"),
    host: z
      .string()
      .min(1)
      .max(200)
      .default("127.0.0.1")
      .describe("address to listen on; Modbus knows no login and no encryption"),
    clients: z
      .array(z.union([z.ipv4(), z.ipv6()], { error: "is an IP address" }))
      .max(64)
      .default([])
      .describe("IP addresses that may read; must be named where host is not this machine"),
    devices: devices(modbusDeviceSlots, "devices in the order of their register blocks"),
    zones: devices(Math.min(zonesMax, modbusZoneSlots), "zones in the order of their register blocks"),
  })
  .prefault({})
  .refine(({ host, clients }) => isLoopbackHost(host) || clients.length > 0, {
    path: ["clients"],
    message: "must name who may read, because host is not this machine",
  });

/** Common Alerting Protocol: how this hub calls itself in an alert. */
const alertsSchema = z
  .strictObject({
    sender: z
      .string()
      .regex(/^[^\s,<&]{1,200}$/, "is like hub@example.com, without spaces, commas, < and &")
      .nullable()
      .default(null)
      .describe("who sends alerts, unique in the world, such as hub@example.com; null: no alerts"),
    status: z
      .enum(["Actual", "Exercise", "System", "Test", "Draft"])
      .default("Actual")
      .describe("what alerts are for; a device in test is always Test"),
    addresses: z
      .array(z.string().min(1).max(200))
      .max(32)
      .default([])
      .describe("whom they are for; none: for everybody who gets one (scope Restricted)"),
    site: z.string().max(200).default("").describe("place of all devices, such as a street and a town"),
    position: z
      .strictObject({
        latitudeDegrees: z.number().min(-90).max(90),
        longitudeDegrees: z.number().min(-180).max(180),
        radiusMetres: z.number().min(0).max(10_000).default(0),
      })
      .nullable()
      .default(null)
      .describe("latitudeDegrees, longitudeDegrees (WGS 84) and radiusMetres of the site"),
  })
  .prefault({});

/** The file of `up --integrations`. */
export const integrationsConfigSchema = z.strictObject({
  version: z.literal(1).describe("of this format"),
  homeAssistant: homeAssistantSchema,
  modbus: modbusSchema,
  alerts: alertsSchema,
});
/** See `integrationsConfigSchema`. */
export type IntegrationsConfig = z.infer<typeof integrationsConfigSchema>;

/** What a hub does that got no such file: it connects nowhere and listens nowhere. */
export const defaultIntegrationsConfig: IntegrationsConfig = integrationsConfigSchema.parse({ version: 1 });

/** The format of the file as a JSON schema, for editors. */
export function integrationsJsonSchema(): object {
  return z.toJSONSchema(integrationsConfigSchema, { io: "input" });
}
