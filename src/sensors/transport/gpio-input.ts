/** One input line: a call point, a key switch. */
export interface GpioInput {
  /** The level now. Throws `TransportFailure`. */
  read(): Promise<"high" | "low">;
  /** Lets go of the line; safe to call twice. */
  close(): Promise<void>;
}
