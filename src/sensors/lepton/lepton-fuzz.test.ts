import assert from "node:assert/strict";
import { test } from "node:test";
import { fuzzCci } from "#support/cci-fuzz.ts";
import { fuzzVospi } from "#support/vospi-fuzz.ts";

test("of 20,000 disturbed packets none gets a wrong pixel into a picture, and pictures still come", () => {
  const { frames, syncLosses, counters } = fuzzVospi({ seed: 1, mutations: 20_000 });
  assert.ok(frames > 100, `${frames} pictures`);
  assert.ok(counters.crcErrors > 1_000 && counters.misplacedPackets > 100 && counters.repeatedPackets > 100);
  assert.ok(counters.lostFrames > 100 && counters.resyncs > 10);
  assert.ok(syncLosses < frames);
});

test("20,000 disturbed replies of the control interface end in a set-up camera or a failure with a name", async () => {
  const { disturbed, configured, failures } = await fuzzCci({ seed: 1, disturbed: 20_000 });
  assert.ok(disturbed >= 20_000);
  assert.ok(configured > 10, `${configured} set up`);
  assert.ok(Object.keys(failures).length > 5, JSON.stringify(failures));
});
