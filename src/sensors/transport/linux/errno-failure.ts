import { type TransportCode, TransportFailure } from "../transport-failure.ts";
import { errno, errnoName } from "./errno.ts";

/** Which device reported an error. */
export interface DevicePlace {
  readonly kind: "i2c" | "spi" | "gpio";
  /** Device node, for example "/dev/i2c-1". */
  readonly path: string;
}

interface Explanation {
  readonly code: TransportCode;
  readonly text: string;
}

/** What to do about a device node that is not there, on a Raspberry Pi. */
const missingRemedies = {
  i2c: 'I2C is disabled, or the bus has another number: enable it with "sudo raspi-config nonint do_i2c 0", restart, and see "ls /dev/i2c-*".',
  spi: 'SPI is disabled: enable it with "sudo raspi-config nonint do_spi 0", restart, and see "ls /dev/spidev*".',
  gpio: 'see "ls /dev/gpiochip*" for the chips there are, and name one of them.',
} as const;

function explainAnywhere({ kind, path }: DevicePlace, number: number): Explanation | null {
  switch (number) {
    case errno.EACCES:
    case errno.EPERM:
      return {
        code: "permission-denied",
        text: `This user may not use ${path}: add it to the group with "sudo usermod -aG ${kind} $USER" and log in again.`,
      };
    case errno.ENODEV:
    case errno.ESHUTDOWN:
      return {
        code: "gone",
        text: `${path} has vanished: check the cable, and that its driver is still loaded.`,
      };
    default:
      return null;
  }
}

function explainOpening(place: DevicePlace, number: number): Explanation {
  const { kind, path } = place;
  switch (number) {
    case errno.ENOENT:
      return { code: "device-missing", text: `${path} is not there: ${missingRemedies[kind]}` };
    case errno.ENODEV:
    case errno.ENXIO:
    case errno.ESHUTDOWN:
      return { code: "device-missing", text: `${path} has no hardware behind it: ${missingRemedies[kind]}` };
    case errno.EBUSY:
      return {
        code: "busy",
        text: `${path} is held by another program: stop that one ("sudo fuser ${path}" names it).`,
      };
    case errno.ENOTTY:
      return {
        code: "device-missing",
        text: `${path} is no ${kind.toUpperCase()} device: name another one.`,
      };
    default:
      return (
        explainAnywhere(place, number) ?? {
          code: "bus-error",
          text: `${path} cannot be opened: ${errnoName(number)}; see "dmesg" for what the kernel says.`,
        }
      );
  }
}

/** Why a device cannot be opened or set up, as a failure that says what to do. */
export function openingFailure(place: DevicePlace, number: number): TransportFailure {
  const { code, text } = explainOpening(place, number);
  return new TransportFailure(code, text);
}

/** One exchange with a chip on an I2C bus that failed. */
export interface FailedI2cTransfer {
  readonly path: string;
  /** 7-bit address. */
  readonly address: number;
  readonly errno: number;
}

/**
 * Why an I2C exchange failed. What the numbers mean is in the kernel's Documentation/i2c/fault-codes.rst: ENXIO is a
 * missing acknowledge; the Raspberry Pi's i2c-bcm2835 says EREMOTEIO instead, others EIO.
 */
export function i2cFailure({ path, address, errno: number }: FailedI2cTransfer): TransportFailure {
  const chip = `The chip at 0x${address.toString(16).padStart(2, "0")} on ${path}`;
  const busNumber = /\d+$/.exec(path)?.[0] ?? "1";
  switch (number) {
    case errno.ENXIO:
    case errno.EREMOTEIO:
    case errno.EIO: {
      const look = `"i2cdetect -y ${busNumber}" lists what answers`;
      const text = `${chip} does not answer (${errnoName(number)}): check its cable, supply and address; ${look}.`;
      return new TransportFailure("no-answer", text);
    }
    case errno.EBUSY:
      return new TransportFailure(
        "busy",
        `${path} is kept busy by something else: power the chips off and on.`,
      );
    case errno.ETIMEDOUT:
    case errno.EAGAIN: {
      const text = `${path} is held by a chip or disturbed (${errnoName(number)}): check cable length and pull-up resistors, power the chips off and on.`;
      return new TransportFailure("bus-error", text);
    }
    default: {
      const known = explainAnywhere({ kind: "i2c", path }, number);
      const text = `${chip} could not be reached: ${errnoName(number)}; see "dmesg" for what the kernel says.`;
      return new TransportFailure(known?.code ?? "bus-error", known?.text ?? text);
    }
  }
}

/** A read from an SPI chip that failed. */
export interface FailedSpiRead {
  readonly path: string;
  readonly bytes: number;
  readonly errno: number;
}

/** Why an SPI read failed. A driver that lets go of its device answers ESHUTDOWN (drivers/spi/spidev.c). */
export function spiFailure({ path, bytes, errno: number }: FailedSpiRead): TransportFailure {
  const known = explainAnywhere({ kind: "spi", path }, number);
  if (known !== null) return new TransportFailure(known.code, known.text);
  if (number === errno.EMSGSIZE) return spiTooLong({ path, bytes });
  const text = `${path} could not read ${bytes} bytes: ${errnoName(number)}; see "dmesg" for what the kernel says.`;
  return new TransportFailure("bus-error", text);
}

/** A read is longer than the kernel's SPI driver is set to do in one go (its parameter `bufsiz`). */
export function spiTooLong({
  path,
  bytes,
}: {
  readonly path: string;
  readonly bytes: number;
}): TransportFailure {
  const text = `${path} cannot read ${bytes} bytes in one go: put "spidev.bufsiz=65536" at the end of the line in /boot/firmware/cmdline.txt and restart.`;
  return new TransportFailure("bus-error", text);
}

/** A call for one line of a GPIO chip that failed. */
export interface FailedGpioCall {
  readonly path: string;
  readonly line: number;
  readonly errno: number;
}

/** Why a GPIO line cannot be had or driven. */
export function gpioFailure({ path, line, errno: number }: FailedGpioCall): TransportFailure {
  switch (number) {
    case errno.EBUSY: {
      const text = `Line ${line} of ${path} is in use: stop the program or overlay that holds it ("gpioinfo" names it).`;
      return new TransportFailure("busy", text);
    }
    case errno.EINVAL: {
      const text = `${path} has no line ${line} that can be an output: "gpioinfo" lists its lines.`;
      return new TransportFailure("device-missing", text);
    }
    case errno.ENOTTY:
      return openingFailure({ kind: "gpio", path }, number);
    default: {
      const known = explainAnywhere({ kind: "gpio", path }, number);
      const text = `Line ${line} of ${path} cannot be driven: ${errnoName(number)}; see "dmesg" for what the kernel says.`;
      return new TransportFailure(known?.code ?? "bus-error", known?.text ?? text);
    }
  }
}
