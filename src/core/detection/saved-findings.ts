import type { AlarmState, Incident } from "../alarm/alarm-state.ts";
import type { Reason } from "../alarm/reason.ts";
import { secondsBetween } from "../time.ts";

/** What rules had found when the state was saved. */
export interface SavedFindings {
  readonly alarm: readonly Reason[];
  readonly prealarm: readonly Reason[];
}

/** A reason this near to where the alarm was seen last is one of its reasons still. */
const samePlacePixels = 8;

const nothing: SavedFindings = { alarm: [], prealarm: [] };

/**
 * What the rules had found when the device stopped, from its saved state: the reasons of the incident that stands, or of
 * the one reset a moment ago, so that a cause that persists alarms again in time although the rules begin anew.
 */
export function findingsToRestore(
  state: AlarmState,
  now: { readonly atMicros: number; readonly sameIncidentSeconds: number },
): SavedFindings {
  const { incident, lastIncident, level } = state;
  if (incident !== null && level === "alarm") return { alarm: latelySeen(incident), prealarm: [] };
  if (incident !== null) return { alarm: [], prealarm: incident.reasons };
  if (lastIncident === null || lastIncident.incident.firstAlarmAtMicros === null) return nothing;
  const since = secondsBetween(lastIncident.resetAtMicros, now.atMicros);
  if (since < 0 || since > now.sameIncidentSeconds) return nothing;
  return { alarm: latelySeen(lastIncident.incident), prealarm: [] };
}

/** An incident remembers every reason it ever had; where nothing was seen lately, nothing is to be restored. */
function latelySeen({ reasons, places }: Incident): readonly Reason[] {
  return reasons.filter(({ location }) =>
    places.some(
      (place) =>
        place.location !== null &&
        location !== null &&
        Math.hypot(place.location.x - location.x, place.location.y - location.y) <= samePlacePixels,
    ),
  );
}
