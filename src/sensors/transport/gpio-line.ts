/** An output line whose level can be read back. */
export interface ReadableGpioLine extends GpioLine {
  /** The level that the chip says the line has. Throws `TransportFailure`. */
  read(): Promise<"high" | "low">;
}

/** One output line: a sensor's power switch or reset input. */
export interface GpioLine {
  /** Drives the line. Throws `TransportFailure`. */
  set(level: "high" | "low"): Promise<void>;
  /** Lets go of the line; safe to call twice. */
  close(): Promise<void>;
}
