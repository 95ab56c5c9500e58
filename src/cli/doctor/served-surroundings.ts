import { badInput } from "#core/failure.ts";
import type { Clock } from "#core/time.ts";
import type { GpioLine } from "#sensors/transport/gpio-line.ts";
import { DeviceClient } from "../emulate/device-client.ts";
import { SocketSpiLink } from "../emulate/socket-spi-link.ts";
import type { DevicePlace, DoctorSurroundings } from "./doctor-surroundings.ts";

/** The devices that `emberwatch emulate` serves at a Unix socket, and how to hang up when the check is over. */
export interface ServedSurroundings {
  readonly surroundings: DoctorSurroundings;
  close(): void;
}

/**
 * Connects to emulated devices, so that the doctor, and what it says of each fault, can be tried without hardware. Throws
 * `Failure` when nobody serves there, or no camera is served.
 */
export async function servedSurroundings(
  socket: string,
  { clock, progress }: { readonly clock: Clock; readonly progress: (text: string) => void },
): Promise<ServedSurroundings> {
  const client = await DeviceClient.connect(socket);
  const { spi, lines } = client.description;
  const camera = spi.indexOf("lepton");
  if (camera < 0) {
    client.close();
    throw badInput(
      "no-emulated-camera",
      `What is served at ${socket} has no camera: start emberwatch emulate there.`,
    );
  }
  const { i2c } = client;
  const switchOf = (name: string): DevicePlace<GpioLine> | null =>
    lines.includes(name) ? place(`${socket}, line ${name},`, () => client.line(name)) : null;
  return {
    surroundings: {
      clock,
      progress,
      // The bus and the switch share one connection, which `close` ends.
      i2c: place(`${socket} (I2C)`, () => ({ transfer: i2c.transfer, close: async () => {} })),
      spi: place(`${socket} (SPI)`, () => SocketSpiLink.open(socket, camera)),
      cameraPower: switchOf("lepton-power"),
      airPower: switchOf("scd41-power"),
    },
    close: () => client.close(),
  };
}

/** Emulated devices are held by nobody else that would be disturbed, and there is no other place to look. */
function place<Device>(path: string, open: () => Device): DevicePlace<Device> {
  return { path, open: async () => open(), holders: async () => [], hint: async () => "" };
}
