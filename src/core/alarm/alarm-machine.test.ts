import assert from "node:assert/strict";
import { test } from "node:test";
import {
  act,
  brief,
  evidence,
  growth,
  hot,
  reason,
  runAlarm,
  severe,
  tick,
  trouble,
} from "#support/alarm-inputs.ts";
import type { AlarmEvent } from "./alarm-event.ts";
import type { AlarmInput } from "./alarm-input.ts";
import { initialAlarmState, stepAlarm } from "./alarm-machine.ts";
import { defaultAlarmPolicy } from "./alarm-policy.ts";
import type { AlarmState } from "./alarm-state.ts";

const policy = defaultAlarmPolicy;
const normal = initialAlarmState();
const prealarm = runAlarm([0, 1, 2].map((second) => evidence(second, hot))).state;
const alarm = runAlarm([evidence(0, growth), evidence(1, growth)]).state;
const silenced = runAlarm([act(2, "silence")], alarm).state;
const disabled = runAlarm([act(0, "disable", 10)]).state;
const testing = runAlarm([act(0, "start-test", 10)]).state;
const testAlarm = runAlarm([evidence(1, severe)], testing).state;
const inTrouble = runAlarm([trouble(0, true)]).state;
const supervisory = runAlarm([evidence(0, { supervisory: [reason("co2-level")] })]).state;
const gasHazard = runAlarm([evidence(0, { gasHazard: [reason("gas-hazard")] })]).state;

interface Row {
  readonly name: string;
  readonly from: AlarmState;
  readonly input: AlarmInput;
  readonly to: Partial<Pick<AlarmState, "level" | "sounding">> & {
    readonly disabled?: boolean;
    readonly test?: boolean;
    readonly troubles?: number;
    readonly supervisory?: number;
    readonly gasHazard?: number;
  };
  readonly events: readonly string[];
}

const table: readonly Row[] = [
  {
    name: "nothing in a quiet second",
    from: normal,
    input: evidence(0),
    to: { level: "normal" },
    events: [],
  },
  { name: "nothing in a tick", from: normal, input: tick(0), to: { level: "normal" }, events: [] },
  {
    name: "one second of alarm evidence is not yet an alarm",
    from: normal,
    input: evidence(0, growth),
    to: { level: "normal", sounding: false },
    events: [],
  },
  {
    name: "severe heat alarms at once",
    from: normal,
    input: evidence(0, severe),
    to: { level: "alarm", sounding: true },
    events: ["alarm"],
  },
  {
    name: "a CO2 rise is a prealarm at once, its rule has waited",
    from: normal,
    input: evidence(0, { prealarm: [reason("co2-rise")] }),
    to: { level: "prealarm", sounding: false },
    events: ["prealarm"],
  },
  {
    name: "supervisory comes beside the level",
    from: normal,
    input: evidence(0, { supervisory: [reason("co2-level")] }),
    to: { level: "normal", supervisory: 1 },
    events: ["supervisory on"],
  },
  {
    name: "gas hazard comes beside an alarm",
    from: alarm,
    input: evidence(3, { ...growth, gasHazard: [reason("gas-hazard")] }),
    to: { level: "alarm", gasHazard: 1 },
    events: ["gas-hazard on"],
  },
  {
    name: "supervisory ends on the air sensor's word",
    from: supervisory,
    input: evidence(1),
    to: { supervisory: 0 },
    events: ["supervisory off"],
  },
  {
    name: "supervisory does not end because the air sensor is gone",
    from: supervisory,
    input: evidence(1, { airPresent: false }),
    to: { supervisory: 1 },
    events: [],
  },
  {
    name: "gas hazard ends on the air sensor's word",
    from: gasHazard,
    input: evidence(1),
    to: { gasHazard: 0 },
    events: ["gas-hazard off"],
  },
  {
    name: "a prealarm stays through one quiet second",
    from: prealarm,
    input: evidence(3),
    to: { level: "prealarm" },
    events: [],
  },
  {
    name: "a prealarm becomes an alarm",
    from: prealarm,
    input: evidence(3, severe),
    to: { level: "alarm", sounding: true },
    events: ["alarm"],
  },
  {
    name: "a prealarm does not sound when silenced before the alarm, and the alarm sounds",
    from: runAlarm([act(3, "silence")], prealarm).state,
    input: evidence(4, severe),
    to: { level: "alarm", sounding: true },
    events: ["alarm"],
  },
  {
    name: "a person may reset a prealarm",
    from: prealarm,
    input: act(3, "reset"),
    to: { level: "normal" },
    events: ["reset by Ada", "normal"],
  },
  {
    name: "an alarm stays when its evidence ends",
    from: alarm,
    input: evidence(500),
    to: { level: "alarm", sounding: true },
    events: [],
  },
  {
    name: "an alarm stays when its sensor dies",
    from: alarm,
    input: evidence(500, { thermalPresent: false }),
    to: { level: "alarm" },
    events: [],
  },
  {
    name: "acknowledging leaves the sounder on",
    from: alarm,
    input: act(2, "acknowledge"),
    to: { level: "alarm", sounding: true },
    events: ["acknowledged by Ada"],
  },
  {
    name: "silencing stops the sounder, not the alarm",
    from: alarm,
    input: act(2, "silence"),
    to: { level: "alarm", sounding: false },
    events: ["silenced by Ada"],
  },
  {
    name: "the same cause does not sound again after silence",
    from: silenced,
    input: evidence(3, { alarm: [reason("region-growth", { x: 90, y: 64 })] }),
    to: { sounding: false },
    events: [],
  },
  {
    name: "another rule that speaks of the same fire does not sound again",
    from: silenced,
    input: evidence(3, { alarm: [reason("rate-of-rise", { x: 70, y: 66 }), ...growth.alarm] }),
    to: { level: "alarm", sounding: false },
    events: [],
  },
  {
    name: "severe heat where less was silenced sounds again",
    from: silenced,
    input: evidence(3, { ...severe, alarm: [...growth.alarm, ...severe.alarm] }),
    to: { level: "alarm", sounding: true },
    events: ["alarm", "resounded"],
  },
  {
    name: "the same code elsewhere in the picture sounds again",
    from: silenced,
    input: evidence(3, { alarm: [...growth.alarm, reason("region-growth", { x: 10, y: 10 })] }),
    to: { sounding: true },
    events: ["alarm", "resounded"],
  },
  {
    name: "a new cause while it still sounds is told as an alarm",
    from: alarm,
    input: evidence(3, { ...growth, alarm: [...growth.alarm, reason("severe-heat")], severeHeat: true }),
    to: { sounding: true },
    events: ["alarm"],
  },
  {
    name: "a person resets an alarm",
    from: alarm,
    input: act(9, "reset"),
    to: { level: "normal", sounding: false },
    events: ["reset by Ada", "normal"],
  },
  {
    name: "a reset with nothing to reset is still told",
    from: normal,
    input: act(0, "reset"),
    to: { level: "normal" },
    events: ["reset by Ada"],
  },
  {
    name: "a fault comes",
    from: normal,
    input: trouble(0, true),
    to: { level: "normal", troubles: 1 },
    events: ["trouble camera-silent on"],
  },
  {
    name: "a fault that stands is not told twice",
    from: inTrouble,
    input: trouble(1, true, "It is still silent."),
    to: { troubles: 1 },
    events: [],
  },
  {
    name: "a fault goes",
    from: inTrouble,
    input: trouble(1, false),
    to: { troubles: 0 },
    events: ["trouble camera-silent off"],
  },
  {
    name: "a fault that is not there cannot go",
    from: normal,
    input: trouble(0, false),
    to: { troubles: 0 },
    events: [],
  },
  {
    name: "a fault stays through a reset",
    from: inTrouble,
    input: act(1, "reset"),
    to: { troubles: 1 },
    events: ["reset by Ada"],
  },
  {
    name: "a disablement comes",
    from: normal,
    input: act(0, "disable", 10),
    to: { disabled: true },
    events: ["disabled by Ada"],
  },
  {
    name: "a disabled device raises nothing, severe heat included",
    from: disabled,
    input: evidence(1, severe),
    to: { level: "normal", sounding: false, disabled: true },
    events: [],
  },
  {
    name: "a disabled device still says gas hazard",
    from: disabled,
    input: evidence(1, { gasHazard: [reason("gas-hazard")] }),
    to: { gasHazard: 1, disabled: true },
    events: ["gas-hazard on"],
  },
  {
    name: "disabling leaves a standing alarm as it is",
    from: alarm,
    input: act(2, "disable", 10),
    to: { level: "alarm", sounding: true, disabled: true },
    events: ["disabled by Ada"],
  },
  {
    name: "a person ends a disablement",
    from: disabled,
    input: act(1, "enable"),
    to: { disabled: false },
    events: ["enabled by Ada"],
  },
  {
    name: "a disablement runs out",
    from: disabled,
    input: tick(600),
    to: { disabled: false },
    events: ["enabled by expiry"],
  },
  {
    name: "a disablement does not run out early",
    from: disabled,
    input: tick(599),
    to: { disabled: true },
    events: [],
  },
  {
    name: "the alarm comes with the evidence in which a disablement ends",
    from: runAlarm([evidence(598, growth), evidence(599, growth)], disabled).state,
    input: evidence(600, growth),
    to: { level: "alarm", disabled: false, sounding: true },
    events: ["enabled by expiry", "alarm"],
  },
  {
    name: "a test begins",
    from: normal,
    input: act(0, "start-test", 10),
    to: { test: true },
    events: ["test-started by Ada"],
  },
  {
    name: "an alarm in a test is marked",
    from: testing,
    input: evidence(1, severe),
    to: { level: "alarm", sounding: true, test: true },
    events: ["alarm (test)"],
  },
  {
    name: "a person ends a test, and its alarm with it",
    from: testAlarm,
    input: act(2, "end-test"),
    to: { level: "normal", sounding: false, test: false },
    events: ["test-ended by Ada", "normal (test)"],
  },
  {
    name: "a test runs out, and its alarm with it",
    from: testAlarm,
    input: tick(601),
    to: { level: "normal", test: false },
    events: ["test-ended by expiry", "normal (test)"],
  },
  {
    name: "a real cause alarms in the very second its test runs out",
    from: testAlarm,
    input: evidence(601, severe),
    to: { level: "alarm", test: false },
    events: ["test-ended by expiry", "normal (test)", "alarm"],
  },
  {
    name: "a real alarm outlives a test",
    from: runAlarm([act(2, "start-test", 1)], alarm).state,
    input: act(3, "end-test"),
    to: { level: "alarm", sounding: true, test: false },
    events: ["test-ended by Ada"],
  },
  {
    name: "a prealarm from before a test becomes a real alarm",
    from: runAlarm([act(3, "start-test", 1)], prealarm).state,
    input: evidence(4, severe),
    to: { level: "alarm", test: true },
    events: ["alarm"],
  },
];

for (const row of table)
  test(`alarm machine: ${row.name}`, () => {
    const { state, events } = stepAlarm(row.from, row.input, policy);
    assert.deepEqual(events.map(brief), row.events);
    const got = {
      level: state.level,
      sounding: state.sounding,
      disabled: state.disabled !== null,
      test: state.test !== null,
      troubles: state.troubles.length,
      supervisory: state.supervisory.length,
      gasHazard: state.gasHazard.length,
    };
    assert.deepEqual(got, { ...got, ...row.to });
  });

test("the table reaches every level, every condition and every kind of event", () => {
  const reached = table.map((row) => stepAlarm(row.from, row.input, policy));
  const levels = new Set(reached.map(({ state }) => state.level));
  assert.deepEqual([...levels].sort(), ["alarm", "normal", "prealarm"]);
  const kinds = new Set(reached.flatMap(({ events }) => events.map((event) => event.type)));
  const all: AlarmEvent["type"][] = [
    "level",
    "trouble",
    "supervisory",
    "gas-hazard",
    "acknowledged",
    "silenced",
    "reset",
    "disabled",
    "enabled",
    "test-started",
    "test-ended",
    "resounded",
  ];
  assert.deepEqual([...kinds].sort(), all.sort());
});
