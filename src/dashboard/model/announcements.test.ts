import assert from "node:assert/strict";
import { test } from "node:test";
import { initialAlarmState } from "#core/alarm/alarm-machine.ts";
import { burningState, fixtureView } from "#support/fixture-room.ts";
import type { DeviceView } from "#wire/hub-api.ts";
import { announcementsOf } from "./announcements.ts";
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
