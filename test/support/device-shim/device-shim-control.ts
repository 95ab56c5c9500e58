import koffi from "koffi";

const library = koffi.load(null);
const reset = library.func("void device_shim_reset()");
const set = library.func("int device_shim_set(const char *name, int value)");
const log = library.func("const char *device_shim_log()");
const play = library.func("void device_shim_play(const uint8_t *bytes, int length, int segmentLength)");
const openCount = library.func("int device_shim_open_count()");
const constant = library.func("uint32_t device_shim_constant(const char *name)");

/** What a test can ask of the fake devices; device-shim.c explains each. */
export type DeviceShimSetting =
  | "open_errno"
  | "transfer_errno"
  | "unplugged"
  | "unplug_after"
  | "delay_ms"
  | "bufsiz"
  | "smbus_only"
  | "line_taken"
  | "line_low"
  | "quiet";

/** Steers the fake devices of this process, which was started with them in LD_PRELOAD. */
export const deviceShim = {
  /** Everything works again, and the log is empty. */
  reset(): void {
    reset();
  },
  set(name: DeviceShimSetting, value: number): void {
    if (set(name, value) !== 0) throw new Error(`The shim knows no setting "${name}".`);
  },
  /** From now on the SPI chip is a camera that sends these segments over and over, one every 9.434 ms. */
  play(bytes: Uint8Array, segmentBytes: number): void {
    play(bytes, bytes.length, segmentBytes);
  },
  /** What the "kernel" has seen, line by line. */
  log(): string[] {
    return String(log()).split("\n").slice(0, -1);
  },
  /** Descriptors of fake devices that are open. */
  openCount(): number {
    return Number(openCount());
  },
  /** A number of the kernel's headers by its name. */
  constant(name: string): number {
    return Number(constant(name));
  },
};
