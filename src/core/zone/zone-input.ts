import type { ZoneDetector } from "./zone-state.ts";

/** What a detector says of itself; all of it each time, so that a report that comes twice changes nothing. */
export type DetectorReport = Pick<
  ZoneDetector,
  | "deviceId"
  | "standing"
  | "level"
  | "kind"
  | "alarmId"
  | "evidence"
  | "reasons"
  | "supervisory"
  | "gasHazard"
  | "troubles"
>;

/** A detector has spoken. */
export interface ReportInput {
  readonly kind: "report";
  readonly atMicros: number;
  readonly report: DetectorReport;
}

/** Nothing has been heard of a detector for too long: what it said last is kept, and it is lost. */
export interface SilentInput {
  readonly kind: "silent";
  readonly atMicros: number;
  readonly deviceId: string;
}

/** Somebody pressed a call point: FIRE at once, whatever is disabled. */
export interface CallPointInput {
  readonly kind: "call-point";
  readonly atMicros: number;
  readonly callPointId: string;
}

/** A person did something to the zone. Whether they may (access level 2) is for the caller to know. */
export interface ZoneActInput {
  readonly kind: "act";
  readonly atMicros: number;
  readonly act: "acknowledge" | "silence" | "reset" | "disable" | "enable" | "start-test" | "end-test";
  readonly by: string;
  readonly reason: string;
  /** How long a disablement or test lasts; null for every other act. */
  readonly minutes: number | null;
}

/** Time went by. */
export interface ZoneTickInput {
  readonly kind: "tick";
  readonly atMicros: number;
}

/** Everything a zone machine can be told. */
export type ZoneInput = ReportInput | SilentInput | CallPointInput | ZoneActInput | ZoneTickInput;
