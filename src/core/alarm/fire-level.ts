import { type AlarmDraft, change, emit } from "./alarm-draft.ts";
import { followPlaces } from "./alarm-places.ts";
import type { AlarmLevel, AlarmPlace, Incident } from "./alarm-state.ts";
import type { Evidence } from "./evidence.ts";
import { boundReasons, incidentFor, isTestIncident, mergeReasons } from "./incident.ts";
import { countPrealarm, isDetectorLost, timedOutReasons } from "./prealarm-timers.ts";
import { isThermal, type Reason } from "./reason.ts";
import { followWithheld } from "./withheld-level.ts";

/**
 * Takes one second of evidence into the fire level. A second that a sensor left empty neither advances nor resets
 * what that sensor has counted so far. A disabled device goes on counting but raises nothing, so that the alarm comes
 * with the first second after the disablement when its cause is still there.
 */
export function applyEvidence(draft: AlarmDraft, evidence: Evidence): void {
  count(draft, evidence);
  const fresh = follow(draft, evidence);
  if (draft.state.disabled === null) raise(draft, { evidence, fresh });
  endQuietPrealarm(draft);
  followWithheld(draft, evidence);
}

function count(draft: AlarmDraft, evidence: Evidence): void {
  const { alarmSeconds, prealarmSeconds, quietSeconds, level } = draft.state;
  const thermalReasons = evidence.alarm.length > 0 || evidence.prealarm.some(isThermal);
  const anyReasons = evidence.alarm.length > 0 || evidence.prealarm.length > 0;
  const gone = evidence.thermalPresent ? 0 : null;
  change(draft, {
    alarmSeconds: evidence.alarm.length > 0 ? alarmSeconds + 1 : (gone ?? alarmSeconds),
    prealarmSeconds: thermalReasons ? prealarmSeconds + 1 : (gone ?? prealarmSeconds),
    quietSeconds: level !== "prealarm" || anyReasons ? 0 : quietSeconds + (isQuiet(draft, evidence) ? 1 : 0),
    ...countPrealarm(draft.state, evidence),
  });
}

/** Quiet is only what the sensors that gave the reasons say themselves: a sensor that died is not quiet. */
function isQuiet(draft: AlarmDraft, evidence: Evidence): boolean {
  const reasons = draft.state.incident?.reasons ?? [];
  const needsThermal = reasons.some(isThermal);
  const needsAir = reasons.some((reason) => !isThermal(reason));
  return (
    (!needsThermal || (evidence.thermalPresent && !isDetectorLost(draft.state, evidence))) &&
    (!needsAir || evidence.airPresent)
  );
}

/** Follows where a standing alarm burns; answers what is a new alarm. */
function follow(draft: AlarmDraft, evidence: Evidence): readonly Reason[] {
  const { level, incident, disabled } = draft.state;
  if (level !== "alarm" || incident === null) return [];
  const take = disabled === null && isProven(draft, evidence) ? "all" : "known";
  const { places, fresh } = followPlaces(incident.places, evidence, { ...draft.policy, take });
  changeIncident(draft, { places });
  return fresh;
}

function isProven({ state, policy }: AlarmDraft, evidence: Evidence): boolean {
  return (
    evidence.alarm.length > 0 && (evidence.severeHeat || state.alarmSeconds >= policy.alarmFilterSeconds)
  );
}

function raise(
  draft: AlarmDraft,
  { evidence, fresh }: { readonly evidence: Evidence; readonly fresh: readonly Reason[] },
): void {
  const { level } = draft.state;
  if (level === "alarm") {
    if (isProven(draft, evidence)) continueAlarm(draft, { reasons: evidence.alarm, fresh });
    return;
  }
  if (isProven(draft, evidence)) {
    const { places } = followPlaces([], evidence, { ...draft.policy, take: "all" });
    enterAlarm(draft, { reasons: evidence.alarm, places });
    return;
  }
  const reasons = evidence.prealarm.length > 0 ? evidence.prealarm : evidence.alarm;
  if (reasons.length > 0) raisePrealarm(draft, reasons);
  const timedOut = timedOutReasons(draft, evidence);
  if (timedOut.length === 0) return;
  const { places } = followPlaces([], { ...evidence, alarm: timedOut }, { ...draft.policy, take: "all" });
  enterAlarm(draft, { reasons: timedOut, places });
}

function raisePrealarm(draft: AlarmDraft, reasons: readonly Reason[]): void {
  const { policy } = draft;
  const { level, prealarmSeconds } = draft.state;
  if (level === "prealarm") {
    const known = draft.state.incident?.reasons ?? [];
    changeIncident(draft, { reasons: mergeReasons(known, reasons, policy) });
  } else if (prealarmSeconds >= policy.prealarmFilterSeconds || !reasons.every(isThermal)) {
    const incident = incidentFor(draft, reasons);
    change(draft, { level: "prealarm", incident, quietSeconds: 0 });
    emitLevel(draft, incident, { level: "prealarm", reasons });
  }
}

function enterAlarm(
  draft: AlarmDraft,
  found: { readonly reasons: readonly Reason[]; readonly places: readonly AlarmPlace[] },
): void {
  const { reasons, places } = found;
  const opened = incidentFor(draft, reasons);
  const merged = mergeReasons([], reasons, draft.policy);
  const incident: Incident = {
    ...opened,
    firstAlarmAtMicros: opened.firstAlarmAtMicros ?? draft.nowMicros,
    firstReasons: opened.firstAlarmAtMicros === null ? merged : opened.firstReasons,
    reasons: merged,
    places,
    // What somebody acknowledged or silenced was the prealarm, not this.
    acknowledged: null,
    silenced: null,
    alarms: opened.alarms + 1,
  };
  change(draft, { level: "alarm", sounding: true, incident, quietSeconds: 0 });
  emitLevel(draft, incident, { level: "alarm", reasons });
}

/** A new cause while an alarm stands is a new alarm: it is told, and it sounds again. */
function continueAlarm(
  draft: AlarmDraft,
  { reasons, fresh }: { readonly reasons: readonly Reason[]; readonly fresh: readonly Reason[] },
): void {
  const standing = draft.state.incident;
  if (standing === null) return;
  changeIncident(draft, { reasons: mergeReasons(standing.reasons, reasons, draft.policy) });
  if (fresh.length === 0) return;
  changeIncident(draft, { acknowledged: null, silenced: null, alarms: standing.alarms + 1 });
  emitLevel(draft, standing, { level: "alarm", reasons: fresh });
  if (draft.state.sounding) return;
  change(draft, { sounding: true });
  emit(draft, { type: "resounded", incidentId: standing.id });
}

function endQuietPrealarm(draft: AlarmDraft): void {
  const { level, quietSeconds } = draft.state;
  if (level === "prealarm" && quietSeconds >= draft.policy.prealarmQuietSeconds) endIncident(draft);
}

/** Ends the standing incident, if any: level normal, sounder off, and says so. */
export function endIncident(draft: AlarmDraft): void {
  const { incident, level } = draft.state;
  change(draft, { level: "normal", sounding: false, incident: null, quietSeconds: 0 });
  if (incident !== null && level !== "normal") emitLevel(draft, incident, { level: "normal", reasons: [] });
}

function changeIncident(draft: AlarmDraft, fields: Partial<Incident>): void {
  const { incident } = draft.state;
  if (incident !== null) change(draft, { incident: { ...incident, ...fields } });
}

function emitLevel(
  draft: AlarmDraft,
  incident: Incident,
  told: { readonly level: AlarmLevel; readonly reasons: readonly Reason[] },
): void {
  emit(draft, {
    type: "level",
    level: told.level,
    reasons: boundReasons(told.reasons),
    incidentId: incident.id,
    test: isTestIncident(incident),
  });
}
