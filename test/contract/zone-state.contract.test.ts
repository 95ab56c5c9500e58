import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isInAlarm } from "#core/zone/zone-causes.ts";
import { zoneOutputs } from "#core/zone/zone-conditions.ts";
import type { ZoneEvent } from "#core/zone/zone-event.ts";
import type { ZoneInput } from "#core/zone/zone-input.ts";
import { initialZoneState, stepZone } from "#core/zone/zone-machine.ts";
import { delaySeconds, type ZonePolicy } from "#core/zone/zone-policy.ts";
import type { ZoneState } from "#core/zone/zone-state.ts";
import { reason } from "#support/alarm-inputs.ts";
import { always, waiting } from "#support/zone-inputs.ts";
import { zoneEventSchema, zoneStateSchema } from "#wire/zone-schemas.ts";

const start = 1_700_000_000_000_000;
const devices = ["a", "b", "c"] as const;

/** Mostly a second further, sometimes a jump to and fro. */
const stepSeconds = fc.oneof(
  { weight: 8, arbitrary: fc.constant(1) },
  { weight: 2, arbitrary: fc.integer({ min: -3, max: 20 }) },
  { weight: 1, arbitrary: fc.integer({ min: -10_000, max: 200 }) },
);

const standing = fc.oneof(
  { weight: 5, arbitrary: fc.constant("working" as const) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("trouble" as const, "lost", "disabled", "test", "calibrating"),
  },
);
const report = fc
  .record({
    deviceId: fc.constantFrom(...devices),
    standing,
    level: fc.constantFrom("normal" as const, "prealarm", "alarm"),
    kind: fc.oneof({ weight: 6, arbitrary: fc.constant("real" as const) }, fc.constant("test" as const)),
    alarm: fc.integer({ min: 1, max: 3 }),
    evidence: fc.constantFrom("present" as const, "gone"),
    code: fc.constantFrom(
      "region-growth" as const,
      "region-growth",
      "fixed-temperature",
      "co2-rise",
      "severe-heat",
    ),
    gasHazard: fc.boolean(),
    troubles: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ alarm, code, ...fields }) => ({
    ...fields,
    supervisory: fields.gasHazard,
    alarmId: fields.level === "alarm" ? `incident-${alarm}` : null,
    reasons: fields.level === "normal" ? [] : [reason(code)],
  }));
const body = fc.oneof(
  { weight: 6, arbitrary: report.map((one) => ({ kind: "report" as const, report: one })) },
  { weight: 4, arbitrary: fc.constant({ kind: "tick" as const }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...devices).map((deviceId) => ({ kind: "silent" as const, deviceId })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("stairs", "door")
      .map((id) => ({ kind: "call-point" as const, callPointId: id })),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("act" as const),
      act: fc.constantFrom(
        "acknowledge" as const,
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
      minutes: fc.option(fc.double({ min: -5, max: 3 })),
    }),
  },
);
const timed = fc.tuple(stepSeconds, body);

const policies: readonly ZonePolicy[] = [
  waiting("none"),
  waiting("verification"),
  waiting("coincidence"),
  waiting("coincidence", { secondDetector: "alarm", coincidenceSeconds: 20 }),
  waiting("investigation"),
  waiting("investigation", { staffed: [], unstaffedDelay: "verification" }),
];

interface Step {
  readonly policy: ZonePolicy;
  readonly before: ZoneState;
  readonly input: ZoneInput;
  readonly after: ZoneState;
  readonly events: readonly ZoneEvent[];
}

function run(inputs: readonly (readonly [number, object])[], policy: ZonePolicy): Step[] {
  let state = initialZoneState(devices);
  let now = start;
  return inputs.map(([seconds, fields]) => {
    now += seconds * 1_000_000;
    const input = { ...fields, atMicros: now } as ZoneInput;
    const before = state;
    const { state: after, events } = stepZone(before, input, policy);
    state = after;
    return { policy, before, input, after, events };
  });
}

function check(invariant: (step: Step) => void): void {
  fc.assert(
    fc.property(fc.array(timed, { maxLength: 60 }), fc.constantFrom(...policies), (inputs, policy) => {
      for (const step of run(inputs, policy)) invariant(step);
    }),
    { numRuns: 60 },
  );
}

function overTheWire(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

test("the wire parses every state and every event a zone makes, and they survive JSON", () => {
  check(({ after, events }) => {
    const state = overTheWire(after);
    assert.deepEqual(zoneStateSchema.parse(state), state);
    for (const event of events.map(overTheWire)) assert.deepEqual(zoneEventSchema.parse(event), event);
  });
});

test("events are numbered without gaps", () => {
  check(({ before, after, events }) => {
    assert.deepEqual(
      events.map((event) => event.sequence),
      events.map((_, k) => before.sequence + 1 + k),
    );
    assert.equal(after.sequence, before.sequence + events.length);
  });
});

test("no outputs wait longer than the policy says, whatever happens", () => {
  check(({ policy, after }) => {
    const { incident, elapsedMicros, disabled } = after;
    if (incident?.stage !== "holding" || disabled !== null) return;
    const longest = Math.max(
      delaySeconds(policy, policy.staffedDelay),
      delaySeconds(policy, policy.unstaffedDelay),
    );
    const hold = incident.hold;
    assert.ok(hold !== null && elapsedMicros < hold.untilMicros, "a wait that is over is FIRE");
    assert.ok(hold.untilMicros - incident.sinceMicros <= longest * 1_000_000);
  });
});

test("every alarm of a detector is an incident of its zone at once, unless visibly disabled or just answered", () => {
  check(({ after }) => {
    const stands = after.detectors.some((detector) => isInAlarm(detector, after));
    if (stands && after.disabled === null) assert.notEqual(after.incident, null);
  });
});

test("severe heat and call points are FIRE at once, unless visibly disabled", () => {
  check(({ after }) => {
    const { incident, disabled } = after;
    if (incident === null) return;
    const isUrgent = incident.causes.some(
      ({ source, reasons }) => source === "call-point" || reasons.some(({ code }) => code === "severe-heat"),
    );
    if (isUrgent && (disabled === null || incident.causes.some(({ source }) => source === "call-point")))
      assert.equal(incident.stage, "fire");
  });
});

test("a partner that does not work never lets a coincidence wait", () => {
  check(({ after }) => {
    const { incident, detectors, disabled } = after;
    if (incident?.hold?.kind !== "coincidence" || disabled !== null) return;
    const partners = detectors.filter(
      ({ deviceId, standing: stands }) =>
        stands === "working" && !incident.causes.some(({ id }) => id === deviceId),
    );
    assert.ok(partners.length > 0);
  });
});

test("an incident ends only by a reset, or with the test that made it", () => {
  check(({ before, input, after, events }) => {
    if (before.incident === null || after.incident?.id === before.incident.id) return;
    const isReset = input.kind === "act" && input.act === "reset";
    const testEnded = events.some(({ type }) => type === "test-ended");
    assert.ok(isReset || (testEnded && before.incident.kind === "test"));
  });
});

test("FIRE stays FIRE, its first alarm stays first, and its list has an end", () => {
  check(({ before, after }) => {
    const one = before.incident;
    const other = after.incident;
    if (one === null || other === null || one.id !== other.id) return;
    assert.deepEqual(other.causes[0], one.causes[0]);
    assert.ok(other.causes.length <= devices.length + 2);
    if (one.stage === "fire" && before.level === "fire") assert.equal(other.stage, "fire");
  });
});

test("it sounds only in FIRE, and FIRE that nobody silenced sounds", () => {
  check(({ after }) => {
    const { incident, sounding } = after;
    assert.equal(sounding, incident?.stage === "fire" && incident.silenced === null);
    if (incident?.kind === "test") assert.deepEqual(zoneOutputs(after), { panel: "off", evacuation: "off" });
  });
});

test("every act and every change of level is told", () => {
  check(({ before, input, after, events }) => {
    if (before.level !== after.level) assert.ok(events.some(({ type }) => type === "zone-level"));
    if (input.kind === "act") assert.ok(events.some((event) => "by" in event));
  });
});

test("the same inputs give the same states and events, and inputs are left as they were", () => {
  fc.assert(
    fc.property(fc.array(timed, { maxLength: 40 }), fc.constantFrom(...policies), (inputs, policy) => {
      const once = run(inputs, policy).map((step) => JSON.stringify(step));
      assert.deepEqual(
        run(inputs, policy).map((step) => JSON.stringify(step)),
        once,
      );
    }),
    { numRuns: 20 },
  );
});

test("who is asked for an hour answers for the same alarm no later than a step a second says", () => {
  fc.assert(
    fc.property(fc.constantFrom(...policies), fc.integer({ min: 1, max: 700 }), (policy, seconds) => {
      const alarm = {
        kind: "report",
        report: {
          deviceId: "a",
          standing: "working",
          level: "alarm",
          kind: "real",
          alarmId: "1",
          evidence: "present",
          reasons: [reason("region-growth")],
          supervisory: false,
          gasHazard: false,
          troubles: 0,
        },
      };
      const each = Array.from({ length: seconds }, () => [1, { kind: "tick" }] as const);
      const fine = run([[1, alarm], ...each], { ...policy, staffed: always }).at(-1)!.after;
      const coarse = run(
        [
          [1, alarm],
          [seconds, { kind: "tick" }],
        ],
        { ...policy, staffed: always },
      ).at(-1)!.after;
      assert.equal(coarse.level, fine.level);
    }),
    { numRuns: 20 },
  );
});
