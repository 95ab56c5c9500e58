import assert from "node:assert/strict";
import { test } from "node:test";
import { initialAlarmState } from "#core/alarm/alarm-machine.ts";
import { burningState, fixtureReason, fixtureView } from "#support/fixture-room.ts";
import { situationBlocks } from "./situation-blocks.ts";

const nowMicros = 1_750_000_000_000_000;
const at = (state: ReturnType<typeof burningState> | null) => ({
  view: fixtureView("room", { state }),
  link: "up" as const,
  unheard: false,
});

test("a quiet room has nothing to explain", () => {
  assert.deepEqual(situationBlocks(at(initialAlarmState()), nowMicros), []);
});

test("a fire keeps its first reasons in front and adds later ones", () => {
  const burning = burningState(nowMicros);
  const later = { ...fixtureReason, code: "region-growth", text: "It grows." } as const;
  const incident = {
    ...burning.incident!,
    reasons: [fixtureReason, later],
    acknowledged: { by: "Anna", atMicros: nowMicros, reason: "" },
  };
  const [fire] = situationBlocks(at({ ...burning, incident }), nowMicros);
  assert.equal(fire?.title, "FIRE");
  assert.equal(fire?.lines[0], fixtureReason.text);
  assert.equal(fire?.lines[1], "Since then: It grows.");
  assert.match(fire?.lines.at(-1) ?? "", /^Acknowledged by Anna at /);
});

test("a test says who, why and how long", () => {
  const condition = {
    by: "Anna",
    reason: "Inspection",
    atMicros: nowMicros,
    expiresAtMicros: nowMicros + 90e6,
  };
  const [block] = situationBlocks(at({ ...initialAlarmState(), test: condition }), nowMicros);
  assert.equal(block?.lines[0], "By Anna: Inspection");
  assert.match(block?.lines[1] ?? "", /1 min left\.$/);
});

test("a room nobody knows about says why", () => {
  assert.deepEqual(situationBlocks(at(null), nowMicros), [
    { tone: "unknown", title: "UNKNOWN", lines: ["The device has not said its state yet."] },
  ]);
});
