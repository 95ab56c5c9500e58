import assert from "node:assert/strict";
import { test } from "node:test";
import type { AlarmNotice } from "#core/alarm/alarm-notice.ts";
import { rectangleOutline } from "#core/regions/outline.ts";
import { fixtureReason } from "#support/fixture-room.ts";
import type { LoggedEvent } from "./event-log.ts";
import { keptBackLines } from "./kept-back.ts";

const minute = 60_000_000;
const nowMicros = 1_750_000_000_000_000;
const bench = {
  name: "bench",
  outline: rectangleOutline({ left: 120, top: 80, width: 20, height: 20 }),
  by: "Anna",
  reason: "Welding",
  atMicros: nowMicros - 30 * minute,
  expiresAtMicros: nowMicros + 30 * minute,
};

function told(minutesAgo: number, change: Partial<AlarmNotice> = {}, device = "kitchen"): LoggedEvent {
  const atMicros = nowMicros - minutesAgo * minute;
  const notice = {
    type: "would-have-alarmed",
    atMicros,
    level: "alarm",
    reasons: [fixtureReason],
    regions: ["bench", "oven"],
    ...change,
  } as AlarmNotice;
  return {
    device,
    v: 1,
    id: `${device} ${minutesAgo}`,
    event: { type: "notice", atMicros, notice },
  };
}

test("tells what was kept back at this place since it began, and of nothing else", () => {
  const reasons = [{ ...fixtureReason, location: { x: 3, y: 3 } }];
  const events = [
    told(5),
    told(6, { reasons }),
    told(7, { regions: ["oven"] }),
    told(8, {}, "hall"),
    told(40),
  ];
  const lines = keptBackLines("kitchen", bench, { events, before: "more", nowMicros });
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? "", /^Kept back at .*: it would have been FIRE\. A region of 14 pixels/);
});

test("says that nothing was kept back only where all events since then are known", () => {
  const events = [told(7, { regions: ["oven"] })];
  assert.deepEqual(keptBackLines("kitchen", bench, { events, before: "nothing", nowMicros }), [
    "It has kept nothing back so far.",
  ]);
  const [line] = keptBackLines("kitchen", bench, { events, before: "more", nowMicros });
  assert.match(line ?? "", /stands among the older events/);
});
