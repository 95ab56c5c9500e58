import type { AlarmEvent } from "#core/alarm/alarm-event.ts";
import type { ActInput, ActName, AlarmInput } from "#core/alarm/alarm-input.ts";
import { initialAlarmState, stepAlarm } from "#core/alarm/alarm-machine.ts";
import type { AlarmNotice } from "#core/alarm/alarm-notice.ts";
import { defaultAlarmPolicy } from "#core/alarm/alarm-policy.ts";
import type { AlarmState } from "#core/alarm/alarm-state.ts";
import type { Evidence } from "#core/alarm/evidence.ts";
import type { Reason, ReasonCode } from "#core/alarm/reason.ts";

/** When the tests' time begins. */
export const startMicros = 1_700_000_000_000_000;

/** The time of a second of the test. */
export function at(second: number): number {
  return startMicros + second * 1_000_000;
}

/** A reason with this code, in the middle of the picture. */
export function reason(code: ReasonCode, location: Reason["location"] = { x: 80, y: 60 }): Reason {
  const isAir = code.startsWith("co2") || code === "gas-hazard";
  return { code, text: `${code}.`, value: 2, limit: 1, unit: "pixel", location: isAir ? null : location };
}

/** One second of evidence, quiet but for the fields named. */
export function evidence(second: number, fields: Partial<Evidence> = {}): AlarmInput {
  const quiet: Evidence = {
    atMicros: at(second),
    thermalPresent: true,
    airPresent: true,
    alarm: [],
    prealarm: [],
    supervisory: [],
    gasHazard: [],
    severeHeat: false,
    nearness: 0,
  };
  return { kind: "evidence", evidence: { ...quiet, ...fields } };
}

/** Something that Ada does; `minutes` belongs to what ends by itself. */
export function act(second: number, name: ActName, minutes = 0): ActInput {
  return actAt(at(second), { act: name, minutes });
}

/** Something that Ada does at a time of the tests' own. */
export function actAt(
  atMicros: number,
  { act: name, minutes }: { readonly act: ActName; readonly minutes: number },
): ActInput {
  const by = { kind: "act", atMicros, by: "Ada", reason: "checked" } as const;
  if (name === "disable" || name === "start-test") return { ...by, act: name, minutes };
  return { ...by, act: name, minutes: null };
}

/** Time goes by. */
export function tick(second: number): AlarmInput {
  return { kind: "tick", atMicros: at(second) };
}

/** The camera falls silent, or is heard again. */
export function trouble(second: number, active: boolean, text = "The camera is silent."): AlarmInput {
  return { kind: "trouble", atMicros: at(second), code: "camera-silent", active, text };
}

/** Steps the machine through the inputs, by default from its first state. */
export function runAlarm(
  inputs: readonly AlarmInput[],
  from: AlarmState = initialAlarmState(),
): {
  readonly state: AlarmState;
  readonly events: readonly AlarmEvent[];
  readonly notices: readonly AlarmNotice[];
} {
  let state = from;
  const events: AlarmEvent[] = [];
  const notices: AlarmNotice[] = [];
  for (const input of inputs) {
    const step = stepAlarm(state, input, defaultAlarmPolicy);
    state = step.state;
    events.push(...step.events);
    notices.push(...step.notices);
  }
  return { state, events, notices };
}

/** What an event says, short enough for a table. */
export function brief(event: AlarmEvent): string {
  switch (event.type) {
    case "level":
      return `${event.level}${event.test ? " (test)" : ""}`;
    case "trouble":
      return `trouble ${event.code} ${event.active ? "on" : "off"}`;
    case "supervisory":
    case "gas-hazard":
      return `${event.type} ${event.active ? "on" : "off"}`;
    case "self-test":
      return `self-test ${event.stage}`;
    case "resounded":
      return "resounded";
    default:
      return `${event.type} by ${event.by}`;
  }
}

/** An alarm that has to wait for its filter time. */
export const growth = { alarm: [reason("region-growth")] };
/** A prealarm. */
export const hot = { prealarm: [reason("fixed-temperature")] };
/** An alarm that waits for nothing. */
export const severe = { alarm: [reason("severe-heat")], severeHeat: true };
