import type { AlarmDraft } from "./alarm-draft.ts";
import type { AlarmState } from "./alarm-state.ts";
import type { Evidence } from "./evidence.ts";
import { isThermal, type Reason } from "./reason.ts";
import type { TroubleCode } from "./trouble.ts";

/** Faults with which a camera gives no pictures that can be used. */
const blindCodes: ReadonlySet<TroubleCode> = new Set([
  "camera-silent",
  "camera-frozen",
  "camera-not-radiometric",
  "camera-over-temperature",
  "frames-rejected",
]);

/** Whether a fault leaves the camera without pictures that can be used, or with one temperature only. */
export function isBlindedBy(code: TroubleCode): boolean {
  return code === "camera-covered" || blindCodes.has(code);
}

/**
 * Whether the camera is lost: a fault stands and there is no valid picture, or it sees one temperature only, as in thick
 * smoke. A second without a picture alone (a shutter calibration) is no loss.
 */
export function isDetectorLost({ troubles }: AlarmState, evidence: Evidence): boolean {
  if (troubles.some((trouble) => trouble.code === "camera-covered")) return true;
  return !evidence.thermalPresent && troubles.some((trouble) => blindCodes.has(trouble.code));
}

/** The two timers of a prealarm after one more second. Outside a prealarm, and without heat among its reasons, both rest. */
export function countPrealarm(
  state: AlarmState,
  evidence: Evidence,
): { readonly unansweredSeconds: number; readonly lostSeconds: number } {
  const { level, incident, unansweredSeconds, lostSeconds } = state;
  if (level !== "prealarm" || incident === null || !incident.reasons.some(isThermal))
    return { unansweredSeconds: 0, lostSeconds: 0 };
  const isHot = evidence.alarm.length > 0 || evidence.prealarm.some(isThermal);
  const isLost = isDetectorLost(state, evidence);
  const isBack = evidence.thermalPresent && !isLost;
  return {
    unansweredSeconds: incident.acknowledged === null ? unansweredSeconds + (isHot ? 1 : 0) : 0,
    lostSeconds: isLost ? lostSeconds + 1 : isBack ? 0 : lostSeconds,
  };
}

/** Reasons for FIRE when a timer of the prealarm has run out; empty while none has. */
export function timedOutReasons({ state, policy }: AlarmDraft, evidence: Evidence): readonly Reason[] {
  const { level, incident, unansweredSeconds, lostSeconds, troubles } = state;
  if (level !== "prealarm" || incident === null) return [];
  const heat = incident.reasons.filter(isThermal);
  const location = heat.at(-1)?.location ?? null;
  const lostMax =
    incident.acknowledged === null ? policy.detectorLostSeconds : policy.detectorLostAcknowledgedSeconds;
  if (lostSeconds >= lostMax) {
    const codes = troubles.map((trouble) => trouble.code).filter((code) => code.startsWith("camera-"));
    const why = codes.length === 0 ? "" : ` (${codes.join(", ")})`;
    const text = `The camera was lost during a prealarm${why} and has been away for ${lostSeconds} s: nobody can see whether it burns.`;
    return [{ code: "detector-lost", text, value: lostSeconds, limit: lostMax, unit: "s", location }];
  }
  const limit = policy.prealarmUnansweredSeconds;
  if (unansweredSeconds < limit) return [];
  const text = `A prealarm has been there for ${unansweredSeconds} s, and nobody has acknowledged it.`;
  const now = evidence.prealarm.filter(isThermal);
  return [
    { code: "prealarm-unanswered", text, value: unansweredSeconds, limit, unit: "s", location },
    ...now,
  ];
}
