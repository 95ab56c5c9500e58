import assert from "node:assert/strict";
import { test } from "node:test";
import { initialAlarmState } from "#core/alarm/alarm-machine.ts";
import { burningState, fixtureReason, fixtureView } from "#support/fixture-room.ts";
import type { DeviceView } from "#wire/hub-api.ts";
import type { RoomSituation } from "./room-knowledge.ts";
import { siteSummary } from "./site-summary.ts";

const quiet = initialAlarmState();
const condition = { by: "Anna", reason: "Welding", atMicros: 0, expiresAtMicros: 1 };

function room(name: string, change: Partial<DeviceView> = {}): RoomSituation {
  return { view: fixtureView(name.toLowerCase(), { name, ...change }), link: "up", unheard: false };
}

test("a site is quiet only when every room reports", () => {
  const summary = siteSummary([room("Hall"), room("Kitchen")], "up");
  assert.equal(summary.tone, "quiet");
  assert.deepEqual(summary.reasons, ["Both rooms report, and nothing burns in any of them."]);
});

test("a site without rooms is unknown, never quiet", () => {
  for (const link of ["connecting", "up", "down"] as const)
    assert.equal(siteSummary([], link).tone, "unknown");
});

const worse: readonly [string, RoomSituation][] = [
  ["fire", room("A", { state: burningState(7) })],
  ["gas-hazard", room("B", { state: { ...quiet, gasHazard: [fixtureReason] } })],
  ["prealarm", room("C", { state: { ...burningState(0), level: "prealarm" } })],
  ["unknown", room("D", { state: null })],
  ["supervisory", room("E", { state: { ...quiet, supervisory: [fixtureReason] } })],
  [
    "trouble",
    room("F", { state: { ...quiet, troubles: [{ code: "air-silent", text: "Silent.", sinceMicros: 3 }] } }),
  ],
  ["disabled", room("G", { state: { ...quiet, disabled: condition } })],
  ["test", room("H", { state: { ...quiet, test: condition } })],
  ["quiet", room("I")],
];

for (const [index, [tone]] of worse.entries())
  test(`the banner says ${tone} when nothing worse is there`, () => {
    const rooms = worse.slice(index).map(([, situation]) => situation);
    assert.equal(siteSummary(rooms.toReversed(), "up").tone, tone);
  });

test("of two fires the one that began first stands in front", () => {
  const rooms = [room("Late", { state: burningState(9) }), room("Early", { state: burningState(2) })];
  const summary = siteSummary(rooms, "up");
  assert.equal(summary.headline, "FIRE: Early, Late");
  assert.equal(summary.sinceMicros, 2);
});

test("a fire stays a fire when the connection is lost", () => {
  const burning = { ...room("Hall", { state: burningState(0) }), link: "down" } as const;
  const summary = siteSummary([burning], "down");
  assert.equal(summary.tone, "fire");
  assert.ok(summary.reasons.some((reason) => reason.includes("last heard")));
});

test("a fire during a test says so", () => {
  const summary = siteSummary([room("Hall", { state: { ...burningState(0), test: condition } })], "up");
  assert.equal(summary.headline, "FIRE (test): Hall");
});

test("the end of a recording is told as what it is", () => {
  assert.equal(siteSummary([room("Clip", { ended: true })], "up").headline, "Recording over: Clip");
});
