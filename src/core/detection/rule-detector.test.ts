import assert from "node:assert/strict";
import { test } from "node:test";
import { type RegionFields, secondOf } from "#support/feature-seconds.ts";
import { firstSecond, type Scene, watch } from "#support/watched-rules.ts";
import type { Evidence } from "../alarm/evidence.ts";
import { defaultDetectionPolicy } from "./detection-policy.ts";
import { RuleDetector } from "./rule-detector.ts";

/** Slope and area as a track reports them for a thing that grows and heats since second 0. */
function growing(options: {
  readonly pixelsPerSecond: number;
  readonly kelvinPerSecond: number;
  readonly flicker?: number;
}): Scene {
  const { pixelsPerSecond, kelvinPerSecond, flicker = 0.005 } = options;
  return (second) => [
    {
      r_area: 4 + pixelsPerSecond * second,
      r_area_vel: second < 3 ? Number.NaN : pixelsPerSecond,
      r_peak: Math.min(139, 30 + kelvinPerSecond * second),
      r_peak_vel: second < 3 ? Number.NaN : kelvinPerSecond,
      r_move: second < 4 ? Number.NaN : 1,
      r_flicker: flicker,
    },
  ];
}

test("severe heat alarms in the fifth second, and says where and how much", () => {
  const evidence = watch(8, () => [{ r_peak: 200, newSeverePixels: 6 }]);
  assert.equal(firstSecond(evidence, "alarm"), 4);
  const [reason] = evidence[4]!.alarm;
  assert.deepEqual(
    [reason!.code, reason!.value, reason!.limit, reason!.unit, reason!.location],
    ["severe-heat", 6, 4, "pixel", { x: 80, y: 60 }],
  );
  assert.match(reason!.text, /140 °C or more for 5 s, 6 of them now/);
  assert.equal(evidence[4]!.severeHeat, true);
  assert.equal(evidence[3]!.severeHeat, false);
});

test("severe heat does not wait for a displacement that is not known yet", () => {
  const evidence = watch(8, () => [
    { r_peak: 200, newSeverePixels: 6, r_move: Number.NaN, r_area_vel: Number.NaN },
  ]);
  assert.equal(firstSecond(evidence, "alarm", "severe-heat"), 4);
});

test("severe heat needs four pixels, in place, that commissioning did not know", () => {
  const few = watch(60, () => [{ r_peak: 300, r_area: 8, newSeverePixels: 3 }]);
  assert.equal(firstSecond(few, "alarm"), null);
  const moving = watch(60, (second) => [
    { r_peak: 300, newSeverePixels: 40, r_move: 25, r_overlap: 0.1, x: 5 + second },
  ]);
  assert.equal(firstSecond(moving, "alarm"), null);
  const known = watch(60, () => [{ r_peak: 200, commissionedCelsius: 195, newSeverePixels: 0 }]);
  assert.equal(firstSecond(known, "alarm"), null);
  assert.equal(firstSecond(known, "prealarm"), null);
});

test("severe heat that grows in place alarms although its centre climbs", () => {
  const evidence = watch(8, () => [
    { r_peak: 300, newSeverePixels: 40, r_move: 9, r_overlap: 0.7, r_area_vel: 12, r_area: 60 },
  ]);
  assert.equal(firstSecond(evidence, "alarm", "severe-heat"), 4);
});

test("seconds without a picture hold the time of a rule", () => {
  const evidence = watch(12, (second) =>
    second >= 2 && second < 6 ? null : [{ r_peak: 200, newSeverePixels: 6 }],
  );
  assert.equal(firstSecond(evidence, "alarm"), 8);
  assert.ok(evidence.slice(2, 6).every((one) => !one.thermalPresent && one.alarm.length === 0));
});

test("one missed second does not start the time again, two do", () => {
  const scene =
    (missing: readonly number[]): Scene =>
    (second) => [{ r_peak: 200, newSeverePixels: missing.includes(second) ? 0 : 6 }];
  assert.equal(firstSecond(watch(12, scene([2])), "alarm", "severe-heat"), 5);
  assert.equal(firstSecond(watch(12, scene([2, 3])), "alarm", "severe-heat"), 8);
});

test("a flame whose track gets a new number every second goes on with its time", () => {
  const evidence = watch(8, (second) => [{ trackId: second, r_peak: 200, newSeverePixels: 6 }]);
  assert.equal(firstSecond(evidence, "alarm"), 4);
});

test("a new number elsewhere in the picture starts its own time", () => {
  const evidence = watch(6, (second) => [
    { trackId: second, r_peak: 200, newSeverePixels: 6, x: 10 + 25 * second },
  ]);
  assert.equal(firstSecond(evidence, "alarm"), null);
});

test("a fixed hot thing is a prealarm after ten seconds, an alarm only when hotter and larger", () => {
  const warm = watch(60, () => [{ r_peak: 110 }]);
  assert.equal(firstSecond(warm, "prealarm", "fixed-temperature"), 9);
  assert.equal(firstSecond(warm, "alarm"), null);
  const hot = watch(60, () => [{ r_peak: 125 }]);
  assert.equal(firstSecond(hot, "alarm", "fixed-temperature"), 19);
  const reason = hot[19]!.alarm[0]!;
  assert.deepEqual([reason.value, reason.limit, reason.unit], [125, 120, "°C"]);
  const small = watch(60, () => [{ r_peak: 125, r_area: 8 }]);
  assert.equal(firstSecond(small, "alarm"), null);
  assert.equal(firstSecond(small, "prealarm"), 9);
});

test("a fixed hot thing ends below its hysteresis, not before", () => {
  const peak = (celsius: number): Evidence[] =>
    watch(30, (second) => [{ r_peak: second < 15 ? 110 : celsius }]);
  assert.equal(peak(97).at(-1)!.prealarm.length, 1);
  assert.equal(peak(94).at(-1)!.prealarm.length, 0);
});

test("a fast rise past 105 °C alarms, and stands while the region is hot", () => {
  const evidence = watch(40, growing({ pixelsPerSecond: 0, kelvinPerSecond: 8 }));
  const first = firstSecond(evidence, "alarm", "rate-of-rise");
  assert.ok(first !== null && first <= 13, `alarm at ${first}`);
  assert.equal(evidence.at(-1)!.alarm.length > 0, true);
});

test("a hot pan put down within one second is no rise", () => {
  const slopeOfStep = 4;
  const evidence = watch(9, (second) => [
    { r_peak: second < 4 ? 34 : 118, r_peak_vel: second < 4 ? 0 : slopeOfStep, r_area: 30 },
  ]);
  assert.equal(firstSecond(evidence, "alarm"), null);
});

test("a growing, flickering fire of over 100 °C alarms within ten seconds of ignition", () => {
  const evidence = watch(20, growing({ pixelsPerSecond: 8, kelvinPerSecond: 20, flicker: 0.1 }));
  const first = firstSecond(evidence, "alarm", "region-growth");
  assert.ok(first !== null && first <= 9, `alarm at ${first}`);
  const reason = evidence[first]!.alarm.find((one) => one.code === "region-growth")!;
  assert.match(reason.text, /flickers/);
  assert.deepEqual([reason.value, reason.limit, reason.unit], [8, 1, "pixel/s"]);
});

test("growth takes longer without flicker", () => {
  const fire = { pixelsPerSecond: 8, kelvinPerSecond: 20 };
  const calm = firstSecond(watch(30, growing(fire)), "alarm", "region-growth");
  const flickering = firstSecond(watch(30, growing({ ...fire, flicker: 0.1 })), "alarm", "region-growth");
  assert.equal(calm, flickering! + 2);
});

test("slow growth of a hot thing is a prealarm", () => {
  const evidence = watch(60, growing({ pixelsPerSecond: 0.7, kelvinPerSecond: 2.5 }));
  assert.notEqual(firstSecond(evidence, "prealarm", "region-growth"), null);
  const cool = watch(60, (second) => [{ r_area: 10 + 5 * second, r_area_vel: 5, r_peak: 70, r_peak_vel: 1 }]);
  assert.equal(firstSecond(cool, "prealarm"), null);
});

test("every region that is followed is judged, not only the four that are shown", () => {
  const people: RegionFields[] = [1, 2, 3, 4].map((trackId) => ({ trackId, r_peak: 34, x: 20 * trackId }));
  const detector = new RuleDetector(defaultDetectionPolicy);
  const evidence = Array.from({ length: 30 }, (_, second) =>
    detector.evaluate(
      secondOf({ second, regions: people, alsoTracked: [{ trackId: 9, r_peak: 130, x: 140, y: 100 }] }),
    ),
  );
  assert.equal(firstSecond(evidence, "alarm", "fixed-temperature"), 19);
  assert.deepEqual(evidence[19]!.alarm[0]!.location, { x: 140, y: 100 });
});

/** A region under a mask, for so many seconds, with everything else masked too or not. */
function underMask(fields: RegionFields, watchedPixels = 19_200): Evidence[] {
  const detector = new RuleDetector(defaultDetectionPolicy);
  return Array.from({ length: 40 }, (_, second) =>
    detector.evaluate(secondOf({ second, regions: [], severeMasked: [fields], watchedPixels })),
  );
}

test("severe heat under a mask alarms in the fifth second, other heat there never", () => {
  const severe = underMask({ r_peak: 200, newSeverePixels: 6 });
  assert.equal(firstSecond(severe, "alarm", "severe-heat"), 4);
  assert.match(severe[4]!.alarm[0]!.text, /under a mask at column 80, row 60/);
  assert.equal(severe[4]!.severeHeat, true);
  const known = underMask({ r_peak: 200, newSeverePixels: 0 });
  assert.equal(firstSecond(known, "alarm"), null);
  assert.equal(firstSecond(known, "prealarm"), null);
});

test("with everything masked nothing has been seen, and severe heat is told all the same", () => {
  const evidence = underMask({ r_peak: 200, newSeverePixels: 6 }, 0);
  assert.ok(evidence.every((one) => !one.thermalPresent));
  assert.equal(firstSecond(evidence, "alarm", "severe-heat"), 4);
});

test("a rule that stands goes on when its track gets a new number, although its slope is not known yet", () => {
  const fire = growing({ pixelsPerSecond: 8, kelvinPerSecond: 20, flicker: 0.1 });
  for (const slope of ["r_area_vel", "r_peak_vel"] as const) {
    const evidence = watch(24, (second) => {
      const [region] = fire(second)!;
      return [second < 14 ? region! : { ...region, trackId: 2, [slope]: Number.NaN }];
    });
    const codes = (second: number): readonly string[] => evidence[second]!.alarm.map(({ code }) => code);
    for (let second = 14; second < 24; second += 1)
      assert.deepEqual(codes(second), codes(13), `${slope} ${second}`);
  }
});

/** A wall of 40 × 40 pixels, `meanKelvin` over its background, at rest. */
const wall = (fields: RegionFields & { readonly meanKelvin: number }): Scene => {
  const area = fields.r_area ?? 1_600;
  return () => [{ ...fields, r_area: area, r_excess: area * fields.meanKelvin }];
};

test("something large that is hot all over is a prealarm after two minutes, and never FIRE by itself", () => {
  const evidence = watch(150, wall({ r_peak: 88, meanKelvin: 60 }));
  assert.equal(firstSecond(evidence, "prealarm", "large-heat"), 119);
  assert.equal(firstSecond(evidence, "alarm"), null);
  assert.match(evidence[119]!.prealarm[0]!.text, /1600 pixels, the hottest at 88 °C/);
});

test("what is cooler, smaller, known or only warm around something hot is no large heat", () => {
  const scenes: readonly Scene[] = [
    wall({ r_peak: 80, meanKelvin: 55 }),
    wall({ r_peak: 95, meanKelvin: 60, r_area: 480 }),
    wall({ r_peak: 92, meanKelvin: 14 }),
    wall({ r_peak: 95, meanKelvin: 60, commissionedCelsius: 80 }),
    wall({ r_peak: 95, meanKelvin: 60, r_move: 40, r_overlap: 0.1 }),
  ];
  for (const scene of scenes) assert.equal(firstSecond(watch(300, scene), "prealarm"), null);
});

test("what was found before a restart goes on where it was, and is forgotten where nothing is", () => {
  const region: RegionFields = { r_peak: 101, r_area_vel: Number.NaN, r_move: Number.NaN };
  const found = { code: "region-growth", text: "", value: 3, limit: 1, unit: "pixel/s" } as const;
  const restored = (seconds: number, x: number): Evidence => {
    const detector = new RuleDetector(defaultDetectionPolicy);
    detector.restore({ alarm: [{ ...found, location: { x: 80, y: 60 } }], prealarm: [] });
    for (let second = 0; second < seconds; second += 1) detector.evaluate(secondOf({ second, regions: [] }));
    return detector.evaluate(secondOf({ second: seconds, regions: [{ ...region, x }] }));
  };
  assert.deepEqual(
    restored(2, 80).alarm.map(({ code, value }) => [code, value]),
    [["region-growth", 1]],
  );
  assert.deepEqual(restored(2, 120).alarm, []);
  assert.deepEqual(restored(5, 80).alarm, []);
});

/** Catalogue of nuisance heat, typical values: what each looks like to the rules. */
const nuisances: readonly { readonly name: string; readonly scene: Scene }[] = [
  {
    name: "a person who comes close",
    scene: (second) => [
      { r_area: 200 + 60 * second, r_area_vel: 60, r_peak: 35, r_peak_vel: 1, r_move: 20, r_overlap: 0.5 },
    ],
  },
  {
    name: "a radiator that heats up",
    scene: (second) => [
      { r_area: Math.min(600, 10 * second), r_area_vel: 10, r_peak: Math.min(78, 20 + second) },
    ],
  },
  {
    name: "a sun patch",
    scene: (second) => [{ r_area: 500 + 2 * second, r_area_vel: 2, r_peak: 48, r_move: 0.1 }],
  },
  {
    name: "a kettle that comes to the boil",
    scene: (second) => [
      { r_area: 40 + 0.3 * second, r_area_vel: 0.3, r_peak: Math.min(99, 25 + second), r_peak_vel: 1 },
    ],
  },
  {
    name: "a hot cup put down",
    scene: (second) => [{ r_area: 14, r_peak: 92 - 0.05 * second, r_peak_vel: -0.05 }],
  },
  {
    name: "steam",
    scene: (second) => [
      { r_area: 100 + 20 * second, r_area_vel: 20, r_peak: 78, r_flicker: 0.2, r_area_flicker: 0.2 },
    ],
  },
  {
    name: "a forklift with a hot exhaust that drives through",
    scene: (second) => [
      { r_area: 90, r_peak: 260, newSeverePixels: 30, r_move: 30, r_overlap: 0.05, x: 8 + 2 * second },
    ],
  },
  {
    name: "a person who carries a hot pan",
    scene: (second) => [
      { r_area: 300, r_peak: 180, newSeverePixels: 20, r_move: 14, r_overlap: 0.4, x: 8 + 2 * second },
    ],
  },
  {
    name: "a motor that was warm at commissioning",
    scene: () => [{ r_area: 120, r_peak: 118, commissionedCelsius: 104 }],
  },
];

for (const { name, scene } of nuisances)
  test(`${name} raises neither alarm nor prealarm`, () => {
    const evidence = watch(70, scene);
    assert.equal(firstSecond(evidence, "alarm"), null);
    assert.equal(firstSecond(evidence, "prealarm"), null);
    assert.ok(evidence.every((one) => one.nearness < 1));
  });

const allNames = ["r_area", "r_peak", "r_area_vel", "r_peak_vel", "r_move", "r_overlap"] as const;

test("an absent value holds the time of a rule, it is not taken for safe", () => {
  for (const name of allNames) {
    const scene: Scene = (second) => {
      const region = { r_peak: 125, r_area_vel: 0 };
      return [second >= 10 && second < 14 ? { ...region, [name]: Number.NaN } : region];
    };
    const first = firstSecond(watch(40, scene), "alarm", "fixed-temperature");
    assert.ok(first !== null && first <= 23, `${name}: alarm at ${first}`);
  }
});

test("a picture without any known value says nothing", () => {
  const unknown = Object.fromEntries(allNames.map((name) => [name, Number.NaN]));
  const evidence = watch(60, () => [{ ...unknown, commissionedCelsius: Number.NaN }]);
  assert.equal(firstSecond(evidence, "alarm"), null);
  assert.ok(evidence.every((one) => Number.isFinite(one.nearness)));
});

test("nearness climbs from 0 to 1 and is 1 exactly with an alarm", () => {
  assert.ok(watch(10, () => []).every((one) => one.nearness === 0));
  const evidence = watch(30, growing({ pixelsPerSecond: 8, kelvinPerSecond: 20, flicker: 0.1 }));
  for (const one of evidence) assert.equal(one.nearness === 1, one.alarm.length > 0);
  const first = firstSecond(evidence, "alarm")!;
  const before = evidence.slice(0, first).map((one) => one.nearness);
  assert.ok(before.at(-1)! > 0.5);
  assert.ok(before[0]! < 0.1);
});
