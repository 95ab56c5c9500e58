import assert from "node:assert/strict";
import { test } from "node:test";
import { parseLeptonTelemetry, telemetryWords } from "#core/frames/lepton-telemetry.ts";
import { zeroVospiCounters } from "#sensors/lepton/vospi-counters.ts";
import type { ProblemCode } from "./finding.ts";
import { judgeVideo, remarkOnVideo } from "./judge-video.ts";
import type { VideoObservation } from "./video-probe.ts";

/** Telemetry of a camera that is well: correction complete, TLinear on; with status bits in place of its own. */
function telemetry(
  changes: { readonly statusLow?: number; readonly statusHigh?: number; readonly tLinear?: number } = {},
) {
  const words = new Uint16Array(telemetryWords);
  words[0] = 0x0e00;
  words[3] = changes.statusLow ?? 0x0030;
  words[4] = changes.statusHigh ?? 0;
  words[160 + 48] = changes.tLinear ?? 1;
  return parseLeptonTelemetry(words);
}

const healthy: VideoObservation = {
  level: "moving",
  counters: zeroVospiCounters(),
  frames: 30,
  counted: 30,
  sameInARow: 0,
  telemetry: telemetry(),
  telemetryRevision: 0x0e00,
};

const withoutFrames = { frames: 0, counted: 0, telemetry: null, telemetryRevision: Number.NaN };

const observations: readonly (readonly [string, Partial<VideoObservation>, ProblemCode])[] = [
  ["fewer than eight in ten pictures arrive", { frames: 23 }, "lepton-pictures-lost"],
  ["the camera is too hot", { telemetry: telemetry({ statusHigh: 0x0010 }) }, "lepton-over-temperature"],
  ["the pixels are raw counts", { telemetry: telemetry({ tLinear: 0 }) }, "lepton-raw-counts"],
  ["gain control is on", { telemetry: telemetry({ statusLow: 0x1030 }) }, "lepton-raw-counts"],
  [
    "segments end where those without telemetry do",
    { ...withoutFrames, counters: { ...zeroVospiCounters(), packets: 600, segmentsWithoutTelemetry: 10 } },
    "lepton-no-telemetry",
  ],
  [
    "there is something else in the place of the telemetry",
    { ...withoutFrames, counters: { ...zeroVospiCounters(), packets: 600, framesWithoutTelemetry: 4 } },
    "lepton-no-telemetry",
  ],
];

for (const [what, changes, code] of observations) {
  test(`when ${what}, that is the finding`, () => {
    assert.equal(judgeVideo({ ...healthy, ...changes })?.code, code);
  });
}

test("pictures that arrive, change and are temperatures are no finding, nor is a single lost one", () => {
  assert.equal(judgeVideo(healthy), null);
  assert.equal(
    judgeVideo({ ...healthy, frames: 29, counters: { ...zeroVospiCounters(), crcErrors: 1 } }),
    null,
  );
});

test("a loss that is no problem yet is remarked upon", () => {
  assert.equal(judgeVideo({ ...healthy, frames: 27 }), null);
  assert.match(remarkOnVideo({ ...healthy, frames: 27 }), /3 were lost/);
  assert.equal(remarkOnVideo({ ...healthy, frames: 29 }), "");
});
