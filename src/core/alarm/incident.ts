import { microsPerSecond } from "../time.ts";
import { type AlarmDraft, change } from "./alarm-draft.ts";
import type { Incident } from "./alarm-state.ts";
import type { Reason } from "./reason.ts";

/**
 * Most reasons an incident remembers; the oldest beyond it is forgotten, `firstReasons` never. Sixteen regions with one
 * or two rules each speak at a time.
 */
export const incidentReasonsMax = 32;

const testPrefix = "test-incident-";

/** True for an incident that a test made: nobody is called, and it ends with the test. */
export function isTestIncident(incident: Incident): boolean {
  return incident.id.startsWith(testPrefix);
}

/**
 * The incident that new evidence belongs to: the standing one, the one reset a moment ago (a cause that persists is
 * the same incident, and needs a new acknowledgement), or a new one. The id holds the event number because a clock
 * that was set back may show the same microsecond twice.
 */
export function incidentFor(draft: AlarmDraft, reasons: readonly Reason[]): Incident {
  const { incident, test, sequence } = draft.state;
  if (incident !== null) return incident;
  const reopened = test === null ? recentlyReset(draft) : null;
  if (reopened !== null) {
    change(draft, { lastIncident: null });
    return { ...reopened, reasons: boundReasons(reasons), places: [], acknowledged: null, silenced: null };
  }
  return {
    id: `${test === null ? "incident-" : testPrefix}${draft.nowMicros}-${sequence + 1}`,
    startedAtMicros: draft.nowMicros,
    firstAlarmAtMicros: null,
    firstReasons: boundReasons(reasons),
    reasons: boundReasons(reasons),
    places: [],
    acknowledged: null,
    silenced: null,
    alarms: 0,
  };
}

/** Forgets the oldest reasons beyond `incidentReasonsMax`. */
export function boundReasons(reasons: readonly Reason[]): readonly Reason[] {
  return reasons.length <= incidentReasonsMax ? reasons : reasons.slice(-incidentReasonsMax);
}

/**
 * Brings known reasons up to date with the newest: one of the same code, as near as `sameCausePixels`, is replaced where
 * it stands, so that it stays known while it comes and goes.
 */
export function mergeReasons(
  known: readonly Reason[],
  newest: readonly Reason[],
  options: { readonly sameCausePixels: number },
): readonly Reason[] {
  const merged = [...known];
  for (const reason of newest) {
    const index = merged.findIndex((other) => isSameReason(other, reason, options));
    if (index >= 0) merged[index] = reason;
    else merged.push(reason);
  }
  return boundReasons(merged);
}

function isSameReason(one: Reason, other: Reason, options: { readonly sameCausePixels: number }): boolean {
  if (one.code !== other.code) return false;
  if (one.location === null || other.location === null) return one.location === other.location;
  const distance = Math.hypot(one.location.x - other.location.x, one.location.y - other.location.y);
  return distance <= options.sameCausePixels;
}

function recentlyReset(draft: AlarmDraft): Incident | null {
  const last = draft.state.lastIncident;
  if (last === null) return null;
  const sinceMicros = draft.nowMicros - last.resetAtMicros;
  return sinceMicros <= draft.policy.sameIncidentSeconds * microsPerSecond ? last.incident : null;
}
