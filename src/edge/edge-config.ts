import { z } from "zod";
import { defaultAlarmPolicy } from "#core/alarm/alarm-policy.ts";
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
import { recordingSchema } from "./recording-settings.ts";
import { timeOfDayForm } from "./self-tests/daily-time.ts";

/** A number of the alarm policy: its limits, its default, and what it does. */
function policyNumber(key: keyof typeof defaultAlarmPolicy, min: number, max: number, text: string) {
  return z.number().min(min).max(max).default(defaultAlarmPolicy[key]).describe(text);
}

/** The limits keep every promise of the alarm machine: at most 10 s from signal to alarm, 20 s for a persisting cause. */
const alarmSchema = z
  .strictObject({
    alarmFilterSeconds: policyNumber("alarmFilterSeconds", 1, 5, "evidence of FIRE before the alarm"),
    prealarmFilterSeconds: policyNumber("prealarmFilterSeconds", 1, 10, "evidence before the prealarm"),
    prealarmQuietSeconds: policyNumber("prealarmQuietSeconds", 5, 600, "without evidence, ends a prealarm"),
    sameIncidentSeconds: policyNumber("sameIncidentSeconds", 5, 600, "after a reset, the same incident"),
    sameCausePixels: policyNumber("sameCausePixels", 4, 160, "nearer than this is one cause"),
    sameCauseSeconds: policyNumber("sameCauseSeconds", 5, 600, "out of sight for so long is a new alarm"),
    prealarmUnansweredSeconds: policyNumber("prealarmUnansweredSeconds", 30, 600, "then it is FIRE"),
    detectorLostSeconds: policyNumber("detectorLostSeconds", 1, 60, "camera lost in a prealarm: then FIRE"),
    detectorLostAcknowledgedSeconds: policyNumber(
      "detectorLostAcknowledgedSeconds",
      1,
      180,
      "the same when somebody has acknowledged",
    ),
    conditionMinutesMax: policyNumber("conditionMinutesMax", 1, 1440, "longest disablement or test"),
  })
  .prefault({});

const gpioLine = z.string().regex(/^(\/dev\/)?(gpiochip)?\d{1,3}:\d{1,3}$/, "is like gpiochip0:17");

/** A line of this machine that switches a supply. */
function supply(text: string) {
  return gpioLine.nullable().default(null).describe(text);
}

/** A line that something outside hangs on; an emulated one is told in the log. */
function output(text: string) {
  const line = z.union([gpioLine, z.literal("emulated")], { error: "is like gpiochip0:17, or emulated" });
  return line.nullable().default(null).describe(text);
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

const outputsSchema = z
  .strictObject({
    fireRelay: output("line of the fire relay"),
    fireRelayHighWhen: z
      .enum(["normal", "alarm"])
      .default("normal")
      .describe("normal: the relay falls in alarm and without power; alarm: it is drawn in alarm only"),
    sounder: output("line of the sounder, high while it sounds"),
    heartbeat: output(
      "line that changes with each second whose new picture was judged, for a watchdog relay",
    ),
    panel: output("line to the fire panel, which follows the device's own zone"),
    panelHighWhen: z
      .enum(["normal", "alarm"])
      .default("normal")
      .describe("normal: the line falls in FIRE of the zone and without power; alarm: the other way round"),
    evacuation: output(
      "line of the evacuation sounders, high while they sound; follows the device's own zone",
    ),
  })
  .prefault({});

const inputsSchema = z
  .strictObject({
    callPoint: z
      .union([gpioLine], { error: "is like gpiochip0:22" })
      .nullable()
      .default(null)
      .describe("line of a call point, pulled up; pressed, the device's own zone is in FIRE at once"),
    callPointPressedWhen: z
      .enum(["low", "high"])
      .default("low")
      .describe("low: a contact to ground that closes; high: one that opens, or a broken wire"),
    callPointName: z.string().min(1).max(100).default("call point").describe("what people call it"),
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
