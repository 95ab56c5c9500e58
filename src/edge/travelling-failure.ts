import { Failure, type FailureSide, machineFault } from "#core/failure.ts";

/** A failure on its way out of a worker thread. */
export interface TravellingFailure {
  readonly side: FailureSide;
  readonly code: string;
  readonly message: string;
}

/** What leaves a worker for an error; one that is no `Failure` is the machine's, with the code given. */
export function travelling(error: unknown, code: string): TravellingFailure {
  const failure =
    error instanceof Failure
      ? error
      : machineFault(code, error instanceof Error ? error.message : String(error));
  return { side: failure.side, code: failure.code, message: failure.message };
}

/** The failure again, where it has arrived. */
export function arrived({ side, code, message }: TravellingFailure): Failure {
  return new Failure(side, code, message);
}
