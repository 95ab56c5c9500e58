import { assert } from "#core/failure.ts";
import type { Clock } from "#core/time.ts";
import type { AirSensor } from "#sensors/air-sensor.ts";
import type { ExtraSensor } from "#sensors/extra-sensor.ts";
import { LeptonCamera } from "#sensors/lepton/lepton-camera.ts";
import { PureThermalCamera } from "#sensors/purethermal/purethermal-camera.ts";
import { Scd41Sensor } from "#sensors/scd41/scd41-sensor.ts";
import { Sen66Sensor } from "#sensors/sen66/sen66-sensor.ts";
import type { ExtraChipOptions } from "#sensors/sensirion/extra-chip-sensor.ts";
import { Sfa30Sensor } from "#sensors/sfa30/sfa30-sensor.ts";
import { CompensatingAirSensor } from "#sensors/sgp41/compensating-air-sensor.ts";
import { Sgp41Sensor } from "#sensors/sgp41/sgp41-sensor.ts";
import { Sps30Sensor } from "#sensors/sps30/sps30-sensor.ts";
import type { ThermalCamera } from "#sensors/thermal-camera.ts";
import { FfmpegFrameStream } from "#sensors/transport/linux/ffmpeg-frame-stream.ts";
import { findPureThermal } from "./find-purethermal.ts";
import type { CameraPlan, ExtraName, SensorPlan } from "./sensor-plan.ts";
import type { SensorWiring } from "./sensor-wiring.ts";

const makers: Readonly<Record<ExtraName, (options: ExtraChipOptions) => ExtraSensor>> = {
  sgp41: (options) => new Sgp41Sensor(options),
  sps30: (options) => new Sps30Sensor(options),
  sen66: (options) => new Sen66Sensor(options),
  sfa30: (options) => new Sfa30Sensor(options),
};

/** The drivers of a plan. */
export interface PlannedSensors {
  readonly camera: ThermalCamera | null;
  readonly air: AirSensor | null;
  readonly extras: readonly ExtraSensor[];
}

/** Where the drivers work. */
export interface SensorPlace {
  /** Null when all there is hangs on USB. */
  readonly wiring: SensorWiring | null;
  readonly clock: Clock;
}

/**
 * Makes the drivers of a plan. All but the camera hang on one supply line, and only one of them may cut it: the SCD41,
 * or else a sensor that is alone on it. So a dead further sensor never takes the CO2 sensor down.
 */
export function makeSensors(plan: SensorPlan, { wiring, clock }: SensorPlace): PlannedSensors {
  const camera = plan.camera === null ? null : makeCamera(plan.camera, { wiring, clock });
  if (plan.air === null && plan.extras.length === 0) return { camera, air: null, extras: [] };
  assert(wiring !== null, "sensors on I2C have a bus");
  const { i2c, airPower: power } = wiring;
  const supply = plan.air === null && plan.extras.length === 1 ? "own" : "shared";
  const extras = plan.extras.map((name) => makers[name]({ i2c, power, clock, supply }));
  if (plan.air === null) return { camera, air: null, extras };
  const scd41 = new Scd41Sensor({ i2c, power, clock, settings: plan.air });
  const gas = extras.find((sensor) => sensor instanceof Sgp41Sensor);
  return { camera, air: gas === undefined ? scd41 : new CompensatingAirSensor(scd41, gas), extras };
}

function makeCamera(plan: CameraPlan, { wiring, clock }: SensorPlace): ThermalCamera {
  if (plan.kind === "purethermal") {
    const { settings, device } = plan;
    const rows = settings.telemetry === "with" ? 122 : 120;
    const stream = new FfmpegFrameStream({ device: device ?? findPureThermal, rows });
    return new PureThermalCamera({ stream, clock, settings });
  }
  assert(wiring !== null, "a Lepton has buses");
  const { i2c, cameraPower: power } = wiring;
  return new LeptonCamera({ ...wiring.leptonVideo(), i2c, power, clock, settings: plan.settings });
}
