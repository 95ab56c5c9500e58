import assert from "node:assert/strict";
import { test } from "node:test";
import type { ActName } from "#core/alarm/alarm-input.ts";
import { initialAlarmState } from "#core/alarm/alarm-machine.ts";
import { burningState, fixtureView } from "#support/fixture-room.ts";
import type { DeviceView } from "#wire/hub-api.ts";
import { whyActImpossible } from "./act-availability.ts";

const quiet = initialAlarmState();
const condition = { by: "Anna", reason: "Welding", atMicros: 0, expiresAtMicros: 1 };
const burning = burningState(0);
const acts: readonly ActName[] = [
  "acknowledge",
  "silence",
  "reset",
  "disable",
  "enable",
  "start-test",
  "end-test",
];

function possible(change: Partial<DeviceView>): readonly ActName[] {
  const situation = { view: fixtureView("room", change), link: "up", unheard: false } as const;
  return acts.filter((act) => whyActImpossible(act, situation) === null);
}

test("a quiet room can be tested and disabled", () => {
  assert.deepEqual(possible({ state: quiet }), ["disable", "start-test"]);
});

test("a burning room can be acknowledged, silenced and reset", () => {
  assert.deepEqual(possible({ state: burning }), [
    "acknowledge",
    "silence",
    "reset",
    "disable",
    "start-test",
  ]);
});

test("what is done already says by whom", () => {
  const incident = { ...burning.incident!, acknowledged: { by: "Anna", atMicros: 1, reason: "" } };
  const view = fixtureView("room", { state: { ...burning, incident } });
  assert.equal(whyActImpossible("acknowledge", { view, link: "up", unheard: false }), "Done by Anna");
});

test("what is on can be ended", () => {
  assert.deepEqual(possible({ state: { ...quiet, disabled: condition, test: condition } }), [
    "enable",
    "end-test",
  ]);
});

test("nothing can be done without connection, with an offline device, or in a state nobody knows", () => {
  const view = fixtureView("room", { state: burning });
  for (const act of acts) {
    assert.equal(whyActImpossible(act, { view, link: "down", unheard: false }), "No connection to the hub");
    assert.equal(
      whyActImpossible(act, { view: { ...view, online: false }, link: "up", unheard: false }),
      "Device is offline",
    );
  }
  assert.deepEqual(possible({ state: null }), []);
});
