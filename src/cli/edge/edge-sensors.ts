import type { DeviceAgentOptions } from "#edge/device-agent-options.ts";
import type { EdgeConfig } from "#edge/edge-config.ts";
import { defaultScd41Settings } from "#sensors/scd41/scd41-settings.ts";
import { LiveRoom } from "#simulation/demo/live-room.ts";
import { emulatedBench } from "../emulate/emulated-bench.ts";
import { parseLinePlace } from "../line-place.ts";
import { makeSensors, type PlannedSensors } from "../make-sensors.ts";
import type { CameraPlan, SensorPlan } from "../sensor-plan.ts";
import { linuxWiring, type SensorWiring, servedWiring } from "../sensor-wiring.ts";
import { systemClock } from "../system-clock.ts";

/** The seed of the simulated room of a trial: each trial shows the same room. */
const trialSeed = 12;
/** Video segments that may wait: a trial's machine is no real-time system. */
const segmentsKept = 106;

/** A device's sensors, and what lets go of their buses after the device has stopped. */
export interface EdgeSensors extends PlannedSensors {
  readonly source: DeviceAgentOptions["source"];
  readonly demo: DeviceAgentOptions["demo"];
  release(): Promise<void>;
}

/** Makes the sensors of a configuration. Throws `Failure` where nobody serves emulated ones at its socket. */
export async function edgeSensors(config: EdgeConfig): Promise<EdgeSensors> {
  const plan = edgeSensorPlan(config);
  if (plan.emulated === "room") return roomSensors(plan);
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

/** A simulated room in this process: the drivers read a Lepton and Sensirion chips that are emulated to the byte. */
function roomSensors(plan: SensorPlan): EdgeSensors {
  const clock = systemClock;
  const room = new LiveRoom({ seed: trialSeed, startMicros: clock.nowMicros(), kind: "workshop" });
  const bench = emulatedBench({ room, clock, seed: trialSeed, segmentsKept, pictures: null });
  const wiring: SensorWiring = {
    i2c: bench.i2c,
    cameraPower: bench.lepton.powerLine,
    airPower: bench.scd41.powerLine,
    leptonVideo: () => ({ spi: bench.lepton.spi }),
    close: async () => {},
  };
  return {
    ...makeSensors(plan, { wiring, clock }),
    source: "emulated",
    demo: {
      ignite() {
        room.ignite();
        return "A small fire burns in the simulated room.";
      },
      extinguish() {
        room.extinguish();
        return "The simulated fire is out. What it heated is still hot for some minutes.";
      },
    },
    release: wiring.close,
  };
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
