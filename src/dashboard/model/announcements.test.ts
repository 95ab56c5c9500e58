import assert from "node:assert/strict";
import { test } from "node:test";
import { initialAlarmState } from "#core/alarm/alarm-machine.ts";
import { burningState, fixtureView } from "#support/fixture-room.ts";
import { fixtureZone } from "#support/fixture-zone.ts";
import type { DeviceView } from "#wire/hub-api.ts";
import { announcementsOf, politeZoneAnnouncement } from "./announcements.ts";
import type { RoomSituation } from "./room-knowledge.ts";
import { siteSummary } from "./site-summary.ts";

function say(...views: readonly Partial<DeviceView>[]) {
  const rooms = views.map(
    (view, index): RoomSituation => ({
      view: fixtureView(`room-${index}`, view),
      link: "up",
      unheard: false,
    }),
  );
  return announcementsOf(rooms, siteSummary(rooms, "up"));
}

const trouble = { code: "air-silent", text: "The CO2 sensor is silent.", sinceMicros: 0 } as const;

test("a fire is said at once, with its reason and what to do", () => {
  const { assertive } = say({ name: "Kitchen", state: burningState(0) });
  assert.match(assertive, /^FIRE: Kitchen\. A region of 14 pixels .* call the fire brigade/);
});

test("a trouble beside a fire is said too, when there is a pause", () => {
  const { assertive, polite } = say(
    { name: "Kitchen", state: burningState(0) },
    { name: "Hall", state: { ...initialAlarmState(), troubles: [trouble] } },
  );
  assert.match(assertive, /^FIRE: Kitchen/);
  assert.equal(polite, "Hall, TROUBLE: The CO2 sensor is silent.");
});

test("a quiet site interrupts nobody", () => {
  assert.deepEqual(say({}), { assertive: "", polite: "All quiet." });
});

test("a zone's test and disablement are said when there is a pause, with their ends, and change only with them", () => {
  const at = 1_750_000_000_000_000;
  const act = { kind: "act", atMicros: at, by: "Ada", reason: "Service", minutes: 5 } as const;
  const zone = fixtureZone(at, [
    { ...act, act: "start-test" },
    { ...act, act: "disable" },
  ]);
  const said = politeZoneAnnouncement([zone], at);
  assert.match(
    said,
    /^Zone Ground floor, DISABLED until [\d:]+ by Ada: Service\. Zone Ground floor, TEST until [\d:]+ by Ada: Service\.$/,
  );
  assert.equal(politeZoneAnnouncement([zone], at + 90_000_000), said);
  assert.equal(politeZoneAnnouncement([fixtureZone(at)], at), "");
});
