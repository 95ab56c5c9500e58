import type { ReasonCode } from "../alarm/reason.ts";
import { microsPerSecond } from "../time.ts";
import { isScheduled } from "../weekly-schedule.ts";
import { withholdCause } from "./zone-causes.ts";
import { changeIncident, changeZone, emitZone, type ZoneDraft } from "./zone-draft.ts";
import type { FireCause } from "./zone-event.ts";
import { type DelayKind, delaySecondsMax, verificationSecondsMax } from "./zone-policy.ts";
import type { ZoneDetector, ZoneHold, ZoneIncident } from "./zone-state.ts";

/** Reasons that have waited on the device as long as an investigation may take, or that nobody can go and look at. */
const waitedCodes: ReadonlySet<ReasonCode> = new Set(["detector-lost", "prealarm-unanswered"]);

/** Lets a waiting incident become FIRE as soon as anything says so, and begins a wait where one is due. */
export function decide(draft: ZoneDraft): void {
  const { incident, disabled } = draft.state;
  if (incident === null || incident.stage === "fire") return;
  const because = findFireCause(draft, incident);
  if (disabled !== null && because !== "call-point") {
    if (because !== null) for (const cause of incident.causes) withholdCause(draft, cause);
    return;
  }
  if (because !== null) raiseFire(draft, because);
  else if (incident.stage === "holding" && incident.hold === null) beginHold(draft, incident);
  else if (incident.hold?.kind === "verification" && isOver(draft, incident.hold))
    failVerification(draft, incident);
}

function raiseFire(draft: ZoneDraft, because: FireCause): void {
  const { incident } = draft.state;
  changeIncident(draft, {
    stage: "fire",
    hold: null,
    fireAtMicros: incident?.fireAtMicros ?? draft.atMicros,
    silenced: null,
  });
  changeZone(draft, { sounding: true });
  draft.because = because;
}

/** Evidence that has gone raises nothing; it is logged, and FIRE follows as soon as it is back. */
function failVerification(draft: ZoneDraft, incident: ZoneIncident): void {
  changeIncident(draft, { stage: "unverified", hold: null });
  emitZone(draft, { type: "not-verified", incidentId: incident.id });
}

/** Why outputs may not wait, or no longer; null while they wait. The first that holds is told. */
function findFireCause(draft: ZoneDraft, incident: ZoneIncident): FireCause | null {
  const { causes } = incident;
  const has = (codes: ReadonlySet<ReasonCode>): boolean =>
    causes.some((cause) => cause.reasons.some((reason) => codes.has(reason.code)));
  if (causes.some((cause) => cause.source === "call-point")) return "call-point";
  if (has(new Set(["severe-heat"]))) return "severe-heat";
  if (has(waitedCodes)) return "waited-on-device";
  if (incident.origin === "reopened") return "same-incident";
  const kind = incident.hold === null ? delayNow(draft) : delayOf(incident.hold);
  if (incident.kind === "test" || kind === "none") return "no-delay";
  if (hasSecondDetector(draft, incident)) return "second-detector";
  if (incident.stage === "unverified") return isEvidenceBack(draft, incident) ? "verified" : null;
  if (kind === "coincidence" && !hasPartner(draft, incident)) return "partner-absent";
  return incident.hold === null ? null : endOfHold(draft, { incident, hold: incident.hold });
}

function delayNow({ policy, atMicros }: ZoneDraft): DelayKind {
  return isScheduled(policy.staffed, atMicros, policy) ? policy.staffedDelay : policy.unstaffedDelay;
}

function delayOf({ kind }: ZoneHold): DelayKind {
  return kind === "acknowledgement" ? "investigation" : kind;
}

function endOfHold(
  draft: ZoneDraft,
  { incident, hold }: { readonly incident: ZoneIncident; readonly hold: ZoneHold },
): FireCause | null {
  const { policy, atMicros } = draft;
  // Whoever has acknowledged may go on looking when their hours end; nobody else is there to answer.
  if (hold.kind === "acknowledgement" && !isScheduled(policy.staffed, atMicros, policy)) return "unstaffed";
  if (!isOver(draft, hold)) return null;
  if (hold.kind === "acknowledgement") return "not-acknowledged";
  if (hold.kind !== "verification") return "time-over";
  return isEvidenceThere(draft, incident) ? "verified" : null;
}

function isOver({ state }: ZoneDraft, hold: ZoneHold): boolean {
  return state.elapsedMicros >= hold.untilMicros;
}

/** Only a detector that works can say that what it saw has gone. */
function isEvidenceThere({ state }: ZoneDraft, { causes }: ZoneIncident): boolean {
  const alarming = state.detectors.filter((detector) => isCause(causes, detector));
  return alarming.some(({ evidence, standing }) => evidence !== "gone" || standing !== "working");
}

/** Evidence that had gone is back when it is seen: a closed shutter, a test or a fault shows nothing that burns. */
function isEvidenceBack({ state }: ZoneDraft, { causes }: ZoneIncident): boolean {
  return state.detectors.some(
    (detector) =>
      isCause(causes, detector) &&
      detector.evidence === "present" &&
      (detector.standing === "working" || detector.standing === "trouble"),
  );
}

/** A device is one detector, whatever its camera and its air sensor say: both together are no two. */
function hasSecondDetector({ state, policy }: ZoneDraft, { causes }: ZoneIncident): boolean {
  const second = state.detectors.filter(
    (detector) =>
      isCause(causes, detector) ||
      (policy.secondDetector === "prealarm" && detector.level === "prealarm" && detector.kind === "real"),
  );
  return second.length >= 2;
}

function hasPartner({ state }: ZoneDraft, { causes }: ZoneIncident): boolean {
  return state.detectors.some((detector) => detector.standing === "working" && !isCause(causes, detector));
}

function isCause(causes: ZoneIncident["causes"], { deviceId }: ZoneDetector): boolean {
  return causes.some((cause) => cause.source === "detector" && cause.id === deviceId);
}

function beginHold(draft: ZoneDraft, incident: ZoneIncident): void {
  const { policy } = draft;
  switch (delayNow(draft)) {
    case "none":
      return;
    case "verification":
      holdFor(draft, incident, {
        kind: "verification",
        seconds: Math.min(policy.verificationSeconds, verificationSecondsMax),
      });
      return;
    case "coincidence":
      holdFor(draft, incident, { kind: "coincidence", seconds: policy.coincidenceSeconds });
      return;
    case "investigation":
      holdFor(draft, incident, { kind: "acknowledgement", seconds: policy.acknowledgeSeconds });
  }
}

/** Somebody has acknowledged in time: the time to look begins. It begins once. */
export function beginInvestigation(draft: ZoneDraft): void {
  const { incident } = draft.state;
  if (incident?.hold?.kind !== "acknowledgement" || isOver(draft, incident.hold)) return;
  holdFor(draft, incident, { kind: "investigation", seconds: draft.policy.investigateSeconds });
}

function holdFor(
  draft: ZoneDraft,
  incident: ZoneIncident,
  { kind, seconds }: { readonly kind: ZoneHold["kind"]; readonly seconds: number },
): void {
  const sinceMicros = draft.state.elapsedMicros;
  const ends = sinceMicros + Math.round(seconds * microsPerSecond);
  // Whatever the policy says, and however its values change on the way, no wait of an incident outlasts this.
  const untilMicros = Math.min(ends, incident.sinceMicros + delaySecondsMax * microsPerSecond);
  changeIncident(draft, { hold: { kind, sinceMicros, untilMicros } });
  const held = Math.max(0, (untilMicros - sinceMicros) / microsPerSecond);
  emitZone(draft, { type: "hold", hold: kind, seconds: held, incidentId: incident.id });
}
