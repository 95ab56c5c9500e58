import { Failure } from "#core/failure.ts";

/**
 * What went wrong between us and a chip. `device-missing`: the bus or device node is not there. `permission-denied`:
 * it is, and we may not use it. `no-answer`: the chip does not acknowledge. `gone`: it was there and has vanished.
 * `bus-error`: anything else the system reports. `busy`: another program holds it.
 */
export type TransportCode =
  | "device-missing"
  | "permission-denied"
  | "no-answer"
  | "gone"
  | "bus-error"
  | "busy";

/** An operating error of a bus or line; its sentence names the device and says what to do. */
export class TransportFailure extends Failure {
  declare readonly code: TransportCode;

  constructor(code: TransportCode, message: string, options?: ErrorOptions) {
    super("machine", code, message, options);
    this.name = "TransportFailure";
  }
}
