import { startDeviceServer } from "#cli/emulate/start-device-server.ts";
import { systemClock } from "#cli/system-clock.ts";
import { EmulatedI2cBus } from "#simulation/devices/emulated-i2c-bus.ts";
import { EmulatedLepton } from "#simulation/devices/emulated-lepton.ts";

// A program of its own that serves an emulated Lepton at the path it is given, until it is killed.

const scene = Uint16Array.from({ length: 19_200 }, (_, i) => 29_000 + (i % 3_000));
const lepton = new EmulatedLepton({
  clock: systemClock,
  scene: () => scene,
  poweredForMs: 5_000,
  // A machine that is busy with other tests is no real-time system.
  segmentsKept: 1_000,
});
await startDeviceServer({
  path: process.argv[2] ?? "",
  devices: {
    i2c: new EmulatedI2cBus([lepton.cci], { clock: systemClock }),
    spi: [{ name: "lepton", link: lepton.spi }],
    lines: [],
    faults: [],
  },
  log: () => {},
});
console.log("serving");
