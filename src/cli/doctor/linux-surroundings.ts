import type { Clock } from "#core/time.ts";
import type { GpioLine } from "#sensors/transport/gpio-line.ts";
import { LinuxGpioLine } from "#sensors/transport/linux/linux-gpio-line.ts";
import { LinuxI2cBus } from "#sensors/transport/linux/linux-i2c-bus.ts";
import { LinuxSpiLink } from "#sensors/transport/linux/linux-spi-link.ts";
import type { LinePlace } from "../line-place.ts";
import { deviceHolders } from "./device-holders.ts";
import type { DevicePlace, DoctorSurroundings } from "./doctor-surroundings.ts";
import { deviceNodes, isRaspberryPi } from "./gather-facts.ts";

/** Which devices of this machine to use. */
export interface LinuxPlaces {
  readonly i2c: string;
  readonly spi: string;
  readonly cameraPower: LinePlace | null;
  readonly airPower: LinePlace | null;
}

/** The devices of this machine; none is opened here. */
export function linuxSurroundings(
  places: LinuxPlaces,
  { clock, progress }: { readonly clock: Clock; readonly progress: (text: string) => void },
): DoctorSurroundings {
  const { i2c, spi, cameraPower, airPower } = places;
  return {
    clock,
    progress,
    i2c: place(i2c, { nodes: "/dev/i2c-", open: () => LinuxI2cBus.open({ path: i2c }) }),
    spi: place(spi, { nodes: "/dev/spidev", open: () => LinuxSpiLink.open({ path: spi }) }),
    cameraPower: powerPlace(cameraPower),
    airPower: powerPlace(airPower),
  };
}

function powerPlace(line: LinePlace | null): DevicePlace<GpioLine> | null {
  if (line === null) return null;
  const open = () => LinuxGpioLine.open({ ...line, initial: "high" });
  return { ...place(line.path, { nodes: "/dev/gpiochip", open }), path: `${line.path}, line ${line.line},` };
}

function place<Device>(
  path: string,
  { nodes, open }: { readonly nodes: string; readonly open: () => Promise<Device> },
): DevicePlace<Device> {
  return { path, open, holders: () => deviceHolders(path), hint: () => hint(nodes) };
}

async function hint(nodes: string): Promise<string> {
  const found = await deviceNodes(nodes);
  if (found.length > 0) return `This computer has ${found.join(", ")}.`;
  return (await isRaspberryPi())
    ? ""
    : "This computer does not say that it is a Raspberry Pi; sensors are wired to one.";
}
