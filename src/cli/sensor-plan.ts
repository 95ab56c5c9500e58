import { badInput } from "#core/failure.ts";
import type { LeptonSettings } from "#sensors/lepton/lepton-settings.ts";
import type { PureThermalSettings } from "#sensors/purethermal/purethermal-settings.ts";
import type { Scd41Settings } from "#sensors/scd41/scd41-settings.ts";
import type { Invocation, OptionSpec } from "./command.ts";
import { linePlaceOption } from "./line-place.ts";
import { choiceOption } from "./parse-arguments.ts";
import {
  leptonSettings,
  pureThermalSettings,
  scd41Settings,
  sensorSettingOptions,
} from "./sensor-settings.ts";
import type { LinuxWiringOptions } from "./sensor-wiring.ts";

/** Sensors beside camera and CO2, by the names that `--extra` takes. */
export const extraNames = ["sgp41", "sps30", "sen66", "sfa30"] as const;

/** One of them. */
export type ExtraName = (typeof extraNames)[number];

/** Options of `up` that name sensors wired to this machine. */
export const sensorOptions: Readonly<Record<string, OptionSpec>> = {
  camera: { value: "lepton|purethermal", help: "watches a room with a camera on this machine" },
  "co2-sensor": { value: "scd41", help: "reads a Sensirion SCD41 on this machine" },
  extra: { value: "NAMES", help: `further sensors: ${extraNames.join(",")}` },
  room: { value: "NAME", help: "name of the room they are in (default Room)" },
  i2c: { value: "DEVICE", help: "I2C bus (default /dev/i2c-1)" },
  spi: { value: "DEVICE", help: "SPI link of a lepton (default /dev/spidev0.0)" },
  video: { value: "DEVICE", help: "video device of a purethermal (default: the one of that name)" },
  "camera-power": {
    value: "CHIP:LINE",
    help: "GPIO line that switches the camera's supply, e.g. gpiochip0:17",
  },
  "sensor-power": { value: "CHIP:LINE", help: "GPIO line that switches the other sensors' supply" },
  ...sensorSettingOptions,
  emulated: { value: "SOCKET", help: "takes the sensors that emberwatch emulate serves there" },
};

/** The camera that the user wants; `device` null: the PureThermal that is found by its name. */
export type CameraPlan =
  | { readonly kind: "lepton"; readonly settings: LeptonSettings }
  | { readonly kind: "purethermal"; readonly device: string | null; readonly settings: PureThermalSettings };

/** The sensors that the user wants, checked before anything is opened. */
export interface SensorPlan {
  readonly room: string;
  /** Socket of emulated sensors; null for sensors of this machine. */
  readonly emulated: string | null;
  readonly camera: CameraPlan | null;
  readonly air: Scd41Settings | null;
  readonly extras: readonly ExtraName[];
  readonly places: LinuxWiringOptions;
}

/**
 * What the command line says of sensors; null when it names none. Throws `Failure` ("usage") for what no sensor takes,
 * and for an option that would do nothing.
 */
export function sensorPlan(invocation: Invocation): SensorPlan | null {
  const { values } = invocation;
  const emulated = values["emulated"] ?? null;
  const plan: SensorPlan = {
    room: values["room"] ?? "Room",
    emulated,
    camera: cameraPlan(invocation),
    air: airPlan(invocation),
    extras: extrasPlan(invocation),
    places: {
      i2c: values["i2c"] ?? "/dev/i2c-1",
      spi: values["spi"] ?? "/dev/spidev0.0",
      cameraPower: linePlaceOption(invocation, "camera-power"),
      airPower: linePlaceOption(invocation, "sensor-power"),
    },
  };
  refuseIdleOptions(invocation, plan);
  const isNone = plan.camera === null && plan.air === null && plan.extras.length === 0;
  return isNone ? null : plan;
}

function cameraPlan(invocation: Invocation): CameraPlan | null {
  const named = choiceOption(invocation, "camera", ["lepton", "purethermal"]);
  const kind = named ?? (invocation.values["emulated"] === undefined ? null : "lepton");
  const forLepton = leptonSettings(invocation);
  const forPureThermal = pureThermalSettings(invocation);
  if (kind === "lepton") return { kind, settings: forLepton };
  if (kind === null) return null;
  return { kind, device: invocation.values["video"] ?? null, settings: forPureThermal };
}

function airPlan(invocation: Invocation): Scd41Settings | null {
  const named = choiceOption(invocation, "co2-sensor", ["scd41"]);
  const settings = scd41Settings(invocation);
  return named === null && invocation.values["emulated"] === undefined ? null : settings;
}

function extrasPlan({ values }: Invocation): readonly ExtraName[] {
  const names: ExtraName[] = [];
  for (const text of values["extra"]?.split(",") ?? []) {
    const name = extraNames.find((candidate) => candidate === text);
    if (name === undefined) {
      throw badInput("usage", `--extra takes ${extraNames.join(", ")}, not "${text}".`);
    }
    if (names.includes(name)) {
      throw badInput("usage", `--extra names ${name} twice: one bus has one of a kind, leave one out.`);
    }
    names.push(name);
  }
  return names;
}

/** Options and what has to be there for them to do something. */
function refuseIdleOptions({ values }: Invocation, plan: SensorPlan): void {
  const { camera, air, extras, emulated } = plan;
  const isHere = emulated === null;
  const needs: readonly (readonly [isThere: boolean, what: string, options: readonly string[]])[] = [
    [isHere, "a sensor of this machine, not of --emulated", ["i2c", "spi", "camera-power", "sensor-power"]],
    [camera?.kind === "lepton", "--camera lepton", ["spi", "camera-power", "camera-gain", "camera-ffc"]],
    [camera?.kind === "purethermal", "--camera purethermal", ["video", "camera-telemetry", "camera-unit"]],
    [air !== null, "--co2-sensor scd41", ["co2-mode", "altitude", "pressure", "temperature-offset"]],
    [air !== null || extras.length > 0, "--co2-sensor or --extra", ["sensor-power"]],
    [
      camera?.kind === "lepton" || air !== null || extras.length > 0,
      "--camera lepton, --co2-sensor or --extra",
      ["i2c"],
    ],
    [camera !== null || air !== null || extras.length > 0, "--camera, --co2-sensor or --extra", ["room"]],
  ];
  for (const [isThere, what, options] of needs) {
    const idle = isThere ? undefined : options.find((option) => values[option] !== undefined);
    if (idle !== undefined) {
      throw badInput("usage", `--${idle} does nothing here: it needs ${what}. Leave it out or add that.`);
    }
  }
}
