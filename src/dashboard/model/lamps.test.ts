import assert from "node:assert/strict";
import { test } from "node:test";
import { initialAlarmState } from "#core/alarm/alarm-machine.ts";
import { burningState, fixtureReason, fixtureView } from "#support/fixture-room.ts";
import { type Lamp, lampNames, lampsOf } from "./lamps.ts";
import type { RoomSituation } from "./room-knowledge.ts";

const condition = { by: "Anna", reason: "Welding", atMicros: 0, expiresAtMicros: 1 };

function room(
  change: Parameters<typeof fixtureView>[1] = {},
  about: Partial<RoomSituation> = {},
): RoomSituation {
  return { view: fixtureView("room", change), link: "up", unheard: false, ...about };
}

function statuses(situation: RoomSituation): Record<string, Lamp["status"]> {
  return Object.fromEntries(lampsOf(situation).map((lamp) => [lamp.name, lamp.status]));
}

test("a quiet room has all lamps off, and none for gas", () => {
  assert.deepEqual(statuses(room()), {
    fire: "off",
    prealarm: "off",
    supervisory: "off",
    trouble: "off",
    disabled: "off",
    test: "off",
  });
});

test("every lamp can be on, each by its own condition", () => {
  const quiet = initialAlarmState();
  const states = {
    fire: burningState(0),
    prealarm: { ...burningState(0), level: "prealarm" },
    "gas-hazard": { ...quiet, gasHazard: [fixtureReason] },
    supervisory: { ...quiet, supervisory: [fixtureReason] },
    trouble: { ...quiet, troubles: [{ code: "air-silent", text: "Silent.", sinceMicros: 0 }] },
    disabled: { ...quiet, disabled: condition },
    test: { ...quiet, test: condition },
  } as const;
  for (const name of lampNames) {
    const on = lampsOf(room({ state: states[name] })).filter((lamp) => lamp.status === "on");
    assert.deepEqual(
      on.map((lamp) => lamp.name),
      [name],
    );
  }
});

const unknownRooms: readonly [string, RoomSituation][] = [
  ["the hub is out of reach", room({}, { link: "down" })],
  ["the page is still connecting", room({}, { link: "connecting" })],
  ["the hub finds the device silent", room({ silentSinceMicros: 5 })],
  ["the device is offline", room({ online: false })],
  ["the device has not said its state", room({ state: null })],
  ["nothing new has come for long", room({}, { unheard: true })],
  ["the recording is over", room({ ended: true })],
];

for (const [name, situation] of unknownRooms)
  test(`no lamp claims to be off when ${name}`, () => {
    assert.ok(!Object.values(statuses(situation)).includes("off"));
    assert.equal(statuses(situation)["fire"], "unknown");
  });

test("a fire stays on when the connection is lost, and says that this is what was last heard", () => {
  const [fire] = lampsOf(room({ state: burningState(0) }, { link: "down" }));
  assert.equal(fire?.status, "on");
  assert.equal(fire?.lastKnown, true);
});

test("silence of a device lights TROUBLE", () => {
  assert.equal(statuses(room({ silentSinceMicros: 5 }))["trouble"], "on");
});

test("FIRE is urgent until somebody has acknowledged", () => {
  const burning = burningState(0);
  const acknowledged = { ...burning.incident!, acknowledged: { by: "Anna", atMicros: 1, reason: "" } };
  assert.equal(lampsOf(room({ state: burning }))[0]?.urgent, true);
  assert.equal(lampsOf(room({ state: { ...burning, incident: acknowledged } }))[0]?.urgent, false);
});
