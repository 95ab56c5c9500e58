import { byCharactersMax, textCharactersMax } from "../alarm/alarm-draft.ts";
import type { Act } from "../alarm/alarm-state.ts";
import { assertNever } from "../failure.ts";
import { microsPerSecond } from "../time.ts";
import { alarmIdOf } from "./zone-causes.ts";
import { changeIncident, changeZone, emitZone, type ZoneDraft } from "./zone-draft.ts";
import type { ZoneActEvent } from "./zone-event.ts";
import { beginInvestigation } from "./zone-hold.ts";
import type { ZoneActInput } from "./zone-input.ts";
import type { ZoneCondition, ZoneDetector } from "./zone-state.ts";

/** Does what a person asked. Every act leaves an event, also one that had nothing to act on. */
export function applyZoneAct(draft: ZoneDraft, input: ZoneActInput): void {
  const act: Act = {
    by: input.by.slice(0, byCharactersMax),
    atMicros: draft.atMicros,
    reason: input.reason.slice(0, textCharactersMax),
  };
  switch (input.act) {
    case "acknowledge":
      acknowledge(draft, act);
      break;
    case "silence":
      silence(draft, act);
      break;
    case "reset":
      reset(draft, act);
      break;
    case "disable":
      emitAct(draft, "disabled", act);
      changeZone(draft, { disabled: timed(draft, act, input.minutes) });
      break;
    case "enable":
      endDisablement(draft, act);
      break;
    case "start-test":
      emitAct(draft, "test-started", act);
      changeZone(draft, { test: timed(draft, act, input.minutes) });
      break;
    case "end-test":
      endTest(draft, act);
      break;
    default:
      assertNever(input.act);
  }
}

/** Ends what has run out. */
export function expireZoneConditions(draft: ZoneDraft): void {
  const { disabled, test, elapsedMicros } = draft.state;
  const expiry: Act = { by: "expiry", atMicros: draft.atMicros, reason: "Its time is over." };
  if (disabled !== null && disabled.untilMicros <= elapsedMicros) endDisablement(draft, expiry);
  if (test !== null && test.untilMicros <= elapsedMicros) endTest(draft, expiry);
}

function acknowledge(draft: ZoneDraft, act: Act): void {
  emitAct(draft, "acknowledged", act);
  if (draft.state.incident !== null) changeIncident(draft, { acknowledged: act });
  else if (draft.state.level === "prealarm") changeZone(draft, { prealarmAcknowledged: act });
  beginInvestigation(draft);
}

function silence(draft: ZoneDraft, act: Act): void {
  emitAct(draft, "silenced", act);
  // Silencing what waits must not keep a later FIRE quiet.
  if (draft.state.incident?.stage !== "fire") return;
  changeIncident(draft, { silenced: act });
  changeZone(draft, { sounding: false });
}

/** A detector that is lost cannot say that its alarm is over, so that whoever resets has to give a reason. */
function reset(draft: ZoneDraft, act: Act): void {
  const { incident, detectors, elapsedMicros } = draft.state;
  const unheard = detectors.filter(({ standing, level }) => standing === "lost" && level !== "normal");
  if (unheard.length > 0 && act.reason.trim() === "") {
    const deviceIds = unheard.map(({ deviceId }) => deviceId);
    emitZone(draft, { type: "reset-refused", by: act.by, deviceIds });
    return;
  }
  const raised = detectors.filter(({ level }) => level !== "normal").map(({ deviceId }) => deviceId);
  emitAct(draft, "reset", act, raised);
  if (incident?.kind === "real")
    changeZone(draft, { lastIncident: { incident, resetMicros: elapsedMicros } });
  changeZone(draft, { detectors: detectors.map((detector) => answer(draft, detector)) });
  changeZone(draft, { prealarmAcknowledged: null });
  endIncident(draft);
}

function answer({ policy, state }: ZoneDraft, detector: ZoneDetector): ZoneDetector {
  if (detector.level === "normal") return detector;
  if (detector.standing === "lost")
    return { ...detector, level: "normal", alarmId: null, lostSinceMicros: null, reasons: [] };
  if (detector.level !== "alarm") return detector;
  const untilMicros = state.elapsedMicros + Math.round(policy.resetSettleSeconds * microsPerSecond);
  return { ...detector, answered: { alarmId: alarmIdOf(detector), untilMicros } };
}

function endDisablement(draft: ZoneDraft, act: Act): void {
  emitAct(draft, "enabled", act);
  const detectors = draft.state.detectors.map((detector) => ({ ...detector, withheldAlarmId: null }));
  changeZone(draft, { disabled: null, detectors });
}

/** What a test raised ends with it. Alarms that are real follow in the same step. */
function endTest(draft: ZoneDraft, act: Act): void {
  emitAct(draft, "test-ended", act);
  changeZone(draft, { test: null });
  if (draft.state.incident?.kind === "test") endIncident(draft);
}

function endIncident(draft: ZoneDraft): void {
  draft.ended = draft.state.incident?.kind ?? null;
  changeZone(draft, { incident: null, sounding: false });
}

function timed(draft: ZoneDraft, act: Act, minutes: number | null): ZoneCondition {
  const { policy, state } = draft;
  const bounded = minutes !== null && minutes > 0 ? Math.min(minutes, policy.conditionMinutesMax) : 0;
  return { ...act, untilMicros: state.elapsedMicros + Math.round(bounded * 60 * microsPerSecond) };
}

function emitAct(
  draft: ZoneDraft,
  type: ZoneActEvent["type"],
  act: Act,
  deviceIds: readonly string[] = [],
): void {
  const incidentId = draft.state.incident?.id ?? null;
  emitZone(draft, { type, by: act.by, reason: act.reason, incidentId, deviceIds });
}
