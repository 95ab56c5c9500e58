import { z } from "zod";
import { Failure } from "#core/failure.ts";
import type { GainMode } from "#core/frames/frame-telemetry.ts";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import {
  checkAcceptedInGain,
  checkPictureRegions,
  type PictureRegion,
} from "#core/regions/picture-region.ts";
import { isTimeZone } from "#core/time-zone.ts";
import { checkZonePolicy, type ZonePolicy } from "#core/zone/zone-policy.ts";
import { deviceIdSchema } from "#wire/device-id.ts";
import { regionsTextSchema } from "#wire/region-text.ts";
import { zonePolicyKeys, zonePolicyOf } from "#wire/zone-policy-text.ts";
import { alarmSchema } from "./alarm-settings.ts";
import { gpioLine, inputsSchema, outputsSchema } from "./line-settings.ts";
import { recordingSchema } from "./recording-settings.ts";
import { timeOfDayForm } from "./self-tests/daily-time.ts";

/** A line of this machine that switches a supply. */
function supply(text: string) {
  return gpioLine.nullable().default(null).describe(text);
}

function path(text: string) {
  return z.string().min(1).max(4_000).nullable().default(null).describe(text);
}

const sensorsSchema = z
  .strictObject({
    camera: z.enum(["lepton", "purethermal", "none"]).default("lepton").describe("the thermal camera"),
    co2Sensor: z.enum(["scd41", "none"]).default("scd41").describe("the CO2 sensor"),
    extras: z
      .array(z.enum(["sgp41", "sps30", "sen66", "sfa30"]))
      .max(4)
      .refine((names) => new Set(names).size === names.length, "names a sensor twice")
      .default([])
      .describe("further sensors: sgp41, sps30, sen66, sfa30; they are told and decide nothing"),
    emulated: path("room: a simulated room in this process; or the socket of emberwatch emulate"),
    i2c: z.string().min(1).default("/dev/i2c-1").describe("I2C bus"),
    spi: z.string().min(1).default("/dev/spidev0.0").describe("SPI link of a lepton"),
    video: path("video device of a purethermal; null finds it by its name"),
    cameraPower: supply("line that switches a lepton's supply, such as gpiochip0:17"),
    sensorPower: supply("line that switches the other sensors' supply"),
    gain: z.enum(["high", "low", "auto"]).default("high").describe("a lepton's range: to 140 °C, to 400 °C"),
    ffc: z.enum(["auto", "manual"]).default("auto").describe("who starts a lepton's correction"),
    telemetry: z.enum(["with", "without"]).default("with").describe("rows below a purethermal's picture"),
    unit: z
      .enum(["centikelvin", "raw-counts"])
      .nullable()
      .default(null)
      .describe("what a pixel means, where telemetry is without"),
    co2Mode: z
      .enum(["periodic", "low-power-periodic", "single-shot"])
      .default("periodic")
      .describe("only periodic (5 s) is fit for fire"),
    altitudeMetres: z.number().min(0).max(3_000).nullable().default(null).describe("of the scd41"),
    pressureHpa: z.number().min(700).max(1_200).nullable().default(null).describe("goes before altitude"),
    temperatureOffsetKelvin: z
      .number()
      .min(0)
      .max(20)
      .nullable()
      .default(null)
      .describe("how much warmer the scd41 is than the air"),
  })
  .prefault({});

const zoneSchema = z
  .strictObject({
    own: z
      .enum(["with", "without"])
      .default("without")
      .describe("with: the device runs a zone of its own, which its outputs panel and evacuation follow"),
    ...zonePolicyKeys,
  })
  .prefault({});

const siteSchema = z
  .strictObject({
    timeZone: z
      .string()
      .refine(isTimeZone, "is like Europe/Berlin")
      .default("UTC")
      .describe("that schedules go by, such as Europe/Berlin"),
  })
  .prefault({});

const selfTestSchema = z
  .strictObject({
    dailyAt: z
      .string()
      .regex(timeOfDayForm, "is a time of day like 10:00")
      .nullable()
      .default("10:00")
      .describe("time of day of the daily self-test, by this machine's time zone; null: on command only"),
    overdueHours: z.number().min(1).max(170).default(25).describe("without one that passed, then trouble"),
  })
  .prefault({});

const commandsSchema = z
  .strictObject({
    configTrialSeconds: z
      .number()
      .min(15)
      .max(45)
      .default(30)
      .describe("a configuration from the hub that has not judged 10 seconds by then is taken back"),
  })
  .prefault({});

/** Everything that a device is told by its installer. Each key but the device's id has a default. */
export const edgeConfigSchema = z
  .strictObject({
    version: z.literal(1).describe("of this file's format"),
    device: z.strictObject({
      id: deviceIdSchema.describe("what the hub knows it by: a–z, 0–9 and -"),
      name: z.string().min(1).max(100).default("Room").describe("what people call the room"),
    }),
    hub: z
      .strictObject({
        url: z
          .string()
          .regex(/^mqtts?:\/\/[^@\s]+$/, "is like mqtts://192.168.1.10:8883, without a password")
          .default("mqtts://127.0.0.1:8883")
          .describe("broker of the hub; mqtt:// only for a demo on this machine"),
        credentialsFile: z
          .string()
          .min(1)
          .default("credentials.json")
          .describe("written by emberwatch edge enrol; readable by its owner only"),
      })
      .prefault({}),
    sensors: sensorsSchema,
    model: z
      .strictObject({
        file: path("model package beside the rules; null: the shipped one, none: the rules alone"),
        publicKeyFile: path("takes only a package signed by this Ed25519 public key (PEM)"),
      })
      .prefault({}),
    dataFolder: z
      .string()
      .min(1)
      .default("data")
      .describe("alarm state, events that wait and recordings are kept here"),
    recording: recordingSchema,
    outputs: outputsSchema,
    selfTest: selfTestSchema,
    commands: commandsSchema,
    alarm: alarmSchema,
    site: siteSchema,
    inputs: inputsSchema,
    zone: zoneSchema,
    regions: regionsTextSchema
      .prefault([])
      .describe("masks, hot zones and places with limits of their own in the picture; see alarms.md"),
  })
  .superRefine((config, context) => {
    const { sensors, outputs, model } = config;
    const refuse = (at: readonly string[], message: string): void =>
      context.addIssue({ code: "custom", path: [...at], message });
    if (sensors.camera === "none" && sensors.co2Sensor === "none")
      refuse(["sensors", "camera"], "is none and co2Sensor is none: a device needs one of them");
    if (sensors.telemetry === "without" && sensors.unit === null)
      refuse(["sensors", "unit"], "is needed where telemetry is without: centikelvin or raw-counts");
    if (sensors.telemetry === "with" && sensors.unit !== null)
      refuse(["sensors", "unit"], "belongs to telemetry: without, as telemetry says the unit");
    if (model.file === "none" && model.publicKeyFile !== null)
      refuse(["model", "publicKeyFile"], "does nothing without a model: make it null");
    refuseZone(config, refuse);
    const lines = [
      sensors.cameraPower,
      sensors.sensorPower,
      ...Object.values(outputs),
      config.inputs.callPoint,
    ];
    const named = lines.filter((text) => text?.includes(":")).map((text) => text?.replace(/^.*?(?=\d)/, ""));
    if (new Set(named).size < named.length) refuse(["outputs"], "and sensors name one GPIO line twice");
  });

/** What needs a zone has one, and zone and regions are what their machines can use. */
function refuseZone(
  config: {
    readonly outputs: z.output<typeof outputsSchema>;
    readonly inputs: z.output<typeof inputsSchema>;
    readonly zone: z.output<typeof zoneSchema>;
    readonly regions: readonly PictureRegion[];
    readonly sensors: z.output<typeof sensorsSchema>;
  },
  refuse: (at: readonly string[], message: string) => void,
): void {
  const { outputs, inputs, zone, regions, sensors } = config;
  const needsZone = "does nothing without a zone: set zone.own to with";
  if (zone.own === "without") {
    if (outputs.panel !== null) refuse(["outputs", "panel"], needsZone);
    if (outputs.evacuation !== null) refuse(["outputs", "evacuation"], needsZone);
    if (inputs.callPoint !== null) refuse(["inputs", "callPoint"], needsZone);
  }
  const { own: _own, ...policy } = zone;
  const checks = [
    ["zone", () => checkZonePolicy(zonePolicyOf(policy), "zone")],
    ["regions", () => checkPictureRegions(regions, { width: leptonWidth, height: leptonHeight })],
    ["regions", () => checkAcceptedInGain(regions, surestGain(sensors))],
  ] as const;
  for (const [key, check] of checks) {
    try {
      check();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      refuse([key], `is wrong: ${error.message}`);
    }
  }
}

/** Low only where the camera is told so for good: by itself it changes over for a quarter of the picture, not for a stove. */
function surestGain({ camera, gain }: z.output<typeof sensorsSchema>): GainMode {
  return camera === "lepton" && gain === "low" ? "low" : "high";
}

/** The policy of a device's own zone; null where it runs none. */
export function ownZonePolicy({ zone }: Pick<EdgeConfig, "zone">): ZonePolicy | null {
  const { own, ...policy } = zone;
  return own === "with" ? zonePolicyOf(policy) : null;
}

/** A checked configuration, with the default of every key that was left out. */
export type EdgeConfig = z.infer<typeof edgeConfigSchema>;

/** The format of the file as a JSON schema (draft 2020-12), for editors. */
export function edgeConfigJsonSchema(): object {
  return z.toJSONSchema(edgeConfigSchema, { io: "input" });
}
