/**
 * The error numbers that buses and lines report, as Linux has them on every machine we run on
 * (include/uapi/asm-generic/errno-base.h and errno.h; the same on x86 and ARM).
 */
export const errno = {
  EPERM: 1,
  ENOENT: 2,
  EIO: 5,
  ENXIO: 6,
  EAGAIN: 11,
  EACCES: 13,
  EBUSY: 16,
  ENODEV: 19,
  EINVAL: 22,
  ENOTTY: 25,
  EPROTO: 71,
  EMSGSIZE: 90,
  EOPNOTSUPP: 95,
  ESHUTDOWN: 108,
  ETIMEDOUT: 110,
  EREMOTEIO: 121,
} as const;

/** An error number with its name where we know it: "EIO (5)". */
export function errnoName(number: number): string {
  const name = Object.entries(errno).find(([, value]) => value === number)?.[0];
  return name === undefined ? `error ${number}` : `${name} (${number})`;
}
