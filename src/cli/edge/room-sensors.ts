import { LiveRoom } from "#simulation/demo/live-room.ts";
import { emulatedBench } from "../emulate/emulated-bench.ts";
import { makeSensors } from "../make-sensors.ts";
import type { SensorPlan } from "../sensor-plan.ts";
import type { SensorWiring } from "../sensor-wiring.ts";
import { systemClock } from "../system-clock.ts";
import type { EdgeSensors } from "./edge-sensors.ts";

/** The seed of the simulated room of a trial: each trial shows the same room. */
const trialSeed = 12;
/** Video segments that may wait: a trial's machine is no real-time system. */
const segmentsKept = 106;

/** A simulated room in this process: the drivers read a Lepton and Sensirion chips that are emulated to the byte. */
export function roomSensors(plan: SensorPlan): EdgeSensors {
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
