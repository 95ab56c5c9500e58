import assert from "node:assert/strict";
import { test } from "node:test";
import { initialAlarmState } from "#core/alarm/alarm-machine.ts";
import { rectangleOutline } from "#core/regions/outline.ts";
import { burningState, fixtureReason, fixtureView } from "#support/fixture-room.ts";
import type { DeviceView } from "#wire/hub-api.ts";
import type { RoomSituation } from "./room-knowledge.ts";
import { siteSummary } from "./site-summary.ts";

const quiet = initialAlarmState();
const condition = { by: "Anna", reason: "Welding", atMicros: 0, expiresAtMicros: 1 };

function room(name: string, change: Partial<DeviceView> = {}): RoomSituation {
  return {
    view: fixtureView(name.toLowerCase(), { name, source: "camera", ...change }),
    link: "up",
    unheard: false,
  };
}

test("a site is quiet only when every room reports", () => {
  const summary = siteSummary([room("Hall"), room("Kitchen")], "up");
  assert.equal(summary.tone, "quiet");
  assert.deepEqual(summary.reasons, ["Both rooms report, and nothing is found in any of them."]);
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

const testIncident = { ...burningState(0).incident!, id: "test-incident-1-1" };

test("a fire that a test made says so", () => {
  const state = { ...burningState(0), test: condition, incident: testIncident };
  const summary = siteSummary([room("Hall", { state })], "up");
  assert.equal(summary.headline, "FIRE (test): Hall");
  assert.match(summary.whatToDo, /^A test is on: nobody is called\./);
});

test("a fire that burned before a test began stays a real one", () => {
  const burning = room("Hall", { state: { ...burningState(0), test: condition } });
  const summary = siteSummary([burning], "up");
  assert.equal(summary.headline, "FIRE: Hall");
  assert.match(summary.whatToDo, /^Get everybody out/);
  const tested = room("Lab", { state: { ...burningState(1), test: condition, incident: testIncident } });
  assert.equal(siteSummary([burning, tested], "up").headline, "FIRE: Hall, Lab");
});

test("an alarm in a recording or a simulation is told as one", () => {
  const advice = (...sources: readonly DeviceView["source"][]) =>
    siteSummary(
      sources.map((source, index) => room(`R${index}`, { source, state: burningState(0) })),
      "up",
    ).whatToDo;
  assert.match(advice("replay"), /^This is a recording\. In a real room: Get everybody out/);
  assert.match(advice("emulated"), /^This is a simulation\. In a real room: Get everybody out/);
  assert.match(advice("emulated", "replay"), /^These are recordings and simulations\. In a real room: /);
  assert.match(advice("emulated", "camera"), /^Get everybody out/);
});

test("a room without a camera is not said to be free of fire", () => {
  const air = room("Cellar", { newestFrameAgeSeconds: null });
  const alone = siteSummary([air], "up");
  assert.equal(alone.headline, "Nothing found in the air");
  assert.deepEqual(alone.reasons, [
    "The room reports, and nothing is found in it.",
    "Air only, not watched by heat: Cellar.",
  ]);
  const both = siteSummary([room("Hall"), air], "up");
  assert.equal(both.headline, "All quiet");
  assert.equal(both.reasons[1], "Air only, not watched by heat: Cellar.");
});

test("a disabled room is named as one, whatever else stands in it or elsewhere", () => {
  const state = { ...quiet, supervisory: [fixtureReason], disabled: condition };
  const summary = siteSummary([room("Hall", { state })], "up");
  assert.equal(summary.headline, "Bad air: Hall (disabled)");
  const badAir = room("Hall", { state: { ...quiet, supervisory: [fixtureReason] } });
  const disabled = room("Lab", { state: { ...quiet, disabled: condition } });
  assert.equal(siteSummary([badAir, disabled], "up").headline, "Bad air: Hall. Disabled: Lab");
});

test("the end of a recording is told as what it is", () => {
  assert.equal(siteSummary([room("Clip", { ended: true })], "up").headline, "Recording over: Clip");
});

test("a room of which a part is disabled is not said to raise no alarm at all", () => {
  const outline = rectangleOutline({ left: 0, top: 0, width: 8, height: 8 });
  const state = { ...quiet, disabledRegions: [{ ...condition, name: "bench", outline }] };
  const summary = siteSummary([room("Hall", { state })], "up");
  assert.equal(summary.headline, "Disabled: Hall (a part of the picture)");
  assert.match(summary.whatToDo, /^What lies wholly in that part/);
  const whole = siteSummary([room("Hall", { state: { ...state, disabled: condition } })], "up");
  assert.match(whole.whatToDo, /^This room raises no alarm now/);
});
