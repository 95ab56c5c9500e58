import type { TroubleCode } from "#core/alarm/trouble.ts";

/**
 * A named fault that only the driver can know of (the chip does not answer, its checksums are wrong), come or gone.
 * What readings themselves show (silence, a stuck value) is found by the detector, for every source alike.
 */
export interface SensorFault {
  readonly code: TroubleCode;
  readonly active: boolean;
  /** One sentence for people: what is wrong and what to do; or that it is over. */
  readonly text: string;
}
