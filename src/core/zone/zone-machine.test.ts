import assert from "node:assert/strict";
import { test } from "node:test";
import { at, reason } from "#support/alarm-inputs.ts";
import { fire, report, runZone, ticks, waiting, warm, zoneAct, zoneBrief } from "#support/zone-inputs.ts";
import type { ZoneInput } from "./zone-input.ts";
import { defaultZonePolicy, type ZonePolicy } from "./zone-policy.ts";

const coincidence = waiting("coincidence");
const investigation = waiting("investigation");
const verification = waiting("verification");
const severe = { reasons: [reason("severe-heat")] };

interface Row {
  readonly name: string;
  readonly policy: ZonePolicy;
  readonly inputs: readonly ZoneInput[];
  readonly story: readonly string[];
}

const table: readonly Row[] = [
  {
    name: "without a delay the first alarm is FIRE at once",
    policy: defaultZonePolicy,
    inputs: [fire(1, "a")],
    story: ["fire because no-delay"],
  },
  {
    name: "severe heat waits for nothing",
    policy: investigation,
    inputs: [fire(1, "a", severe)],
    story: ["fire because severe-heat"],
  },
  {
    name: "severe heat that comes while outputs wait ends the wait",
    policy: investigation,
    inputs: [fire(1, "a"), fire(5, "a", { ...severe, alarmId: "incident-1/2" })],
    story: ["hold acknowledgement 15", "holding", "further alarm a", "fire because severe-heat"],
  },
  {
    name: "a call point is FIRE at once",
    policy: investigation,
    inputs: [{ kind: "call-point", atMicros: at(1), callPointId: "stairs" }],
    story: ["call point stairs", "fire because call-point"],
  },
  {
    name: "a call point ends an investigation",
    policy: investigation,
    inputs: [
      fire(1, "a"),
      zoneAct(5, "acknowledge"),
      { kind: "call-point", atMicros: at(9), callPointId: "stairs" },
    ],
    story: [
      "hold acknowledgement 15",
      "holding",
      "acknowledged by Ada",
      "hold investigation 180",
      "call point stairs",
      "further alarm stairs",
      "fire because call-point",
    ],
  },
  {
    name: "an alarm that nobody acknowledges is FIRE after 15 s",
    policy: investigation,
    inputs: [fire(1, "a"), ...ticks(2, 16)],
    story: ["hold acknowledgement 15", "holding", "fire because not-acknowledged"],
  },
  {
    name: "an acknowledged one is FIRE 180 s later, however often it is acknowledged",
    policy: investigation,
    inputs: [
      fire(1, "a"),
      zoneAct(10, "acknowledge"),
      zoneAct(100, "acknowledge"),
      ...ticks(101, 189),
      ...ticks(190, 190),
    ],
    story: [
      "hold acknowledgement 15",
      "holding",
      "acknowledged by Ada",
      "hold investigation 180",
      "acknowledged by Ada",
      "fire because time-over",
    ],
  },
  {
    name: "a second detector ends an investigation, with its prealarm already",
    policy: investigation,
    inputs: [fire(1, "a"), zoneAct(5, "acknowledge"), warm(20, "b")],
    story: [
      "hold acknowledgement 15",
      "holding",
      "acknowledged by Ada",
      "hold investigation 180",
      "fire because second-detector",
    ],
  },
  {
    name: "a detector lost during the investigation stops no timer",
    policy: investigation,
    inputs: [fire(1, "a"), { kind: "silent", atMicros: at(5), deviceId: "a" }, ...ticks(6, 16)],
    story: ["hold acknowledgement 15", "holding", "fire because not-acknowledged"],
  },
  {
    name: "a reset in time ends the investigation without FIRE",
    policy: investigation,
    inputs: [
      fire(1, "a"),
      zoneAct(5, "acknowledge"),
      zoneAct(60, "reset"),
      report(61, "a"),
      ...ticks(62, 400),
    ],
    story: [
      "hold acknowledgement 15",
      "holding",
      "acknowledged by Ada",
      "hold investigation 180",
      "reset by Ada",
      "normal",
    ],
  },
  {
    name: "one of two working detectors waits for the other, and no longer than a minute",
    policy: coincidence,
    inputs: [fire(1, "a"), ...ticks(2, 61)],
    story: ["hold coincidence 60", "holding", "fire because time-over"],
  },
  {
    name: "the second detector makes it FIRE",
    policy: waiting("coincidence", { secondDetector: "alarm" }),
    inputs: [warm(0, "b"), fire(1, "a"), fire(9, "b")],
    story: ["prealarm", "hold coincidence 60", "holding", "further alarm b", "fire because second-detector"],
  },
  {
    name: "camera and air of one device are one detector",
    policy: coincidence,
    inputs: [fire(1, "a", { reasons: [reason("region-growth"), reason("co2-rise")] })],
    story: ["hold coincidence 60", "holding"],
  },
  ...(["trouble", "lost", "disabled", "test", "calibrating"] as const).map((standing) => ({
    name: `a partner that is ${standing} counts as absent`,
    policy: coincidence,
    inputs: [report(1, "b", { standing }), fire(2, "a")],
    story: ["fire because partner-absent"],
  })),
  {
    name: "a partner that falls out while outputs wait ends the wait",
    policy: coincidence,
    inputs: [fire(1, "a"), { kind: "silent", atMicros: at(3), deviceId: "b" }],
    story: ["hold coincidence 60", "holding", "fire because partner-absent"],
  },
  {
    name: "an alarm whose evidence stands is verified after 10 s",
    policy: verification,
    inputs: [fire(1, "a"), ...ticks(2, 11)],
    story: ["hold verification 10", "holding", "fire because verified"],
  },
  {
    name: "one whose evidence has gone is logged, and is FIRE as soon as it is back",
    policy: verification,
    inputs: [fire(1, "a"), fire(8, "a", { evidence: "gone" }), ...ticks(9, 40), fire(41, "a")],
    story: ["hold verification 10", "holding", "not-verified", "prealarm", "fire because verified"],
  },
  ...(["calibrating", "test", "disabled", "lost"] as const).map((standing) => ({
    name: `evidence that had gone is not back because its detector is ${standing}`,
    policy: verification,
    inputs: [
      fire(1, "a"),
      fire(8, "a", { evidence: "gone" }),
      ...ticks(9, 20),
      fire(21, "a", { evidence: "unknown", standing }),
      ...ticks(22, 30),
      fire(31, "a", { evidence: "gone" }),
    ],
    story: ["hold verification 10", "holding", "not-verified", "prealarm"],
  })),
  {
    name: "a second without a picture is no evidence that is back",
    policy: verification,
    inputs: [
      fire(1, "a"),
      fire(8, "a", { evidence: "gone" }),
      ...ticks(9, 20),
      fire(21, "a", { evidence: "unknown" }),
    ],
    story: ["hold verification 10", "holding", "not-verified", "prealarm"],
  },
  {
    name: "a detector that is lost has not said that the evidence has gone",
    policy: verification,
    inputs: [
      fire(1, "a"),
      fire(8, "a", { evidence: "gone" }),
      { kind: "silent", atMicros: at(9), deviceId: "a" },
      ...ticks(10, 11),
    ],
    story: ["hold verification 10", "holding", "fire because verified"],
  },
  {
    name: "a device lost in a prealarm by heat becomes FIRE after 15 s",
    policy: investigation,
    inputs: [warm(1, "a"), { kind: "silent", atMicros: at(3), deviceId: "a" }, ...ticks(4, 18)],
    story: ["prealarm", "fire because waited-on-device"],
  },
  {
    name: "one lost in a prealarm that somebody has acknowledged, after 180 s",
    policy: investigation,
    inputs: [
      warm(1, "a"),
      zoneAct(2, "acknowledge"),
      { kind: "silent", atMicros: at(3), deviceId: "a" },
      ...ticks(4, 183),
    ],
    story: ["prealarm", "acknowledged by Ada", "fire because waited-on-device"],
  },
  {
    name: "one lost in a prealarm by CO2 alone does not become FIRE",
    policy: defaultZonePolicy,
    inputs: [
      warm(1, "a", { reasons: [reason("co2-rise")] }),
      { kind: "silent", atMicros: at(3), deviceId: "a" },
      ...ticks(4, 400),
    ],
    story: ["prealarm"],
  },
  {
    name: "a device that comes back in time ends its loss",
    policy: defaultZonePolicy,
    inputs: [
      warm(1, "a"),
      { kind: "silent", atMicros: at(3), deviceId: "a" },
      report(10, "a"),
      ...ticks(11, 60),
    ],
    story: ["prealarm", "normal"],
  },
  {
    name: "a new alarm after silence sounds again, the same one reported twice does not",
    policy: defaultZonePolicy,
    inputs: [fire(1, "a"), zoneAct(5, "silence"), fire(6, "a"), fire(9, "b")],
    story: ["fire because no-delay", "silenced by Ada", "further alarm b", "resounded"],
  },
  {
    name: "another cause on the same device sounds again",
    policy: defaultZonePolicy,
    inputs: [fire(1, "a"), zoneAct(5, "silence"), fire(6, "a", { alarmId: "incident-1/2" })],
    story: ["fire because no-delay", "silenced by Ada", "further alarm a", "resounded"],
  },
  {
    name: "silencing while outputs wait keeps no FIRE quiet",
    policy: investigation,
    inputs: [fire(1, "a"), zoneAct(2, "silence"), ...ticks(3, 16)],
    story: ["hold acknowledgement 15", "holding", "silenced by Ada", "fire because not-acknowledged"],
  },
  {
    name: "a cause that persists through a reset is FIRE again without a second wait",
    policy: investigation,
    inputs: [fire(1, "a"), zoneAct(5, "reset"), report(6, "a"), fire(9, "a", { alarmId: "incident-1/2" })],
    story: ["hold acknowledgement 15", "holding", "reset by Ada", "normal", "fire because same-incident"],
  },
  {
    name: "a device that has not followed a reset after 5 s is a cause that persists",
    policy: defaultZonePolicy,
    inputs: [fire(1, "a"), zoneAct(5, "reset"), fire(6, "a"), ...ticks(7, 10)],
    story: ["fire because no-delay", "reset by Ada", "normal", "fire because same-incident"],
  },
  {
    name: "whoever resets a lost detector has to say why",
    policy: defaultZonePolicy,
    inputs: [
      fire(1, "a"),
      { kind: "silent", atMicros: at(3), deviceId: "a" },
      zoneAct(5, "reset", { reason: " " }),
      zoneAct(6, "reset", { reason: "burnt off, replaced" }),
      ...ticks(7, 60),
    ],
    story: ["fire because no-delay", "reset refused for a", "reset by Ada", "normal"],
  },
  {
    name: "a disabled zone tells what would have alarmed, once, and raises it when the disablement ends",
    policy: defaultZonePolicy,
    inputs: [
      zoneAct(1, "disable", { minutes: 1 }),
      fire(5, "a", severe),
      fire(6, "a", severe),
      ...ticks(7, 61),
    ],
    story: ["disabled by Ada", "would have alarmed a", "enabled by expiry", "fire because severe-heat"],
  },
  {
    name: "a disablement leaves FIRE as it is, and holds no call point back",
    policy: defaultZonePolicy,
    inputs: [
      zoneAct(1, "disable", { minutes: 10 }),
      { kind: "call-point", atMicros: at(2), callPointId: "stairs" },
      zoneAct(3, "disable", { minutes: 10 }),
    ],
    story: ["disabled by Ada", "call point stairs", "fire because call-point", "disabled by Ada"],
  },
  {
    name: "a zone disabled while outputs wait tells at the end of the wait what it keeps back",
    policy: investigation,
    inputs: [fire(1, "a"), zoneAct(2, "disable", { minutes: 10 }), ...ticks(3, 20), zoneAct(21, "enable")],
    story: [
      "hold acknowledgement 15",
      "holding",
      "disabled by Ada",
      "would have alarmed a",
      "enabled by Ada",
      "fire because not-acknowledged",
    ],
  },
  {
    name: "FIRE in a test is marked and ends with the test; a real alarm follows at once",
    policy: defaultZonePolicy,
    inputs: [zoneAct(1, "start-test", { minutes: 1 }), fire(5, "a"), ...ticks(6, 61)],
    story: [
      "test-started by Ada",
      "fire because no-delay (test)",
      "test-ended by expiry",
      "fire because no-delay",
    ],
  },
  {
    name: "what a device's own test makes is nothing to the zone",
    policy: defaultZonePolicy,
    inputs: [
      fire(1, "a", { kind: "test", standing: "test" }),
      warm(2, "b", { kind: "test", standing: "test" }),
    ],
    story: [],
  },
];

for (const { name, policy, inputs, story } of table)
  test(`zone: ${name}`, () => {
    assert.deepEqual(runZone(inputs, policy).events.map(zoneBrief), story);
  });
