/** One output line: a sensor's power switch or reset input. */
export interface GpioLine {
  /** Drives the line. Throws `TransportFailure`. */
  set(level: "high" | "low"): Promise<void>;
  /** Lets go of the line; safe to call twice. */
  close(): Promise<void>;
}
