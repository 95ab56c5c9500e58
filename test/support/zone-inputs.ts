import type { Reason } from "#core/alarm/reason.ts";
import type { ZoneEvent } from "#core/zone/zone-event.ts";
import type { DetectorReport, ZoneActInput, ZoneInput } from "#core/zone/zone-input.ts";
import { initialZoneState, stepZone, type ZoneStep } from "#core/zone/zone-machine.ts";
import { defaultZonePolicy, type ZonePolicy } from "#core/zone/zone-policy.ts";
import type { ZoneState } from "#core/zone/zone-state.ts";
import { at, reason } from "#support/alarm-inputs.ts";

/** At all hours. */
export const always = [{ fromMinute: 0, toMinute: 10_080 }];

/** A policy whose outputs wait in this way, day and night where it can. */
export function waiting(delay: ZonePolicy["staffedDelay"], fields: Partial<ZonePolicy> = {}): ZonePolicy {
  const unstaffedDelay = delay === "investigation" ? "none" : delay;
  return { ...defaultZonePolicy, staffedDelay: delay, unstaffedDelay, staffed: always, ...fields };
}

/** What a device says when all is well, but for the fields named. */
export function report(second: number, deviceId: string, fields: Partial<DetectorReport> = {}): ZoneInput {
  const quiet: DetectorReport = {
    deviceId,
    standing: "working",
    level: "normal",
    kind: "real",
    alarmId: null,
    evidence: "gone",
    reasons: [],
    supervisory: false,
    gasHazard: false,
    troubles: 0,
  };
  return { kind: "report", atMicros: at(second), report: { ...quiet, ...fields } };
}

/** A device says FIRE. */
export function fire(second: number, deviceId: string, fields: Partial<DetectorReport> = {}): ZoneInput {
  const reasons: readonly Reason[] = [reason("region-growth")];
  return report(second, deviceId, {
    level: "alarm",
    alarmId: "incident-1/1",
    evidence: "present",
    reasons,
    ...fields,
  });
}

/** A device says PREALARM. */
export function warm(second: number, deviceId: string, fields: Partial<DetectorReport> = {}): ZoneInput {
  return report(second, deviceId, {
    level: "prealarm",
    evidence: "present",
    reasons: [reason("fixed-temperature")],
    ...fields,
  });
}

/** Something that Ada does to the zone. */
export function zoneAct(
  second: number,
  act: ZoneActInput["act"],
  fields: Partial<Pick<ZoneActInput, "minutes" | "reason">> = {},
): ZoneInput {
  return { kind: "act", atMicros: at(second), act, by: "Ada", reason: "checked", minutes: null, ...fields };
}

/** Seconds of nothing. */
export function ticks(from: number, to: number): readonly ZoneInput[] {
  return Array.from({ length: to - from + 1 }, (_, k) => ({ kind: "tick", atMicros: at(from + k) }));
}

/** Steps a zone of two working detectors, "a" and "b", through the inputs, or another one. */
export function runZone(inputs: readonly ZoneInput[], policy: ZonePolicy, from?: ZoneState): ZoneStep {
  const begin = initialZoneState(["a", "b"]);
  const hello = from === undefined ? [report(0, "a"), report(0, "b")] : [];
  let step: ZoneStep = stepZone(
    from ?? begin,
    { kind: "tick", atMicros: from?.lastStepAtMicros ?? at(0) },
    policy,
  );
  const events = [...step.events];
  for (const input of [...hello, ...inputs]) {
    step = stepZone(step.state, input, policy);
    events.push(...step.events);
  }
  return { ...step, events };
}

/** What an event says, short enough for a table. */
export function zoneBrief(event: ZoneEvent): string {
  switch (event.type) {
    case "zone-level": {
      const because = event.because === null ? "" : ` because ${event.because}`;
      return `${event.level}${because}${event.test ? " (test)" : ""}`;
    }
    case "hold":
      return `hold ${event.hold} ${event.seconds}`;
    case "call-point":
      return `call point ${event.callPointId}`;
    case "further-alarm":
      return `further alarm ${event.id}`;
    case "would-have-alarmed":
      return `would have alarmed ${event.deviceId}`;
    case "reset-refused":
      return `reset refused for ${event.deviceIds.join()}`;
    case "not-verified":
    case "resounded":
      return event.type;
    default:
      return `${event.type} by ${event.by}`;
  }
}
