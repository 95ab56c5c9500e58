import { join } from "node:path";
import { badInput } from "#core/failure.ts";
import { DeviceAgent } from "#edge/device-agent.ts";
import { loadFeatureKernel } from "#kernels/web-assembly-feature-kernel.ts";
import type { AirSensor } from "#sensors/air-sensor.ts";
import type { ExtraSensor } from "#sensors/extra-sensor.ts";
import { LeptonCamera } from "#sensors/lepton/lepton-camera.ts";
import { PureThermalCamera } from "#sensors/purethermal/purethermal-camera.ts";
import { defaultPureThermalSettings } from "#sensors/purethermal/purethermal-settings.ts";
import { Scd41Sensor } from "#sensors/scd41/scd41-sensor.ts";
import { Sen66Sensor } from "#sensors/sen66/sen66-sensor.ts";
import type { ExtraChipOptions } from "#sensors/sensirion/extra-chip-sensor.ts";
import { Sfa30Sensor } from "#sensors/sfa30/sfa30-sensor.ts";
import { Sgp41Sensor } from "#sensors/sgp41/sgp41-sensor.ts";
import { Sps30Sensor } from "#sensors/sps30/sps30-sensor.ts";
import type { ThermalCamera } from "#sensors/thermal-camera.ts";
import { FfmpegFrameStream } from "#sensors/transport/linux/ffmpeg-frame-stream.ts";
import type { Invocation, OptionSpec } from "./command.ts";
import type { HubConnection } from "./hub-connection.ts";
import { choiceOption } from "./parse-arguments.ts";
import { leptonSettings, scd41Settings, sensorSettingOptions } from "./sensor-settings.ts";
import { type LinePlace, linuxWiring, type SensorWiring, servedWiring } from "./sensor-wiring.ts";
import { softwareVersion } from "./software-version.ts";
import { systemClock } from "./system-clock.ts";

const extraSensors: Readonly<Record<string, (options: ExtraChipOptions) => ExtraSensor>> = {
  sgp41: (options) => new Sgp41Sensor(options),
  sps30: (options) => new Sps30Sensor(options),
  sen66: (options) => new Sen66Sensor(options),
  sfa30: (options) => new Sfa30Sensor(options),
};

/** Options of `up` that name sensors wired to this machine. */
export const sensorOptions: Readonly<Record<string, OptionSpec>> = {
  camera: { value: "lepton|purethermal", help: "watches a room with a camera on this machine" },
  "co2-sensor": { value: "scd41", help: "reads a Sensirion SCD41 on this machine" },
  extra: { value: "NAMES", help: `further sensors: ${Object.keys(extraSensors).join(",")}` },
  room: { value: "NAME", help: "name of the room they are in (default Room)" },
  i2c: { value: "DEVICE", help: "I2C bus (default /dev/i2c-1)" },
  spi: { value: "DEVICE", help: "SPI link of a lepton (default /dev/spidev0.0)" },
  video: { value: "DEVICE", help: "video device of a purethermal (default /dev/video0)" },
  "camera-power": {
    value: "CHIP:LINE",
    help: "GPIO line that switches the camera's supply, e.g. gpiochip0:17",
  },
  "sensor-power": { value: "CHIP:LINE", help: "GPIO line that switches the other sensors' supply" },
  ...sensorSettingOptions,
  emulated: { value: "SOCKET", help: "takes the sensors that emberwatch emulate serves there" },
};

/** A device on sensors of this machine, and what lets go of its buses after it has stopped. */
export interface SensorAgent {
  readonly agent: DeviceAgent;
  release(): Promise<void>;
}

/** True when the command line names a sensor. */
export function namesSensors(invocation: Invocation): boolean {
  return ["camera", "co2-sensor", "extra", "emulated"].some((name) => invocation.values[name] !== undefined);
}

/**
 * A device agent on sensors of this machine, or on emulated ones served at a socket. Throws `Failure` for options that
 * make no sense and `TransportFailure` for a bus that cannot be opened; a sensor that does not answer is no failure: it
 * is trouble, and tried for as long as it takes.
 */
export async function sensorAgent(invocation: Invocation, hub: HubConnection): Promise<SensorAgent> {
  const socket = invocation.values["emulated"];
  const wiring = socket === undefined ? await localWiring(invocation) : await servedWiring(socket);
  try {
    return { agent: makeAgent(invocation, { hub, wiring }), release: async () => wiring?.close() };
  } catch (error) {
    await wiring?.close();
    throw error;
  }
}

function makeAgent(
  invocation: Invocation,
  on: { readonly hub: HubConnection; readonly wiring: SensorWiring | null },
): DeviceAgent {
  const { hub, wiring } = on;
  const deviceId = "room";
  return new DeviceAgent({
    deviceId,
    name: invocation.values["room"] ?? "Room",
    source: invocation.values["emulated"] === undefined ? "camera" : "emulated",
    camera: makeCamera(invocation, wiring),
    air: makeAirSensor(invocation, wiring),
    extras: makeExtras(invocation, wiring),
    clock: systemClock,
    kernel: loadFeatureKernel(),
    brokerUrl: hub.mqttUrl,
    credentials: hub.credentialsFor(deviceId),
    dataFolder: join(hub.dataFolder, "devices", deviceId),
    demo: null,
    softwareVersion: softwareVersion(),
    log: (line) => invocation.output.note(line),
  });
}

function makeCamera(invocation: Invocation, wiring: SensorWiring | null): ThermalCamera | null {
  const named = choiceOption(invocation, "camera", ["lepton", "purethermal"]);
  const kind = named ?? (invocation.values["emulated"] === undefined ? null : "lepton");
  const clock = systemClock;
  if (kind === "purethermal") {
    const stream = new FfmpegFrameStream({ device: invocation.values["video"] ?? "/dev/video0", rows: 122 });
    return new PureThermalCamera({ stream, clock, settings: defaultPureThermalSettings });
  }
  if (kind === null || wiring === null) return null;
  const { i2c, cameraPower: power } = wiring;
  return new LeptonCamera({
    ...wiring.leptonVideo(),
    i2c,
    power,
    clock,
    settings: leptonSettings(invocation),
  });
}

function makeAirSensor(invocation: Invocation, wiring: SensorWiring | null): AirSensor | null {
  const named = choiceOption(invocation, "co2-sensor", ["scd41"]);
  const kind = named ?? (invocation.values["emulated"] === undefined ? null : "scd41");
  if (kind === null || wiring === null) return null;
  const { i2c, airPower: power } = wiring;
  return new Scd41Sensor({ i2c, power, clock: systemClock, settings: scd41Settings(invocation) });
}

function makeExtras(invocation: Invocation, wiring: SensorWiring | null): readonly ExtraSensor[] {
  const names = invocation.values["extra"]?.split(",") ?? [];
  return names.map((name) => {
    const make = extraSensors[name];
    if (make === undefined || wiring === null) {
      throw badInput("usage", `--extra takes ${Object.keys(extraSensors).join(", ")}, not "${name}".`);
    }
    return make({ i2c: wiring.i2c, power: wiring.airPower, clock: systemClock });
  });
}

/** Opens the buses that the named sensors need; null when all there is hangs on USB. */
async function localWiring(invocation: Invocation): Promise<SensorWiring | null> {
  const { values } = invocation;
  const needsBus =
    values["camera"] === "lepton" || values["co2-sensor"] !== undefined || values["extra"] !== undefined;
  if (!needsBus) return null;
  return linuxWiring({
    i2c: values["i2c"] ?? "/dev/i2c-1",
    spi: values["spi"] ?? "/dev/spidev0.0",
    cameraPower: linePlace(invocation, "camera-power"),
    airPower: linePlace(invocation, "sensor-power"),
  });
}

function linePlace(invocation: Invocation, option: string): LinePlace | null {
  const text = invocation.values[option];
  if (text === undefined) return null;
  const [, chip, line] = /^(?:\/dev\/)?(gpiochip\d+):(\d{1,3})$/.exec(text) ?? [];
  if (chip === undefined || line === undefined) {
    throw badInput("usage", `--${option} needs a chip and a line, for example gpiochip0:17, not "${text}".`);
  }
  return { path: `/dev/${chip}`, line: Number(line) };
}
