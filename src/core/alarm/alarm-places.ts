import type { AlarmPlace } from "./alarm-state.ts";
import type { Evidence } from "./evidence.ts";
import type { Reason } from "./reason.ts";

/** Most places an incident remembers: two generations of the sixteen regions that are followed. The longest unseen goes. */
export const alarmPlacesMax = 32;

/** A place this much nearer than `sameCausePixels` to a known one moves that one, instead of standing beside it. */
const movesShare = 1 / 3;

/** What a second of evidence says about an incident's places. */
export interface FollowedPlaces {
  readonly places: readonly AlarmPlace[];
  /** Alarm reasons where there was none, or the first severe heat there: a new alarm. */
  readonly fresh: readonly Reason[];
}

/**
 * Follows where an alarm burns. A cause is where it is: another rule that speaks of the same place is no new alarm, a
 * fire that spreads stays one, and what was gone for `sameCauseSeconds` of valid pictures is new when it comes back.
 * Severe heat where there was none is told as a new alarm too, once, because what was silenced was less.
 */
export function followPlaces(
  known: readonly AlarmPlace[],
  evidence: Evidence,
  options: {
    readonly sameCausePixels: number;
    readonly sameCauseSeconds: number;
    /** "known" only looks whether known places still burn; "all" takes in new ones. */
    readonly take: "known" | "all";
  },
): FollowedPlaces {
  const aged = known.map((place) => aging(place, evidence));
  const places = [...aged];
  const fresh: Reason[] = [];
  for (const reason of evidence.alarm) {
    const near = aged.filter((place) => isNear(place, { reason, pixels: options.sameCausePixels }));
    const wasSevere = near.some((place) => place.severe);
    const isSevere = options.take === "all" && reason.code === "severe-heat";
    if (near.length === 0 && options.take === "known") continue;
    if (near.length === 0 || (isSevere && !wasSevere)) fresh.push(reason);
    see(places, reason, { ...options, severe: isSevere || wasSevere });
  }
  for (const reason of evidence.prealarm)
    if (places.some((place) => isNear(place, { reason, pixels: options.sameCausePixels })))
      see(places, reason, { ...options, severe: false });
  return { places: bound(places, options.sameCauseSeconds), fresh };
}

function aging(place: AlarmPlace, evidence: Evidence): AlarmPlace {
  return evidence.thermalPresent ? { ...place, unseenSeconds: place.unseenSeconds + 1 } : place;
}

function see(
  places: AlarmPlace[],
  reason: Reason,
  options: { readonly sameCausePixels: number; readonly severe: boolean },
): void {
  const { location } = reason;
  const index = places.findIndex((place) =>
    isNear(place, { reason, pixels: movesShare * options.sameCausePixels }),
  );
  const severe = options.severe || (places[index]?.severe ?? false);
  const seen = { location, severe, unseenSeconds: 0 };
  if (index >= 0) places[index] = seen;
  else places.push(seen);
}

function isNear(
  { location }: AlarmPlace,
  { reason, pixels }: { readonly reason: Reason; readonly pixels: number },
): boolean {
  if (location === null || reason.location === null) return location === reason.location;
  return Math.hypot(location.x - reason.location.x, location.y - reason.location.y) <= pixels;
}

function bound(places: readonly AlarmPlace[], sameCauseSeconds: number): readonly AlarmPlace[] {
  const lately = places.filter((place) => place.unseenSeconds < sameCauseSeconds);
  if (lately.length <= alarmPlacesMax) return lately;
  return [...lately].sort((one, other) => one.unseenSeconds - other.unseenSeconds).slice(0, alarmPlacesMax);
}
