import assert from "node:assert/strict";
import { test } from "node:test";
import { callsPeople } from "./alarm-event-types.ts";

test("levels, gas hazard and sounders that sound again call people; troubles and acts do not", () => {
  const base = { sequence: 1, atMicros: 0 };
  assert.ok(callsPeople({ ...base, type: "gas-hazard", active: true, reasons: [] }));
  assert.ok(callsPeople({ ...base, type: "resounded", incidentId: "incident-1" }));
  assert.ok(
    callsPeople({ ...base, type: "level", level: "alarm", incidentId: null, reasons: [], test: false }),
  );
  assert.ok(!callsPeople({ ...base, type: "trouble", code: "link-down", active: true, text: "" }));
  assert.ok(!callsPeople({ ...base, type: "reset", by: "Ada", reason: "", incidentId: null }));
});
