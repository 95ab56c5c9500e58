import { type AlarmDraft, change, emit } from "./alarm-draft.ts";
import type { AlarmLevel, Incident } from "./alarm-state.ts";
import type { Evidence } from "./evidence.ts";
import { boundReasons, incidentFor, isTestIncident, mergeReasons } from "./incident.ts";
import type { Reason } from "./reason.ts";

/**
 * Takes one second of evidence into the fire level. A second that a sensor left empty neither advances nor resets
 * what that sensor has counted so far. A disabled device goes on counting but raises nothing, so that the alarm comes
 * with the first second after the disablement when its cause is still there.
 */
export function applyEvidence(draft: AlarmDraft, evidence: Evidence): void {
  count(draft, evidence);
  if (draft.state.disabled === null) raise(draft, evidence);
  endQuietPrealarm(draft);
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
  });
}

/** Quiet is only what the sensors that gave the reasons say themselves: a sensor that died is not quiet. */
function isQuiet(draft: AlarmDraft, evidence: Evidence): boolean {
  const reasons = draft.state.incident?.reasons ?? [];
  const needsThermal = reasons.some(isThermal);
  const needsAir = reasons.some((reason) => !isThermal(reason));
  return (!needsThermal || evidence.thermalPresent) && (!needsAir || evidence.airPresent);
}

function isThermal(reason: Reason): boolean {
  return reason.code !== "co2-rise" && reason.code !== "co2-level" && reason.code !== "gas-hazard";
}

function raise(draft: AlarmDraft, evidence: Evidence): void {
  const { policy } = draft;
  const { level, alarmSeconds, prealarmSeconds } = draft.state;
  const alarmProven =
    evidence.alarm.length > 0 && (evidence.severeHeat || alarmSeconds >= policy.alarmFilterSeconds);
  if (level === "alarm") {
    if (alarmProven) continueAlarm(draft, evidence.alarm);
    return;
  }
  if (alarmProven) {
    enterAlarm(draft, evidence.alarm);
    return;
  }
  const reasons = evidence.prealarm.length > 0 ? evidence.prealarm : evidence.alarm;
  if (reasons.length === 0) return;
  if (level === "prealarm") {
    const known = draft.state.incident?.reasons ?? [];
    const { merged } = mergeReasons(known, reasons, policy);
    changeIncident(draft, { reasons: merged });
  } else if (prealarmSeconds >= policy.prealarmFilterSeconds || !reasons.every(isThermal)) {
    const incident = incidentFor(draft, reasons);
    change(draft, { level: "prealarm", incident, quietSeconds: 0 });
    emitLevel(draft, incident, { level: "prealarm", reasons });
  }
}

function enterAlarm(draft: AlarmDraft, reasons: readonly Reason[]): void {
  const opened = incidentFor(draft, reasons);
  const { merged } = mergeReasons([], reasons, draft.policy);
  const incident: Incident = {
    ...opened,
    firstAlarmAtMicros: opened.firstAlarmAtMicros ?? draft.nowMicros,
    firstReasons: opened.firstAlarmAtMicros === null ? merged : opened.firstReasons,
    reasons: merged,
    // What somebody acknowledged or silenced was the prealarm, not this.
    acknowledged: null,
    silenced: null,
    alarms: opened.alarms + 1,
  };
  change(draft, { level: "alarm", sounding: true, incident, quietSeconds: 0 });
  emitLevel(draft, incident, { level: "alarm", reasons });
}

/** A new cause while an alarm stands is a new alarm: it is told, and it sounds again. */
function continueAlarm(draft: AlarmDraft, reasons: readonly Reason[]): void {
  const standing = draft.state.incident;
  if (standing === null) return;
  const { merged, fresh } = mergeReasons(standing.reasons, reasons, draft.policy);
  if (fresh.length === 0) {
    changeIncident(draft, { reasons: merged });
    return;
  }
  changeIncident(draft, {
    reasons: merged,
    acknowledged: null,
    silenced: null,
    alarms: standing.alarms + 1,
  });
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
