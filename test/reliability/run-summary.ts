import type { FaultPlan } from "./fault.ts";
import type { Violation } from "./violation.ts";

/** What came of a run. */
export interface RunSummary {
  readonly seed: number;
  readonly violations: readonly Violation[];
  /** The same for every run with this seed. */
  readonly digest: string;
  readonly plan: FaultPlan;
  readonly simulatedSeconds: number;
  /** Events that call people, as devices emitted them. */
  readonly alarms: number;
  /** Those of them that the hub had on disk in the end. */
  readonly alarmsDelivered: number;
  /** Those that a crash took before they were on the device's disk or at the hub. */
  readonly alarmsLostInCrash: number;
}
