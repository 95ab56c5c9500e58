import assert from "node:assert/strict";
import { test } from "node:test";
import { DetectorBench, type Disc, tinyPictures } from "#support/detector-bench.ts";
import { waiting, zoneBrief } from "#support/zone-inputs.ts";
import { zoneOutputs } from "../zone/zone-conditions.ts";
import type { ZoneState } from "../zone/zone-state.ts";

/** Grows and heats up to 130 °C from second 16 on: FIRE without severe heat. */
function fire(second: number): Disc {
  const since = Math.max(0, Math.min(16, second - 16));
  return since === 0 ? null : { celsius: Math.min(130, 21 + 40 * since), radiusPixels: 1 + 0.5 * since };
}

function benchWithZone(state: ZoneState | null = null): DetectorBench {
  const zone = { policy: waiting("investigation"), state };
  return new DetectorBench({ pictureSize: tinyPictures, zone });
}

test("a device that is alone sounds at once, and its panel output waits for the investigation", () => {
  const bench = benchWithZone();
  bench.run({ seconds: 29, disc: fire });
  assert.equal(bench.detector.state.sounding, true);
  const held = bench.detector.zoneState!;
  assert.deepEqual([held.level, zoneOutputs(held).panel], ["holding", "off"]);
  bench.act("acknowledge");
  bench.run({ seconds: 30, disc: fire });
  assert.equal(bench.detector.zoneState!.level, "holding");
  bench.detector.pressCallPoint(bench.nowMicros, "stairs");
  assert.equal(zoneOutputs(bench.detector.zoneState!).panel, "on");
  bench.act("reset");
  assert.deepEqual(
    [
      bench.detector.state.level,
      bench.detector.zoneState!.level,
      zoneOutputs(bench.detector.zoneState!).panel,
    ],
    ["normal", "normal", "off"],
  );
  const story = bench.zoneSteps.flatMap(({ events }) => events.map(zoneBrief));
  assert.ok(story.includes("hold acknowledgement 15") && story.includes("fire because call-point"));
});

test("the zone's wait goes on over a restart of the device", () => {
  const before = benchWithZone();
  before.run({ seconds: 29, disc: fire });
  const zone = JSON.parse(JSON.stringify(before.detector.zoneState)) as ZoneState;
  const after = new DetectorBench({
    pictureSize: tinyPictures,
    startSecond: 60,
    state: before.detector.state,
    background: before.detector.backgroundSnapshot(),
    zone: { policy: waiting("investigation"), state: zone },
  });
  after.run({ seconds: 2 });
  assert.equal(after.detector.zoneState!.level, "fire");
});
