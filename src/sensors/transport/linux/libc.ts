import { TransportFailure } from "../transport-failure.ts";

/** The few calls of the C library that devices need, and datagrams to Unix sockets. They block. */
export interface Libc {
  /** A file descriptor, or -1 and `lastErrno`. */
  open(path: string, flags: number): number;
  close(descriptor: number): number;
  /** Negative on error, see `lastErrno`. The kernel may write into `argument`. Allocates nothing. */
  ioctl(descriptor: number, request: number, argument: Uint8Array): number;
  /** A socket's descriptor, or -1 and `lastErrno`. */
  socket(domain: number, type: number, protocol: number): number;
  /** Sends bytes to a `struct sockaddr`; how many, or -1 and `lastErrno`. */
  sendto(
    descriptor: number,
    bytes: Uint8Array,
    byteCount: number,
    flags: number,
    address: Uint8Array,
    addressBytes: number,
  ): number;
  /** Error number of this thread's last call that failed. */
  lastErrno(): number;
  /**
   * Where memory lies, for a pointer inside a struct. Holds as long as the buffer lives and is neither resized nor
   * transferred.
   */
  addressOf(memory: ArrayBuffer): bigint;
}

/** `O_RDWR | O_CLOEXEC` of Linux, include/uapi/asm-generic/fcntl.h: children started later do not inherit it. */
export const openReadWrite = 0o2 | 0o2000000;

let loaded: Promise<Libc> | null = null;

/**
 * The C library of this process; whatever LD_PRELOAD put before it is called first, which is how tests fake devices.
 * Throws `TransportFailure` where koffi is missing or the machine is not a 64-bit Linux.
 */
export function loadLibc(): Promise<Libc> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Libc> {
  // The structs of the neighbouring files are those of 64-bit little-endian machines.
  if (process.platform !== "linux" || (process.arch !== "arm64" && process.arch !== "x64")) {
    const text = `Sensors can be wired to 64-bit Linux only, this is ${process.platform} on ${process.arch}: use a 64-bit Raspberry Pi OS.`;
    throw new TransportFailure("device-missing", text);
  }
  const koffi = await importKoffi();
  const library = koffi.load(null);
  // Both take further arguments by "...". Linux passes them like named ones on x64 and arm64, and a fixed signature
  // costs a call nothing.
  return {
    open: library.func("int open(const char *path, int flags)"),
    close: library.func("int close(int descriptor)"),
    ioctl: library.func("int ioctl(int descriptor, unsigned long request, void *argument)"),
    socket: library.func("int socket(int domain, int type, int protocol)"),
    sendto: library.func(
      "long sendto(int descriptor, const void *bytes, size_t byteCount, int flags, const void *address, uint32_t addressBytes)",
    ),
    lastErrno: () => koffi.errno(),
    addressOf: (memory) => koffi.address(memory),
  };
}

async function importKoffi(): Promise<typeof import("koffi")> {
  try {
    return await import("koffi");
  } catch (cause) {
    const text =
      'The package koffi, through which sensors are reached, is missing: install it with "npm install koffi".';
    throw new TransportFailure("device-missing", text, { cause });
  }
}
