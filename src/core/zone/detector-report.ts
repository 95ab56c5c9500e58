import type { AlarmState, Incident } from "../alarm/alarm-state.ts";
import type { Evidence } from "../alarm/evidence.ts";
import { isTestIncident } from "../alarm/incident.ts";
import { isBlindedBy } from "../alarm/prealarm-timers.ts";
import type { TroubleCode } from "../alarm/trouble.ts";
import type { DetectorReport } from "./zone-input.ts";
import type { DetectorStanding, ZoneDetector } from "./zone-state.ts";

/** What a device can say of itself to its zone. */
export interface ReportedDevice {
  readonly deviceId: string;
  readonly state: AlarmState;
  /** What the newest second has shown. */
  readonly evidence: ZoneDetector["evidence"];
  /** "calibrating": the camera's shutter is closed, or has been a moment ago. */
  readonly camera: "watching" | "calibrating";
}

/** What a device tells its zone, from its alarm state. */
export function detectorReport(device: ReportedDevice): DetectorReport {
  const { state, evidence } = device;
  const { incident, level } = state;
  return {
    deviceId: device.deviceId,
    standing: standingOf(device),
    level,
    kind: incident !== null && isTestIncident(incident) ? "test" : "real",
    alarmId: level === "alarm" && incident !== null ? alarmIdOf(incident) : null,
    evidence,
    reasons: incident?.reasons ?? [],
    supervisory: state.supervisory.length > 0,
    gasHazard: state.gasHazard.length > 0,
    troubles: state.troubles.length,
  };
}

/** A new alarm in a standing one is a new alarm for the zone, too. */
function alarmIdOf({ id, alarms }: Incident): string {
  return `${id}/${alarms}`;
}

/** What a second of evidence has shown; one without a picture, or none at all, says nothing about what burns. */
export function shownBy(
  evidence: Pick<Evidence, "thermalPresent" | "alarm" | "prealarm"> | null,
): ZoneDetector["evidence"] {
  if (evidence?.thermalPresent !== true) return "unknown";
  return evidence.alarm.length + evidence.prealarm.length === 0 ? "gone" : "present";
}

function standingOf({ state, camera }: ReportedDevice): DetectorStanding {
  const codes = state.troubles.map(({ code }) => code);
  if (codes.some(isBlindedBy)) return "lost";
  if (state.disabled !== null) return "disabled";
  if (state.test !== null) return "test";
  if (codes.some(isDoubtful)) return "trouble";
  return camera === "calibrating" ? "calibrating" : "working";
}

/** Faults of the air sensor, of the disk and of the link leave the camera as it is. */
function isDoubtful(code: TroubleCode): boolean {
  return code.startsWith("camera-") || doubtfulCodes.has(code);
}

const doubtfulCodes: ReadonlySet<TroubleCode> = new Set([
  "clock-jumps",
  "hot-at-commissioning",
  "device-silent",
]);
