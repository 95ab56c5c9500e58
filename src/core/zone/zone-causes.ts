import { isThermal, type Reason } from "../alarm/reason.ts";
import { microsPerSecond } from "../time.ts";
import { changeDetector, changeIncident, changeZone, emitZone, type ZoneDraft } from "./zone-draft.ts";
import type { ZoneCause, ZoneDetector, ZoneIncident, ZoneState } from "./zone-state.ts";

/** Keeps the times for which detectors have been lost in a prealarm by heat. */
export function watchLostDetectors(draft: ZoneDraft): void {
  for (const detector of draft.state.detectors) {
    const counts =
      detector.standing === "lost" &&
      detector.level === "prealarm" &&
      detector.kind === "real" &&
      isHeat(detector);
    const lostSinceMicros = counts ? (detector.lostSinceMicros ?? draft.state.elapsedMicros) : null;
    if (lostSinceMicros !== detector.lostSinceMicros)
      changeDetector(draft, detector.deviceId, { lostSinceMicros });
  }
}

/** CO2 alone never becomes FIRE; reasons that nobody knows may be heat. */
function isHeat({ reasons }: ZoneDetector): boolean {
  return reasons.length === 0 || reasons.some(isThermal);
}

/** When a lost detector's prealarm becomes FIRE, in the zone's own time; null while none is lost in one. */
export function lostUntilMicros(
  draft: Pick<ZoneDraft, "state" | "policy">,
  detector: ZoneDetector,
): number | null {
  if (detector.lostSinceMicros === null) return null;
  return detector.lostSinceMicros + lostSecondsMax(draft) * microsPerSecond;
}

function lostSecondsMax({ state, policy }: Pick<ZoneDraft, "state" | "policy">): number {
  return state.prealarmAcknowledged === null
    ? policy.detectorLostSeconds
    : policy.detectorLostAcknowledgedSeconds;
}

/** Takes in every alarm that the detectors stand in: into the incident, or into the log of a disabled zone. */
export function takeCauses(draft: ZoneDraft): void {
  for (const cause of standingCauses(draft)) {
    if (draft.state.disabled !== null) withholdCause(draft, cause);
    else if (!isKnown(draft.state.incident, cause)) addCause(draft, cause);
  }
}

function standingCauses(draft: ZoneDraft): readonly ZoneCause[] {
  return draft.state.detectors.flatMap((detector) => {
    if (isInAlarm(detector, draft.state)) return [alarmCause(draft, detector)];
    const until = lostUntilMicros(draft, detector);
    return until !== null && until <= draft.state.elapsedMicros ? [lostCause(draft, detector)] : [];
  });
}

/**
 * Whether a detector's alarm counts: it latches, so that trouble, silence or a disablement that came later change
 * nothing. A device's test counts in a zone that is in test itself, and an alarm that a reset has answered is old news for
 * some seconds.
 */
export function isInAlarm(detector: ZoneDetector, { test, elapsedMicros }: ZoneState): boolean {
  const { level, kind, answered } = detector;
  if (level !== "alarm" || (kind === "test" && test === null)) return false;
  const isOldNews =
    answered !== null && answered.alarmId === alarmIdOf(detector) && elapsedMicros < answered.untilMicros;
  return !isOldNews;
}

/** The name of a detector's newest alarm; a device that does not name it has one. */
export function alarmIdOf(detector: ZoneDetector): string {
  return detector.alarmId ?? "unnamed";
}

function alarmCause({ atMicros }: ZoneDraft, detector: ZoneDetector): ZoneCause {
  const { deviceId: id, reasons } = detector;
  return { source: "detector", id, alarmId: alarmIdOf(detector), atMicros, reasons };
}

function lostCause(draft: ZoneDraft, { deviceId, reasons }: ZoneDetector): ZoneCause {
  const limit = lostSecondsMax(draft);
  const reason: Reason = {
    code: "detector-lost",
    text: `The device ${deviceId} was lost during a prealarm and has been away for ${limit} s: nobody can see whether it burns.`,
    value: limit,
    limit,
    unit: "s",
    location: reasons.findLast(isThermal)?.location ?? null,
  };
  return { source: "detector", id: deviceId, alarmId: "lost", atMicros: draft.atMicros, reasons: [reason] };
}

function isKnown(incident: ZoneIncident | null, { source, id, alarmId }: ZoneCause): boolean {
  return (
    incident?.causes.some((one) => one.source === source && one.id === id && one.alarmId === alarmId) ?? false
  );
}

/** A disablement is told to keep back each alarm once. */
export function withholdCause(draft: ZoneDraft, { id, alarmId, reasons }: ZoneCause): void {
  const detector = draft.state.detectors.find((one) => one.deviceId === id);
  if (detector === undefined || detector.withheldAlarmId === alarmId) return;
  changeDetector(draft, id, { withheldAlarmId: alarmId });
  emitZone(draft, { type: "would-have-alarmed", deviceId: id, reasons });
}

/** Takes a cause into the standing incident, the one reset a moment ago, or a new one. */
export function addCause(draft: ZoneDraft, cause: ZoneCause): void {
  const standing = draft.state.incident;
  if (standing === null) {
    changeZone(draft, { incident: openIncident(draft, cause) });
    return;
  }
  const [first, ...rest] = standing.causes;
  // One of each detector and one call point, so that the list has an end whatever comes.
  const others = rest.filter(
    (one) => one.source !== cause.source || (cause.source === "detector" && one.id !== cause.id),
  );
  changeIncident(draft, { causes: first === undefined ? [cause] : [first, ...others, cause] });
  emitZone(draft, { type: "further-alarm", incidentId: standing.id, id: cause.id, reasons: cause.reasons });
  if (standing.stage !== "fire") return;
  changeIncident(draft, { acknowledged: null, silenced: null });
  if (draft.state.sounding) return;
  changeZone(draft, { sounding: true });
  emitZone(draft, { type: "resounded", incidentId: standing.id });
}

function openIncident(draft: ZoneDraft, cause: ZoneCause): ZoneIncident {
  const { test, sequence, elapsedMicros } = draft.state;
  const last = test === null ? recentlyReset(draft) : null;
  const fresh = {
    stage: "holding",
    sinceMicros: elapsedMicros,
    hold: null,
    acknowledged: null,
    silenced: null,
  } as const;
  if (last !== null) {
    changeZone(draft, { lastIncident: null });
    const [first] = last.causes;
    return { ...last, ...fresh, origin: "reopened", causes: first === undefined ? [cause] : [first, cause] };
  }
  return {
    ...fresh,
    id: `zone-incident-${draft.atMicros}-${sequence + 1}`,
    kind: test === null ? "real" : "test",
    origin: "new",
    startedAtMicros: draft.atMicros,
    fireAtMicros: null,
    causes: [cause],
  };
}

function recentlyReset({ state, policy }: ZoneDraft): ZoneIncident | null {
  const { lastIncident, elapsedMicros } = state;
  if (lastIncident === null) return null;
  const since = elapsedMicros - lastIncident.resetMicros;
  return since <= policy.sameIncidentSeconds * microsPerSecond ? lastIncident.incident : null;
}
