import { assertNever } from "#core/failure.ts";
import type { ZoneHold, ZoneState } from "#core/zone/zone-state.ts";
import type { DeviceView } from "#wire/hub-api.ts";
import type { ZoneView } from "#wire/zone-api.ts";
import type { Tone } from "./lamps.ts";

/** A zone in words. */
export interface ZoneWords {
  readonly tone: Tone;
  readonly headline: string;
  /** What panel and evacuation wait for, without the time that is left; null while they do not wait. */
  readonly waits: string | null;
  readonly lines: readonly string[];
}

/** Tells zones of the hub and of devices apart. */
export function zoneKey({ runBy, id }: Pick<ZoneView, "runBy" | "id">): string {
  return `${runBy} ${id}`;
}

const holdTexts: Readonly<Record<ZoneHold["kind"], string>> = {
  verification: "whether the alarm stands",
  coincidence: "for a second detector; a call point ends the wait",
  acknowledgement: "acknowledge, or press a call point",
  investigation: "look, then reset or press a call point",
};

/** Says in words how a zone stands. The names of devices come from whoever knows them. */
export function zoneWords(zone: ZoneView, nameOf: (device: string) => string): ZoneWords {
  const { state, conditions } = zone;
  const hold = state.incident?.hold ?? null;
  return {
    tone: toneOf(state, conditions),
    headline: headlineOf(state, conditions),
    waits: hold === null || state.level !== "holding" ? null : holdTexts[hold.kind],
    lines: [...causeLines(state, nameOf), ...actLines(state), ...absentLines(state, nameOf)],
  };
}

/** What is disabled of the pictures of a zone's devices, a sentence each: the zone itself knows only of whole devices. */
export function disabledPartLines(
  { devices }: Pick<ZoneView, "devices">,
  views: readonly DeviceView[],
  nameOf: (device: string) => string,
): readonly string[] {
  return views
    .filter(({ id, state }) => devices.includes(id) && (state?.disabledRegions.length ?? 0) > 0)
    .map(({ id, state }) => {
      const names = (state?.disabledRegions ?? []).map(({ name }) => name).join(", ");
      return `Disabled in the picture of ${nameOf(id)}: ${names}.`;
    });
}

/** Time that is left as "2:31"; never below 0. */
export function countdownText(untilMicros: number, nowMicros: number): string {
  const seconds = Math.max(0, Math.ceil((untilMicros - nowMicros) / 1_000_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function toneOf(state: ZoneState, conditions: ZoneView["conditions"]): Tone {
  const [worst] = conditions;
  if (worst === undefined) return "quiet";
  if (worst === "holding") return state.incident?.acknowledged === null ? "fire" : "prealarm";
  return worst;
}

function headlineOf(state: ZoneState, conditions: ZoneView["conditions"]): string {
  const test = state.incident?.kind === "test" ? " (test: no output follows)" : "";
  switch (state.level) {
    case "fire":
      return `FIRE: panel and evacuation are on${test}`;
    case "holding":
      return `FIRE found: the panel waits${test}`;
    case "prealarm":
      return `Prealarm${test}`;
    case "normal":
      return conditions.length === 0 ? "Quiet" : conditions.map((name) => name.toUpperCase()).join(", ");
    default:
      return assertNever(state.level);
  }
}

function causeLines({ incident }: ZoneState, nameOf: (device: string) => string): readonly string[] {
  return (incident?.causes ?? []).map(({ source, id, reasons }) => {
    const why = reasons.map(({ text }) => text).join(" ");
    return source === "call-point" ? `Call point: ${id}.` : `${nameOf(id)}: ${why}`;
  });
}

function actLines({ incident, disabled, test, detectors }: ZoneState): readonly string[] {
  const lines: string[] = [];
  if (incident?.acknowledged != null) lines.push(`Acknowledged by ${incident.acknowledged.by}.`);
  if (incident?.silenced != null) lines.push(`Silenced by ${incident.silenced.by}.`);
  if (disabled !== null) lines.push(`Disabled by ${disabled.by}: ${disabled.reason}`);
  if (disabled !== null && detectors.some(({ withheldAlarmId }) => withheldAlarmId !== null))
    lines.push("Kept back: without the disablement this would be FIRE now.");
  if (test !== null) lines.push(`In test by ${test.by}: ${test.reason}`);
  return lines;
}

function absentLines({ detectors }: ZoneState, nameOf: (device: string) => string): readonly string[] {
  const absent = detectors.filter(({ standing }) => standing !== "working");
  if (absent.length === 0) return [];
  const names = absent.map(({ deviceId, standing }) => `${nameOf(deviceId)} (${standing})`);
  return [`Counts as absent: ${names.join(", ")}.`];
}
