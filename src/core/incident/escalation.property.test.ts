import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { incidentNow, testPolicy } from "#support/escalation-run.ts";
import { microsPerSecond } from "../time.ts";
import { type EscalationStep, stepEscalation } from "./escalation.ts";
import type { EscalationInput, IncidentInput, NotifyEffect } from "./escalation-input.ts";
import { type EscalationState, initialEscalationState } from "./escalation-state.ts";

/** What happens next to the incident "7", to a channel, to the clock or to the machine. */
type Happening =
  | { readonly what: "alarm" | "prealarm" | "acknowledge" | "over" | "crash" }
  | { readonly what: "pass" | "clock set"; readonly seconds: number }
  | { readonly what: "receipt"; readonly nth: number; readonly outcome: "sent" | "delivered" | "failed" }
  | { readonly what: "snooze"; readonly minutes: number }
  | { readonly what: "trouble"; readonly active: boolean };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ what: fc.constantFrom("alarm", "prealarm", "acknowledge", "over", "crash") }),
  fc.record({ what: fc.constant("pass" as const), seconds: fc.integer({ min: 0, max: 2_000 }) }),
  fc.record({ what: fc.constant("clock set" as const), seconds: fc.integer({ min: -90_000, max: 90_000 }) }),
  fc.record({
    what: fc.constant("receipt" as const),
    nth: fc.nat({ max: 5 }),
    outcome: fc.constantFrom("sent", "delivered", "failed", "failed"),
  }),
  fc.record({ what: fc.constant("snooze" as const), minutes: fc.integer({ min: 0, max: 300 }) }),
  fc.record({ what: fc.constant("trouble" as const), active: fc.boolean() }),
);

/** The world around the escalation: what stands, and every notification that was ever given. */
class World {
  state: EscalationState = initialEscalationState();
  nowMicros = 1_750_000_000_000_000;
  incident: IncidentInput | null = null;
  readonly given: NotifyEffect[] = [];
  newest: readonly NotifyEffect[] = [];
  step: EscalationStep | null = null;

  take(input: EscalationInput): void {
    const step = stepEscalation(this.state, input, this.nowMicros, testPolicy());
    this.state = step.state;
    this.step = step;
    this.newest = step.effects.filter((effect) => effect.type === "notify");
    this.given.push(...this.newest);
  }

  happen(next: Happening): void {
    switch (next.what) {
      case "alarm":
      case "prealarm": {
        const severity = this.incident?.severity === "alarm" ? "alarm" : next.what;
        const before = this.incident?.alarms ?? 0;
        const isNew = next.what === "alarm" || this.incident?.standing !== "acknowledged";
        const standing = isNew ? "unanswered" : "acknowledged";
        const alarms = before + (next.what === "alarm" ? 1 : 0);
        this.tell(incidentNow({ severity, alarms, standing }));
        return;
      }
      case "acknowledge":
      case "over":
        if (this.incident === null || this.incident.standing === "over") return;
        this.tell({ ...this.incident, standing: next.what === "over" ? "over" : "acknowledged" });
        return;
      case "crash":
        this.state = JSON.parse(JSON.stringify(this.state)) as EscalationState;
        this.take({ kind: "restart" });
        return;
      case "pass":
      case "clock set":
        this.nowMicros += next.seconds * microsPerSecond;
        this.take({ kind: "clock" });
        return;
      case "receipt": {
        const effect = this.given.at(-1 - next.nth);
        if (effect !== undefined)
          this.take({ kind: "receipt", id: effect.id, outcome: next.outcome, text: "" });
        return;
      }
      case "snooze":
        this.take({ kind: "snooze", device: "kitchen", by: "Ada", minutes: next.minutes });
        return;
      case "trouble":
        this.take({ kind: "trouble", source: "kitchen", code: "air-silent", active: next.active });
    }
  }

  tell(incident: IncidentInput): void {
    this.incident = incident;
    this.take(incident);
  }
}

function everywhere(check: (world: World, next: Happening, before: IncidentInput | null) => void): void {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
      const world = new World();
      for (const next of happenings) {
        const before = world.incident;
        world.newest = [];
        world.happen(next);
        check(world, next, before);
      }
    }),
    { numRuns: 1_000, seed: 7 },
  );
}

test("an alarm that nobody has acknowledged always has a next step, whatever fails and crashes", () => {
  everywhere(({ incident, step }) => {
    if (incident?.severity !== "alarm" || incident.standing !== "unanswered") return;
    assert.notEqual(step?.nextDeadlineMicros, null);
  });
});

test("time alone brings an unacknowledged alarm to people again, whatever happened before", () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
      const world = new World();
      for (const next of happenings) world.happen(next);
      world.happen({ what: "alarm" });
      world.happen({ what: "crash" });
      for (let n = 0; n < 3; n += 1) {
        const before = world.given.length;
        world.happen({ what: "pass", seconds: 720 });
        assert.ok(world.given.slice(before).some(({ kind, subject }) => kind === "alarm" && subject === "7"));
      }
    }),
    { numRuns: 500, seed: 8 },
  );
});

test("an alarm is told at once, whatever is snoozed and however lately one was told", () => {
  everywhere(({ newest }, { what }) => {
    if (what !== "alarm") return;
    assert.ok(newest.some(({ kind, subject }) => kind === "alarm" && subject === "7"));
  });
});

test("no two notifications have one id", () => {
  everywhere(({ given, newest }) => {
    for (const effect of newest)
      for (const other of given) if (other.id === effect.id) assert.deepEqual(other, effect);
  });
});

test("after an acknowledgement nothing is told of an incident but that", () => {
  everywhere(({ incident, newest }, _next, before) => {
    if (incident === null || incident.standing === "unanswered") return;
    const isAnswered = incident.standing === "acknowledged" || before?.standing === "acknowledged";
    const told = newest.filter(({ subject }) => subject === "7").map(({ kind }) => kind);
    assert.deepEqual(
      told.filter((kind) => kind !== "acknowledged" && (isAnswered || kind !== "over")),
      [],
    );
  });
});

test("what the escalation remembers does not grow", () => {
  everywhere(({ state }) => {
    assert.ok(state.subjects.length <= 2 && state.snoozes.length <= 1 && state.channels.length <= 2);
    assert.ok(state.deliveries.length <= 140, String(state.deliveries.length));
  });
});
