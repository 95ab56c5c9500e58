import type { Act } from "../alarm/alarm-state.ts";
import type { Reason } from "../alarm/reason.ts";
import type { CauseCode } from "./cause-code.ts";
import type { LatencyStages } from "./latency-ledger.ts";

/** "test": a test of a device or a zone made it; it is marked, and nobody is called. */
export type IncidentKind = "real" | "test";

/** The highest that an incident has reached; it never falls. */
export type IncidentSeverity = "prealarm" | "gas-hazard" | "alarm";

/** "over": nothing of it stands any more, by a reset or by itself; "closed": a person has said what it was. */
export type IncidentState = "open" | "acknowledged" | "over" | "closed";

/** How far one of an incident's sources has gone; "holding": a zone whose outputs still wait, while a device says FIRE. */
export type MemberLevel = "prealarm" | "gas-hazard" | "holding" | "alarm";

/** A source of an incident that stands in it now. */
export interface IncidentMember {
  /** A device by its id, `gas/ID` for its gas hazard, `zone/ID` for a zone. */
  readonly key: string;
  readonly level: MemberLevel;
  readonly acknowledged: Act | null;
}

/** When something of an incident happened, by the clock of whoever told it and by that of the receiver. */
export interface IncidentMoment {
  /** Device or zone. */
  readonly source: string;
  readonly atMicros: number;
  readonly receivedAtMicros: number;
}

/** What somebody said at the closing. */
export interface IncidentClosing {
  readonly by: string;
  readonly atMicros: number;
  readonly cause: CauseCode;
  readonly note: string;
}

/**
 * One episode at one place, from its first prealarm or alarm to its closing: plain data, folded from what devices and
 * zones tell and from what people do. Times are the receiver's, but for those of `IncidentMoment.atMicros` and of reasons.
 */
export interface IncidentRecord {
  readonly id: string;
  /** Zone or device; see `IncidentPlaces`. */
  readonly place: string;
  readonly kind: IncidentKind;
  readonly severity: IncidentSeverity;
  /** Devices that have spoken in it, in that order. */
  readonly devices: readonly string[];
  /** What stands now; empty once it is over. */
  readonly standing: readonly IncidentMember[];
  /** How many alarms it has had; a new cause in a standing alarm is a new alarm. */
  readonly alarms: number;
  readonly first: IncidentMoment;
  /** The first reasons stay first. */
  readonly firstReasons: readonly Reason[];
  readonly reasons: readonly Reason[];
  /** Who has answered it last; null again with each new alarm. */
  readonly acknowledged: Act | null;
  readonly over: IncidentMoment | null;
  readonly closed: IncidentClosing | null;
  /** Who has put it under legal hold; nothing of it is deleted then. */
  readonly held: Act | null;
  readonly stages: LatencyStages;
}

const severityOrder: readonly IncidentSeverity[] = ["prealarm", "gas-hazard", "alarm"];

/** The higher of two severities. */
export function higherSeverity(one: IncidentSeverity, other: IncidentSeverity): IncidentSeverity {
  return severityOrder.indexOf(one) >= severityOrder.indexOf(other) ? one : other;
}

/** How far an incident is. */
export function incidentState({ closed, over, acknowledged }: IncidentRecord): IncidentState {
  if (closed !== null) return "closed";
  if (over !== null) return "over";
  return acknowledged === null ? "open" : "acknowledged";
}

/**
 * Whether nothing of an incident may be deleted: it is held, it still stands, or it was a real alarm and nobody has said
 * yet what it was. A prealarm that ended alone and a test need nobody to close them.
 */
export function isProtected(record: IncidentRecord): boolean {
  if (record.held !== null) return true;
  if (record.closed !== null) return false;
  return record.over === null || (record.kind === "real" && record.severity !== "prealarm");
}
