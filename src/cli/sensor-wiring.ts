import { badInput } from "#core/failure.ts";
import type { LeptonVideo } from "#sensors/lepton/lepton-camera.ts";
import { makeLeptonCaptureReader } from "#sensors/lepton/lepton-capture-reader.ts";
import type { GpioLine } from "#sensors/transport/gpio-line.ts";
import type { I2cBus } from "#sensors/transport/i2c-bus.ts";
import { InlineCapture } from "#sensors/transport/inline-capture.ts";
import { LinuxGpioLine } from "#sensors/transport/linux/linux-gpio-line.ts";
import { LinuxI2cBus } from "#sensors/transport/linux/linux-i2c-bus.ts";
import { ReopeningGpioLine } from "#sensors/transport/reopening-gpio-line.ts";
import { DeviceClient } from "./emulate/device-client.ts";
import { SocketSpiLink } from "./emulate/socket-spi-link.ts";
import { leptonCapture } from "./lepton-capture.ts";
import type { LinePlace } from "./line-place.ts";
import { systemClock } from "./system-clock.ts";

/** Where sensors are wired to: buses of this machine, or devices that `emberwatch emulate` serves. */
export interface SensorWiring {
  readonly i2c: I2cBus;
  /** The supply switches of the camera and of the other sensors; null where they cannot be switched. */
  readonly cameraPower: GpioLine | null;
  readonly airPower: GpioLine | null;
  /** The camera's video. Opened only when asked for. */
  leptonVideo(): LeptonVideo;
  /** Lets go of everything; called after the drivers have stopped. */
  close(): Promise<void>;
}

/** Which devices of this machine to use. */
export interface LinuxWiringOptions {
  readonly i2c: string;
  readonly spi: string;
  readonly cameraPower: LinePlace | null;
  readonly airPower: LinePlace | null;
}

/**
 * Buses of this machine. Nothing is opened here: what is not there fails its drivers, which call it trouble and try for
 * as long as it takes.
 */
export function linuxWiring(options: LinuxWiringOptions): SensorWiring {
  const { spi } = options;
  const i2c = LinuxI2cBus.at({ path: options.i2c });
  const line = (place: LinePlace | null): ReopeningGpioLine | null =>
    place === null ? null : new ReopeningGpioLine(() => LinuxGpioLine.open({ ...place, initial: "high" }));
  const cameraPower = line(options.cameraPower);
  const airPower = line(options.airPower);
  return {
    i2c,
    cameraPower,
    airPower,
    leptonVideo: () => ({ capture: leptonCapture({ path: spi }) }),
    async close() {
      await Promise.all([i2c.close(), cameraPower?.close(), airPower?.close()]);
    },
  };
}

/**
 * Connects to devices that `emberwatch emulate` serves at a Unix socket, and again when its server has come back. Throws
 * `Failure` when nobody serves there.
 */
export async function servedWiring(path: string): Promise<SensorWiring> {
  const client = await DeviceClient.connect(path);
  const { description } = client;
  const leptonLink = description.spi.indexOf("lepton");
  if (leptonLink < 0) {
    client.close();
    throw badInput(
      "no-emulated-camera",
      `What is served at ${path} has no camera: start emberwatch emulate there.`,
    );
  }
  const line = (name: string): GpioLine | null =>
    description.lines.includes(name) ? client.line(name) : null;
  return {
    i2c: client.i2c,
    cameraPower: line("lepton-power"),
    airPower: line("scd41-power"),
    leptonVideo: () => ({
      // The thread behind a link ends with the server; a new one looks for it again.
      capture: new InlineCapture({
        clock: systemClock,
        openLink: () => SocketSpiLink.open(path, leptonLink),
        makeReader: makeLeptonCaptureReader,
        settings: { telemetryPlace: "footer" },
      }),
    }),
    async close() {
      client.close();
    },
  };
}
