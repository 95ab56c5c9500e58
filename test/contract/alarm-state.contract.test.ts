import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { AlarmEvent } from "#core/alarm/alarm-event.ts";
import type { AlarmInput } from "#core/alarm/alarm-input.ts";
import { initialAlarmState, stepAlarm } from "#core/alarm/alarm-machine.ts";
import type { AlarmNotice } from "#core/alarm/alarm-notice.ts";
import { type AlarmPolicy, defaultAlarmPolicy } from "#core/alarm/alarm-policy.ts";
import type { AlarmState, Incident } from "#core/alarm/alarm-state.ts";
import type { Reason } from "#core/alarm/reason.ts";
import {
  alarmEventSchema,
  alarmNoticeSchema,
  alarmStateSchema,
  troubleCodeSchema,
} from "#wire/alarm-schemas.ts";

const start = 1_700_000_000_000_000;
const codes = ["severe-heat", "fixed-temperature", "rate-of-rise", "region-growth"] as const;
const troubleCodes = ["camera-silent", "air-silent", "frames-rejected", "link-down"] as const;

const number = fc.double({ min: 0, max: 1000, noNaN: true });
const location = fc.record({ x: fc.integer({ min: 0, max: 159 }), y: fc.integer({ min: 0, max: 119 }) });
const thermalReason: fc.Arbitrary<Reason> = fc.record({
  code: fc.constantFrom(...codes),
  text: fc.string({ maxLength: 500 }),
  value: number,
  limit: number,
  unit: fc.constantFrom("pixel", "°C", "K/s"),
  location,
});
const airReason = (code: "co2-rise" | "co2-level" | "gas-hazard"): fc.Arbitrary<Reason> =>
  fc.record({
    code: fc.constant(code),
    text: fc.constant("CO2."),
    value: number,
    limit: number,
    unit: fc.constant("ppm"),
    location: fc.constant(null),
  });

/** Mostly a second further, sometimes a jump to and fro. */
const stepSeconds = fc.oneof(
  { weight: 8, arbitrary: fc.constant(1) },
  { weight: 2, arbitrary: fc.integer({ min: -3, max: 40 }) },
  { weight: 1, arbitrary: fc.integer({ min: -10_000, max: 10_000 }) },
);

type Timed = { readonly stepSeconds: number; readonly input: (atMicros: number) => AlarmInput };

const evidence = fc.record({
  thermalPresent: fc.boolean(),
  airPresent: fc.boolean(),
  alarm: fc.array(thermalReason, { maxLength: 6 }),
  prealarm: fc.array(fc.oneof(thermalReason, airReason("co2-rise")), { maxLength: 3 }),
  supervisory: fc.array(airReason("co2-level"), { maxLength: 1 }),
  gasHazard: fc.array(airReason("gas-hazard"), { maxLength: 1 }),
  nearness: fc.double({ min: 0, max: 1, noNaN: true }),
});
const timed: fc.Arbitrary<Timed> = fc
  .tuple(
    stepSeconds,
    fc.oneof(
      { weight: 6, arbitrary: evidence.map((fields) => ({ kind: "evidence" as const, fields })) },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant("act" as const),
          act: fc.constantFrom(
            "acknowledge",
            "silence",
            "reset",
            "disable",
            "enable",
            "start-test",
            "end-test",
          ),
          by: fc.string({ maxLength: 120 }),
          reason: fc.string({ maxLength: 600 }),
          minutes: fc.option(fc.double({ min: -5, max: 3000 })),
          region: fc.option(fc.constantFrom("stove", "door")),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant("trouble" as const),
          code: fc.constantFrom(...troubleCodes),
          active: fc.boolean(),
          text: fc.string({ maxLength: 600 }),
        }),
      },
      { weight: 1, arbitrary: fc.constant({ kind: "tick" as const }) },
    ),
  )
  .map(([seconds, body]) => ({
    stepSeconds: seconds,
    input: (atMicros: number): AlarmInput => {
      if (body.kind === "act") return { ...regionOf(body), atMicros } as AlarmInput;
      if (body.kind !== "evidence") return { ...body, atMicros } as AlarmInput;
      const { thermalPresent } = body.fields;
      const fields = thermalPresent ? body.fields : { ...body.fields, alarm: [] };
      const severeHeat = fields.alarm.some((reason) => reason.code === "severe-heat");
      return { kind: "evidence", evidence: { ...fields, atMicros, severeHeat } };
    },
  }));

/** Disabling names a region with its outline, enabling by its name alone; other acts have none. */
function regionOf({ region, ...body }: { readonly act: string; readonly region: string | null }): object {
  if (region === null || (body.act !== "disable" && body.act !== "enable")) return body;
  return { ...body, region: body.act === "enable" ? region : { name: region, outline } };
}

const outline = [
  { x: 0, y: 0 },
  { x: 160, y: 0 },
  { x: 0, y: 120 },
];

interface Step {
  readonly before: AlarmState;
  readonly input: AlarmInput;
  readonly after: AlarmState;
  readonly events: readonly AlarmEvent[];
  readonly notices: readonly AlarmNotice[];
}

function run(inputs: readonly Timed[], policy: AlarmPolicy = defaultAlarmPolicy): Step[] {
  let state = initialAlarmState();
  let now = start;
  return inputs.map(({ stepSeconds: seconds, input: make }) => {
    now += seconds * 1_000_000;
    const input = make(now);
    const before = state;
    const { state: after, events, notices } = stepAlarm(before, input, policy);
    state = after;
    return { before, input, after, events, notices };
  });
}

/** What arrives at the other end; a number that JSON cannot hold arrives as null and is refused by the schema. */
function overTheWire(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function check(invariant: (step: Step) => void): void {
  fc.assert(
    fc.property(fc.array(timed, { maxLength: 60 }), (inputs) => {
      for (const step of run(inputs)) invariant(step);
    }),
    { numRuns: 150 },
  );
}

test("the wire parses every state and every event the machine makes, and they survive JSON", () => {
  check(({ after, events, notices }) => {
    const state = overTheWire(after);
    assert.deepEqual(alarmStateSchema.parse(state), state);
    for (const notice of notices.map(overTheWire)) assert.deepEqual(alarmNoticeSchema.parse(notice), notice);
    for (const event of events.map(overTheWire)) assert.deepEqual(alarmEventSchema.parse(event), event);
  });
});

test("the wire knows every trouble code used here", () => {
  for (const code of troubleCodes) assert.equal(troubleCodeSchema.parse(code), code);
});

test("events are numbered without gaps", () => {
  check(({ before, after, events }) => {
    assert.deepEqual(
      events.map((event) => event.sequence),
      events.map((_, i) => before.sequence + 1 + i),
    );
    assert.equal(after.sequence, before.sequence + events.length);
  });
});

test("an alarm ends only by a reset, or with the test that made it", () => {
  check(({ before, input, after, events }) => {
    if (before.level !== "alarm" || after.incident?.id === before.incident?.id) return;
    const isReset = input.kind === "act" && input.act === "reset";
    const testEnded = events.some((event) => event.type === "test-ended");
    assert.ok(isReset || (testEnded && before.incident?.id.startsWith("test-")));
  });
});

test("it sounds only in an alarm, and an alarm that nobody silenced sounds", () => {
  check(({ after }) => {
    if (after.level !== "alarm") assert.equal(after.sounding, false);
    else assert.equal(after.sounding, after.incident?.silenced === null);
  });
});

test("an incident stands exactly while the level is not normal", () => {
  check(({ after }) => {
    assert.equal(after.incident === null, after.level === "normal");
    if (after.level === "alarm") assert.notEqual(after.incident?.firstAlarmAtMicros, null);
  });
});

test("the first reasons of an alarm stay first", () => {
  check(({ before, after }) => {
    const one: Incident | null = before.incident;
    const other = after.incident;
    if (one === null || other === null || one.id !== other.id || one.firstAlarmAtMicros === null) return;
    assert.deepEqual(other.firstReasons, one.firstReasons);
    assert.equal(other.firstAlarmAtMicros, one.firstAlarmAtMicros);
  });
});

test("every change of level, fault and condition is told", () => {
  check(({ before, input, after, events }) => {
    const told = (type: AlarmEvent["type"]): boolean => events.some((event) => event.type === type);
    if (before.level !== after.level) assert.ok(told("level"));
    if (after.incident !== null && after.incident.alarms !== (before.incident?.alarms ?? 0))
      assert.ok(told("level"));
    if (before.troubles.length !== after.troubles.length) assert.ok(told("trouble"));
    if (before.supervisory.length !== after.supervisory.length) assert.ok(told("supervisory"));
    if (before.gasHazard.length !== after.gasHazard.length) assert.ok(told("gas-hazard"));
    if ((before.disabled === null) !== (after.disabled === null))
      assert.ok(told("disabled") || told("enabled"));
    if ((before.test === null) !== (after.test === null))
      assert.ok(told("test-started") || told("test-ended"));
    if (input.kind === "act") assert.equal(events.filter((event) => "by" in event).length >= 1, true);
  });
});

test("a disabled device raises no level", () => {
  check(({ after, events }) => {
    if (after.disabled === null || events.some((event) => event.type === "disabled")) return;
    assert.ok(!events.some((event) => event.type === "level" && event.level !== "normal"));
  });
});

test("severe heat is an alarm at once, unless the device is disabled", () => {
  check(({ input, after }) => {
    if (input.kind !== "evidence" || !input.evidence.severeHeat || after.disabled !== null) return;
    assert.equal(after.level, "alarm");
  });
});

test("CO2 alone never makes an alarm", () => {
  const gas = evidence.map((fields): Timed => {
    const only = { ...fields, alarm: [], thermalPresent: false, severeHeat: false };
    return {
      stepSeconds: 1,
      input: (atMicros) => ({ kind: "evidence", evidence: { ...only, atMicros } }),
    };
  });
  fc.assert(
    fc.property(fc.array(gas, { maxLength: 60 }), (inputs) => {
      for (const { after } of run(inputs)) assert.notEqual(after.level, "alarm");
    }),
    { numRuns: 50 },
  );
});

test("the same inputs give the same states and events, byte for byte, and inputs are left as they were", () => {
  fc.assert(
    fc.property(fc.array(timed, { maxLength: 40 }), (inputs) => {
      const frozen = run(inputs).map((step) => JSON.stringify(step));
      assert.deepEqual(
        run(inputs).map((step) => JSON.stringify(step)),
        frozen,
      );
    }),
    { numRuns: 50 },
  );
});
