import assert from "node:assert/strict";
import { test } from "node:test";
import { at, reason } from "#support/alarm-inputs.ts";
import { quietTelemetry } from "#support/detector-bench.ts";
import { type RegionFields, secondOf } from "#support/feature-seconds.ts";
import type { DisabledRegion } from "../alarm/disabled-region.ts";
import type { Evidence } from "../alarm/evidence.ts";
import { defaultDetectionPolicy } from "../detection/detection-policy.ts";
import { RuleDetector } from "../detection/rule-detector.ts";
import type { GainMode } from "../frames/frame-telemetry.ts";
import type { ThermalFrame } from "../frames/thermal-frame.ts";
import { rectangleOutline } from "./outline.ts";
import type { HotZoneRegion } from "./picture-region.ts";
import { RegionJudge } from "./region-judge.ts";

const size = { width: 160, height: 120 };
const outline = rectangleOutline({ left: 60, top: 40, width: 40, height: 40 });
const stove: HotZoneRegion = {
  kind: "hot-zone",
  name: "stove",
  outline,
  schedule: null,
  accepted: { peakCelsius: 180, areaPixels: 60, by: "Ada", atMicros: 0 },
};

function judgeOf(regions: readonly HotZoneRegion[] = [stove]): RegionJudge {
  return new RegionJudge({ ...size, mask: null, regions });
}

/** A picture of 21 °C with so many pixels of another temperature in the middle of the stove. */
function picture(celsius: number, pixels: number, effectiveGain: GainMode = "low"): ThermalFrame {
  const map = new Uint16Array(160 * 120).fill(29_415);
  for (let k = 0; k < pixels; k += 1)
    map[(45 + Math.floor(k / 20)) * 160 + 65 + (k % 20)] = 100 * (celsius + 273.15);
  const telemetry = { ...quietTelemetry, effectiveGain };
  const words = { capturedAtMicros: 0, frameCounter: 0, unit: "centikelvin", telemetry } as const;
  return { ...size, ...words, pixels: map };
}

/** The evidence after so many seconds of this heat in the stove, with what the rules say. */
function after(
  seconds: number,
  heat: { readonly celsius: number; readonly pixels: number },
  options: {
    readonly judge?: RegionJudge;
    readonly region?: RegionFields;
    readonly disabled?: readonly DisabledRegion[];
    readonly gain?: GainMode;
  } = {},
): Evidence {
  const { judge = judgeOf(), region = { r_peak: heat.celsius }, disabled = [], gain } = options;
  const { x = 80, y = 60 } = region;
  let judged: Evidence | null = null;
  for (let second = 0; second < seconds; second += 1) {
    for (let k = 0; k < 9; k += 1) judge.addFrame(picture(heat.celsius, heat.pixels, gain), null);
    const found = [reason("severe-heat", { x, y })];
    const evidence = {
      atMicros: at(second),
      thermalPresent: true,
      airPresent: true,
      alarm: found,
      prealarm: [reason("model-slow-heat", { x, y })],
      supervisory: [],
      gasHazard: [],
      severeHeat: true,
      nearness: 1,
    };
    judged = judge.judge(evidence, secondOf({ second, regions: [region] }), disabled);
  }
  return judged!;
}

test("heat within the ceilings of a hot zone is nothing to any rule, severe or not", () => {
  const evidence = after(60, { celsius: 200, pixels: 50 });
  assert.deepEqual([evidence.alarm, evidence.prealarm, evidence.severeHeat], [[], [], false]);
  assert.ok(evidence.nearness < 1);
});

test("30 K over the accepted peak is severe heat after five seconds", () => {
  assert.deepEqual(after(4, { celsius: 211, pixels: 4 }).alarm, []);
  const [found] = after(5, { celsius: 211, pixels: 4 }).alarm;
  assert.equal(found!.code, "severe-heat");
  assert.match(found!.text, /"stove".*4 pixels at 210 °C or more, and 180 °C are accepted/);
  assert.deepEqual(after(60, { celsius: 211, pixels: 3 }).alarm, []);
});

test("where the gain's picture ends below the ceiling, its end is over the ceiling, and so severe heat", () => {
  const hot = { ...stove, accepted: { ...stove.accepted, peakCelsius: 220 } };
  const [found] = after(90, { celsius: 181, pixels: 50 }, { judge: judgeOf([hot]), gain: "high" }).alarm;
  assert.match(found!.text, /50 pixels at 180 °C or more, and 220 °C are accepted/);
  assert.deepEqual(after(90, { celsius: 181, pixels: 50 }, { judge: judgeOf([hot]), gain: "low" }).alarm, []);
  const below = { celsius: 179, pixels: 50 };
  assert.deepEqual(after(90, below, { judge: judgeOf([hot]), gain: "high" }).alarm, []);
});

test("more than half over the accepted area is severe heat, too", () => {
  assert.deepEqual(after(60, { celsius: 70, pixels: 90 }).alarm, []);
  assert.match(
    after(5, { celsius: 70, pixels: 91 }).alarm[0]!.text,
    /91 pixels at 60 °C or more, and 60 are accepted/,
  );
});

test("a hot zone drawn without room is over its area when all of it is hot", () => {
  const tight = { ...stove, accepted: { ...stove.accepted, areaPixels: 1_500 } };
  const judge = judgeOf([tight]);
  const all = new Uint16Array(160 * 120).fill(100 * (70 + 273.15));
  let found: Evidence | null = null;
  for (let second = 0; second < 5; second += 1) {
    judge.addFrame({ ...picture(70, 0), pixels: all }, null);
    found = judge.judge(
      { ...after(1, { celsius: 21, pixels: 0 }), alarm: [] },
      secondOf({ second, regions: [] }),
      [],
    );
  }
  assert.equal(found!.alarm[0]!.code, "severe-heat");
});

test("bad pixels and seconds without pictures are no evidence, and a second without resets nothing", () => {
  const judge = judgeOf();
  const bad = new Uint8Array(160 * 120).fill(1);
  for (let k = 0; k < 60; k += 1) judge.addFrame(picture(300, 50), bad);
  assert.deepEqual(after(1, { celsius: 21, pixels: 0 }, { judge }).alarm, []);
  after(4, { celsius: 300, pixels: 50 }, { judge });
  const blind = judge.judge(
    { ...after(1, { celsius: 21, pixels: 0 }), alarm: [] },
    secondOf({ second: 9, regions: null }),
    [],
  );
  assert.deepEqual(blind.alarm, []);
  assert.equal(after(1, { celsius: 300, pixels: 50 }, { judge }).alarm.length, 1);
});

test("heat that reaches out of a hot zone is judged as anywhere else", () => {
  assert.equal(after(1, { celsius: 150, pixels: 20 }, { region: { x: 97, y: 60 } }).severeHeat, true);
});

test("outside of its hours a hot zone accepts nothing", () => {
  const judge = judgeOf([{ ...stove, schedule: [{ fromMinute: 0, toMinute: 1 }] }]);
  assert.equal(after(1, { celsius: 150, pixels: 20 }, { judge }).severeHeat, true);
});

const disabled: DisabledRegion = {
  name: "works",
  outline,
  by: "Ada",
  atMicros: 0,
  reason: "welding",
  expiresAtMicros: at(600),
};

test("a disabled region puts aside what lies wholly in it, and nothing else", () => {
  const judge = judgeOf([]);
  const kept = after(1, { celsius: 300, pixels: 50 }, { judge, disabled: [disabled] });
  assert.deepEqual([kept.alarm, kept.prealarm], [[], []]);
  assert.deepEqual(
    [kept.withheld!.alarm.length, kept.withheld!.prealarm.length, kept.severeHeat],
    [1, 1, false],
  );
  const outside = after(
    1,
    { celsius: 300, pixels: 50 },
    { judge, disabled: [disabled], region: { x: 57, y: 60 } },
  );
  assert.equal(outside.severeHeat, true);
});

test("a hot zone over its ceilings is kept back only by a disablement of its own name", () => {
  const options = { disabled: [{ ...disabled, name: "stove" }] };
  const kept = after(5, { celsius: 300, pixels: 50 }, options);
  assert.deepEqual([kept.alarm.length, kept.withheld!.alarm.length, kept.severeHeat], [0, 1, false]);
  const raised = after(5, { celsius: 300, pixels: 50 }, { disabled: [disabled] });
  assert.deepEqual([raised.alarm.length, raised.severeHeat], [1, true]);
});

test("a place with limits of its own is judged by them, severe heat as everywhere", () => {
  const rules = new RuleDetector(defaultDetectionPolicy);
  const thresholds = { fixedTemperature: { prealarmCelsius: 70, prealarmSeconds: 2 } };
  rules.setThresholdRegions([{ kind: "thresholds", name: "archive", outline, schedule: null, thresholds }]);
  const codes = (second: number, region: RegionFields): readonly string[] => {
    const { alarm, prealarm } = rules.evaluate(secondOf({ second, regions: [region] }));
    return [...alarm, ...prealarm].map(({ code }) => code);
  };
  const warm = { r_peak: 75, x: 80, y: 60 };
  assert.deepEqual([0, 1].map((second) => codes(second, warm)).at(-1), ["fixed-temperature"]);
  const elsewhere = { ...warm, trackId: 2, x: 10, y: 10 };
  assert.deepEqual(
    [2, 3, 4].flatMap((second) => codes(second, elsewhere)),
    [],
  );
  const hot = { ...warm, r_peak: 200, newSeverePixels: 9, trackId: 3 };
  assert.ok([5, 6, 7, 8, 9].flatMap((second) => codes(second, hot)).includes("severe-heat"));
});
