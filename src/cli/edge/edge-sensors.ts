import type { DeviceAgentOptions } from "#edge/device-agent-options.ts";
import type { EdgeConfig } from "#edge/edge-config.ts";
import { defaultScd41Settings } from "#sensors/scd41/scd41-settings.ts";
import { parseLinePlace } from "../line-place.ts";
import { makeSensors, type PlannedSensors } from "../make-sensors.ts";
import type { CameraPlan, SensorPlan } from "../sensor-plan.ts";
import { linuxWiring, type SensorWiring, servedWiring } from "../sensor-wiring.ts";
import { systemClock } from "../system-clock.ts";

/** A device's sensors, and what lets go of their buses after the device has stopped. */
export interface EdgeSensors extends PlannedSensors {
  readonly source: DeviceAgentOptions["source"];
  readonly demo: DeviceAgentOptions["demo"];
  release(): Promise<void>;
}

/** Makes the sensors of a configuration. Throws `Failure` where nobody serves emulated ones at its socket. */
export async function edgeSensors(config: EdgeConfig): Promise<EdgeSensors> {
  const plan = edgeSensorPlan(config);
  // The simulation is loaded for a trial alone.
  if (plan.emulated === "room") return (await import("./room-sensors.ts")).roomSensors(plan);
  const wiring = plan.emulated === null ? wiringHere(plan) : await servedWiring(plan.emulated);
  return {
    ...makeSensors(plan, { wiring, clock: systemClock }),
    source: plan.emulated === null ? "camera" : "emulated",
    demo: null,
    release: async () => wiring?.close(),
  };
}

function wiringHere({ camera, air, extras, places }: SensorPlan): SensorWiring | null {
  const needsBus = camera?.kind === "lepton" || air !== null || extras.length > 0;
  return needsBus ? linuxWiring(places) : null;
}

/** What `up` plans by its options, by a configuration. */
export function edgeSensorPlan({ device, sensors }: EdgeConfig): SensorPlan {
  return {
    room: device.name,
    emulated: sensors.emulated,
    camera: cameraPlan(sensors),
    air:
      sensors.co2Sensor === "none"
        ? null
        : {
            ...defaultScd41Settings,
            mode: sensors.co2Mode,
            altitudeMetres: sensors.altitudeMetres,
            ambientPressureHpa: sensors.pressureHpa,
            temperatureOffsetKelvin: sensors.temperatureOffsetKelvin,
          },
    extras: sensors.extras,
    places: {
      i2c: sensors.i2c,
      spi: sensors.spi,
      cameraPower: sensors.cameraPower === null ? null : parseLinePlace(sensors.cameraPower),
      airPower: sensors.sensorPower === null ? null : parseLinePlace(sensors.sensorPower),
    },
  };
}

function cameraPlan(sensors: EdgeConfig["sensors"]): CameraPlan | null {
  const { camera, gain, ffc, telemetry, unit, video } = sensors;
  if (camera === "none") return null;
  if (camera === "lepton") return { kind: camera, settings: { gainMode: gain, ffcMode: ffc } };
  const settings =
    unit === null ? ({ telemetry: "with" } as const) : ({ telemetry: "without", unit } as const);
  return { kind: camera, device: video, settings: telemetry === "with" ? { telemetry } : settings };
}
