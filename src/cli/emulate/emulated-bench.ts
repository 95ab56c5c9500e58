import { Random } from "#core/random.ts";
import type { Clock } from "#core/time.ts";
import type { LiveRoom } from "#simulation/demo/live-room.ts";
import { airSourceOfRoom } from "#simulation/devices/air-source-of-room.ts";
import type { ServedDevices } from "#simulation/devices/device-server.ts";
import { EmulatedI2cBus } from "#simulation/devices/emulated-i2c-bus.ts";
import { EmulatedLepton } from "#simulation/devices/emulated-lepton.ts";
import { EmulatedScd41 } from "#simulation/devices/emulated-scd41.ts";
import { EmulatedSen66 } from "#simulation/devices/emulated-sen66.ts";
import { EmulatedSfa30 } from "#simulation/devices/emulated-sfa30.ts";
import { EmulatedSgp41 } from "#simulation/devices/emulated-sgp41.ts";
import { EmulatedSps30 } from "#simulation/devices/emulated-sps30.ts";
import { sceneOfPictures } from "#simulation/devices/scene-of-pictures.ts";
import { SceneOfRoom } from "#simulation/devices/scene-of-room.ts";
import { faultParsers } from "./fault-schemas.ts";

/** Options of `emulatedBench`. */
export interface EmulatedBenchOptions {
  readonly room: LiveRoom;
  readonly clock: Clock;
  /** For the camera's noise and bad pixels. */
  readonly seed: number;
  /** What the camera sees instead of the room: recorded pictures, again and again; null shows the room. */
  readonly pictures: readonly Uint16Array[] | null;
  /** See `EmulatedLeptonOptions`; more than 1 for a host that is no real-time system. */
  readonly segmentsKept: number;
}

/**
 * A Lepton 3.5, an SCD41 and the further sensors in one emulated room, wired to one I2C bus, and what a device server
 * needs of them.
 */
export interface EmulatedBench {
  readonly lepton: EmulatedLepton;
  readonly scd41: EmulatedScd41;
  readonly i2c: EmulatedI2cBus;
  readonly served: ServedDevices;
}

/** Puts them together: SPI link "lepton", lines "lepton-power" and "scd41-power", faults of each by its name. */
export function emulatedBench(options: EmulatedBenchOptions): EmulatedBench {
  const { room, clock, segmentsKept, pictures } = options;
  const seen = new SceneOfRoom({ room, random: new Random(options.seed) });
  const lepton = new EmulatedLepton({
    clock,
    scene: pictures === null ? seen.scene : sceneOfPictures(pictures, { atEnd: "repeat" }),
    onCorrection: seen.onCorrection,
    segmentsKept,
  });
  const air = airSourceOfRoom({ room, clock });
  const scd41 = new EmulatedScd41({ clock, air });
  const sgp41 = new EmulatedSgp41({ clock, air });
  const sps30 = new EmulatedSps30({ clock, air });
  const sen66 = new EmulatedSen66({ clock, air });
  const sfa30 = new EmulatedSfa30({ clock, air });
  const i2c = new EmulatedI2cBus([lepton.cci, scd41, sgp41, sps30, sen66, sfa30], { clock });
  const served: ServedDevices = {
    i2c,
    spi: [{ name: "lepton", link: lepton.spi }],
    lines: [
      { name: "lepton-power", line: lepton.powerLine },
      { name: "scd41-power", line: scd41.powerLine },
    ],
    faults: [
      { name: "lepton", set: (fault) => lepton.setFault(faultParsers.lepton(fault)) },
      { name: "scd41", set: (fault) => scd41.setFault(faultParsers.scd41(fault)) },
      { name: "sgp41", set: (fault) => sgp41.setFault(faultParsers.sgp41(fault)) },
      { name: "sps30", set: (fault) => sps30.setFault(faultParsers.sps30(fault)) },
      { name: "sen66", set: (fault) => sen66.setFault(faultParsers.sen66(fault)) },
      { name: "sfa30", set: (fault) => sfa30.setFault(faultParsers.sfa30(fault)) },
    ],
  };
  return { lepton, scd41, i2c, served };
}
