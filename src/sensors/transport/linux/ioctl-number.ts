/** What an ioctl number says: which way the argument goes (seen from the program), whose it is, and how long it is. */
export interface IoctlParts {
  readonly direction: "none" | "write" | "read" | "read-write";
  /** The driver family's magic number. */
  readonly type: number;
  readonly number: number;
  /** Size of the argument in bytes. */
  readonly sizeBytes: number;
}

const directionBits = { none: 0, write: 1, read: 2, "read-write": 3 } as const;

/** `_IOC_SIZEBITS`. */
const sizeBits = 14;

/**
 * `_IOC(dir, type, nr, size)` of Linux, include/uapi/asm-generic/ioctl.h: number in bits 0–7, type in 8–15, size in
 * 16–29, direction in 30–31. Holds on x86 and ARM (not on PowerPC, MIPS and SPARC, which have a layout of their own).
 */
export function ioctlNumber({ direction, type, number, sizeBytes }: IoctlParts): number {
  if (sizeBytes >= 1 << sizeBits) throw new Error(`Programmer error: ${sizeBytes} bytes for an ioctl.`);
  // The shift by 30 would turn the sign; ioctl takes an unsigned long.
  return ((directionBits[direction] << 30) | (sizeBytes << 16) | (type << 8) | number) >>> 0;
}
