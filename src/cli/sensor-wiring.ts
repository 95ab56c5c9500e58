import { assert, badInput } from "#core/failure.ts";
import type { LeptonVideo } from "#sensors/lepton/lepton-camera.ts";
import type { GpioLine } from "#sensors/transport/gpio-line.ts";
import type { I2cBus } from "#sensors/transport/i2c-bus.ts";
import { LinuxGpioLine } from "#sensors/transport/linux/linux-gpio-line.ts";
import { LinuxI2cBus } from "#sensors/transport/linux/linux-i2c-bus.ts";
import { DeviceClient } from "./emulate/device-client.ts";
import { SocketSpiLink } from "./emulate/socket-spi-link.ts";
import { leptonCapture } from "./lepton-capture.ts";

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

/** A line of a GPIO chip, for example line 17 of "/dev/gpiochip0". */
export interface LinePlace {
  readonly path: string;
  readonly line: number;
}

/** Which devices of this machine to use. */
export interface LinuxWiringOptions {
  readonly i2c: string;
  readonly spi: string;
  readonly cameraPower: LinePlace | null;
  readonly airPower: LinePlace | null;
}

/** Opens buses of this machine. Throws `TransportFailure` that says what to do. */
export async function linuxWiring(options: LinuxWiringOptions): Promise<SensorWiring> {
  const { spi } = options;
  const i2c = await LinuxI2cBus.open({ path: options.i2c });
  const lines: GpioLine[] = [];
  const line = async (place: LinePlace | null): Promise<GpioLine | null> => {
    if (place === null) return null;
    const opened = await LinuxGpioLine.open({ ...place, initial: "high" });
    lines.push(opened);
    return opened;
  };
  const close = async (): Promise<void> => {
    await Promise.all([i2c.close(), ...lines.map((one) => one.close())]);
  };
  try {
    const cameraPower = await line(options.cameraPower);
    const airPower = await line(options.airPower);
    const leptonVideo = (): LeptonVideo => ({ capture: leptonCapture({ path: spi }) });
    return { i2c, cameraPower, airPower, leptonVideo, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Connects to devices that `emberwatch emulate` serves at a Unix socket. Throws `Failure` when nobody serves there. */
export async function servedWiring(path: string): Promise<SensorWiring> {
  const client = await DeviceClient.connect(path);
  const links: SocketSpiLink[] = [];
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
    leptonVideo() {
      assert(links.length === 0, "the video is opened once");
      const spi = SocketSpiLink.open(path, leptonLink);
      links.push(spi);
      return { spi };
    },
    async close() {
      for (const link of links) link.close();
      client.close();
    },
  };
}
