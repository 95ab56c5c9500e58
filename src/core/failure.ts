/**
 * Who has to act on a failure: `input` is something the user gave us (a file, an option, a request; exit code 2 or
 * HTTP 4xx), `machine` is the place we run on (disk full, port taken; exit code 1 or HTTP 5xx).
 */
export type FailureSide = "input" | "machine";

/**
 * An operating error: expected in life, carries a code for programs and one sentence for people that names the
 * file, field or device and says what to do. Programmer errors are assertions instead.
 */
export class Failure extends Error {
  readonly code: string;
  readonly side: FailureSide;

  constructor(side: FailureSide, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "Failure";
    this.side = side;
    this.code = code;
  }
}

/** A failure whose cause is what the user gave us. */
export function badInput(code: string, message: string, options?: ErrorOptions): Failure {
  return new Failure("input", code, message, options);
}

/** A failure whose cause is the machine we run on. */
export function machineFault(code: string, message: string, options?: ErrorOptions): Failure {
  return new Failure("machine", code, message, options);
}

/** States what must be true if the program is right; stays on in production. */
export function assert(condition: boolean, statement: string): asserts condition {
  if (!condition) throw new Error(`Programmer error: ${statement}`);
}

/** Ends an exhaustive switch over a union: the compiler refuses a forgotten case, the program refuses an unknown value. */
export function assertNever(value: never): never {
  throw new Error(`Programmer error: unexpected value ${JSON.stringify(value)}`);
}
