import type { Evidence } from "./evidence.ts";
import type { TroubleCode } from "./trouble.ts";

/** One second of evidence. */
export interface EvidenceInput {
  readonly kind: "evidence";
  readonly evidence: Evidence;
}

/** A fault came (`active`) or went. */
export interface TroubleInput {
  readonly kind: "trouble";
  readonly atMicros: number;
  readonly code: TroubleCode;
  readonly active: boolean;
  readonly text: string;
}

/** Names of what a person can do to a device. */
export type ActName = "acknowledge" | "silence" | "reset" | "disable" | "enable" | "start-test" | "end-test";

/** A person did something. `minutes` is required by disable and start-test, which must end by themselves. */
export interface ActInput {
  readonly kind: "act";
  readonly atMicros: number;
  readonly act: ActName;
  readonly by: string;
  readonly reason: string;
  readonly minutes: number | null;
}

/** Time went by: expiries are looked at. */
export interface TickInput {
  readonly kind: "tick";
  readonly atMicros: number;
}

/** Everything the alarm machine can be told. */
export type AlarmInput = EvidenceInput | TroubleInput | ActInput | TickInput;
