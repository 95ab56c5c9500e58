import type { Clock } from "#core/time.ts";
import type { GpioLine } from "#sensors/transport/gpio-line.ts";
import type { I2cBus } from "#sensors/transport/i2c-bus.ts";
import type { SpiLink } from "#sensors/transport/spi-link.ts";

/** A program that has a device open. */
export interface DeviceHolder {
  readonly pid: number;
  /** Its command line, or its name where that is hidden. */
  readonly command: string;
}

/** A camera that the system shows as a video device. */
export interface VideoDevice {
  /** Device node, for example "/dev/video0". */
  readonly path: string;
  /** As the camera calls itself; null where the system does not tell. */
  readonly name: string | null;
}

/** A device node, how to open it, and what else the machine has in its place. */
export interface DevicePlace<Device> {
  /** For example "/dev/i2c-1". */
  readonly path: string;
  /** Throws `TransportFailure` that says what to do. */
  open(): Promise<Device>;
  /** Programs that have it open, as far as this user may see. */
  holders(): Promise<readonly DeviceHolder[]>;
  /** Where to look instead when it is not there, as sentences; empty when there is nothing to say. */
  hint(): Promise<string>;
}

/** The sensors' buses as the doctor reaches them; nothing is opened before it is needed. */
export interface DoctorSurroundings {
  readonly clock: Clock;
  readonly i2c: DevicePlace<I2cBus>;
  readonly spi: DevicePlace<SpiLink>;
  /** The switches of the camera's supply and of the other sensors'; null when none is named. They are opened high: on. */
  readonly cameraPower: DevicePlace<GpioLine> | null;
  readonly airPower: DevicePlace<GpioLine> | null;
  /** Shows what takes a while, and how long it still does; an empty text takes it away. */
  readonly progress: (text: string) => void;
}

/** Milliseconds, on a clock. */
export function pause(clock: Clock, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  clock.after(ms, resolve);
  return promise;
}

/** Waits for work that takes some seconds, and counts them down meanwhile. */
export async function withCountdown<Result>(
  { clock, progress }: Pick<DoctorSurroundings, "clock" | "progress">,
  { what, seconds }: { readonly what: string; readonly seconds: number },
  work: Promise<Result>,
): Promise<Result> {
  let left = seconds;
  const show = (): void => progress(left > 0 ? `${what}: ${left} s` : `${what}: a moment more`);
  show();
  const cancel = clock.every(1_000, () => {
    left -= 1;
    show();
  });
  try {
    return await work;
  } finally {
    cancel();
    progress("");
  }
}
