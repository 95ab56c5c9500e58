import type { Reason } from "../alarm/reason.ts";
import { assert, assertNever } from "../failure.ts";
import { microsPerSecond } from "../time.ts";
import { applyZoneAct, expireZoneConditions } from "./zone-acts.ts";
import { addCause, lostUntilMicros, takeCauses, watchLostDetectors } from "./zone-causes.ts";
import { type ZoneOutputs, zoneOutputs } from "./zone-conditions.ts";
import { changeDetector, changeZone, emitZone, type ZoneDraft } from "./zone-draft.ts";
import type { ZoneEvent } from "./zone-event.ts";
import { decide } from "./zone-hold.ts";
import type { CallPointInput, DetectorReport, ZoneInput } from "./zone-input.ts";
import type { ZonePolicy } from "./zone-policy.ts";
import type { ZoneDetector, ZoneLevel, ZoneState } from "./zone-state.ts";

/** Most detectors of a zone: more than people can look after in the time of an investigation. Our own choice. */
export const zoneDetectorsMax = 32;

/** Most reasons that an event of a zone tells; the newest. */
const toldReasonsMax = 32;

/** What one step of a zone machine gives. */
export interface ZoneStep {
  readonly state: ZoneState;
  readonly events: readonly ZoneEvent[];
  readonly outputs: ZoneOutputs;
  /** When the next step is due at the latest, in the caller's time; null while nothing runs. */
  readonly deadlineMicros: number | null;
}

/** A zone that has heard nothing yet: until a detector speaks it is lost, and counts as absent. */
export function initialZoneState(deviceIds: readonly string[]): ZoneState {
  assert(deviceIds.length <= zoneDetectorsMax, `a zone has at most ${zoneDetectorsMax} detectors`);
  assert(new Set(deviceIds).size === deviceIds.length, "a zone names each detector once");
  return {
    level: "normal",
    sounding: false,
    detectors: deviceIds.map(newDetector),
    incident: null,
    lastIncident: null,
    prealarmAcknowledged: null,
    disabled: null,
    test: null,
    lastStepAtMicros: null,
    elapsedMicros: 0,
    sequence: 0,
  };
}

function newDetector(deviceId: string): ZoneDetector {
  return {
    deviceId,
    standing: "lost",
    level: "normal",
    kind: "real",
    alarmId: null,
    evidence: "present",
    reasons: [],
    supervisory: false,
    gasHazard: false,
    troubles: 0,
    lostSinceMicros: null,
    answered: null,
    withheldAlarmId: null,
  };
}

/**
 * One step of a zone machine: what the state becomes and what happened, from nothing but its arguments. It decides about
 * panel and evacuation outputs alone; each device has raised its own alarm before it is heard of here. FIRE stands until a
 * person resets. A detector that the zone does not have is a wrong program.
 */
export function stepZone(state: ZoneState, input: ZoneInput, policy: ZonePolicy): ZoneStep {
  const draft: ZoneDraft = {
    atMicros: input.atMicros,
    policy,
    state: passTime(state, input.atMicros, policy),
    events: [],
    because: null,
    ended: null,
  };
  expireZoneConditions(draft);
  apply(draft, input);
  watchLostDetectors(draft);
  takeCauses(draft);
  decide(draft);
  settleLevel(draft);
  const { events } = draft;
  return {
    state: draft.state,
    events,
    outputs: zoneOutputs(draft.state),
    deadlineMicros: nextDeadline(draft),
  };
}

/** A clock that is set back takes no time from any wait, and gives it none. */
function passTime(state: ZoneState, atMicros: number, { reorderSecondsMax }: ZonePolicy): ZoneState {
  const last = state.lastStepAtMicros;
  if (last === null) return { ...state, lastStepAtMicros: atMicros };
  if (atMicros >= last)
    return { ...state, lastStepAtMicros: atMicros, elapsedMicros: state.elapsedMicros + atMicros - last };
  return last - atMicros > reorderSecondsMax * microsPerSecond
    ? { ...state, lastStepAtMicros: atMicros }
    : state;
}

function apply(draft: ZoneDraft, input: ZoneInput): void {
  switch (input.kind) {
    case "report":
      takeReport(draft, input.report);
      break;
    case "silent":
      assertHas(draft, input.deviceId);
      changeDetector(draft, input.deviceId, { standing: "lost" });
      break;
    case "call-point":
      takeCallPoint(draft, input);
      break;
    case "act":
      applyZoneAct(draft, input);
      break;
    case "tick":
      break;
    default:
      assertNever(input);
  }
}

function takeReport(draft: ZoneDraft, report: DetectorReport): void {
  assertHas(draft, report.deviceId);
  const reasons = report.reasons.slice(-toldReasonsMax);
  changeDetector(draft, report.deviceId, { ...report, reasons });
}

function assertHas({ state }: ZoneDraft, deviceId: string): void {
  assert(
    state.detectors.some((detector) => detector.deviceId === deviceId),
    `the zone has the detector ${deviceId}`,
  );
}

function takeCallPoint(draft: ZoneDraft, { callPointId, atMicros }: CallPointInput): void {
  emitZone(draft, { type: "call-point", callPointId });
  const alarmId = String(draft.state.sequence);
  addCause(draft, { source: "call-point", id: callPointId, alarmId, atMicros, reasons: [] });
}

function settleLevel(draft: ZoneDraft): void {
  const level = levelOf(draft.state);
  // A real alarm may follow in the step that ends a test's: FIRE again, of another incident.
  if (level === draft.state.level && draft.because === null) return;
  const { incident } = draft.state;
  changeZone(draft, { level, ...(level === "normal" ? { prealarmAcknowledged: null } : {}) });
  emitZone(draft, {
    type: "zone-level",
    level,
    incidentId: incident?.id ?? null,
    reasons: reasonsOf(draft.state),
    because: level === "fire" ? draft.because : null,
    test: (incident?.kind ?? draft.ended) === "test",
  });
}

function levelOf({ incident, disabled, test, detectors }: ZoneState): ZoneLevel {
  if (incident !== null) return incident.stage === "unverified" ? "prealarm" : incident.stage;
  if (disabled !== null) return "normal";
  const isPrealarm = ({ level, kind }: ZoneDetector): boolean =>
    level === "prealarm" && (kind === "real" || test !== null);
  return detectors.some(isPrealarm) ? "prealarm" : "normal";
}

function reasonsOf({ incident, detectors, level }: ZoneState): readonly Reason[] {
  if (level === "normal") return [];
  const spoken = incident?.causes ?? detectors.filter((detector) => detector.level === "prealarm");
  return spoken.flatMap(({ reasons }) => reasons).slice(-toldReasonsMax);
}

function nextDeadline(draft: ZoneDraft): number | null {
  const { state, atMicros } = draft;
  const times = [
    state.disabled === null ? state.incident?.hold?.untilMicros : null,
    state.disabled?.untilMicros,
    state.test?.untilMicros,
    ...state.detectors.flatMap((detector) => [
      lostUntilMicros(draft, detector),
      detector.answered?.untilMicros,
    ]),
  ].filter((time) => typeof time === "number" && time > state.elapsedMicros) as number[];
  return times.length === 0 ? null : atMicros + Math.min(...times) - state.elapsedMicros;
}
