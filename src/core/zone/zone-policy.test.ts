import assert from "node:assert/strict";
import { test } from "node:test";
import { checkZonePolicy, defaultZonePolicy, delaySeconds, type ZonePolicy } from "./zone-policy.ts";

test("nothing waits before somebody decides that it may", () => {
  checkZonePolicy(defaultZonePolicy, "zone");
  assert.equal(delaySeconds(defaultZonePolicy, defaultZonePolicy.staffedDelay), 0);
  assert.equal(delaySeconds(defaultZonePolicy, defaultZonePolicy.unstaffedDelay), 0);
});

const refused: readonly Partial<ZonePolicy>[] = [
  { verificationSeconds: 11 },
  { coincidenceSeconds: 601 },
  { acknowledgeSeconds: 300, investigateSeconds: 301 },
  { investigateSeconds: -1 },
  { detectorLostSeconds: Number.NaN },
  { utcOffsetMinutes: 841 },
  { staffed: [{ fromMinute: 5, toMinute: 5 }] },
];

for (const fields of refused)
  test(`a zone policy with ${JSON.stringify(fields)} is refused by the name of its field`, () => {
    const field = Object.keys(fields).at(-1)!;
    const check = (): void => checkZonePolicy({ ...defaultZonePolicy, ...fields }, "zones.kitchen");
    assert.throws(check, new RegExp(`zones\\.kitchen\\.${field}`));
  });
