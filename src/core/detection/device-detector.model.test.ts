import assert from "node:assert/strict";
import { test } from "node:test";
import { DetectorBench, type Stretch } from "#support/detector-bench.ts";
import { flamingRegion, scriptedScorer } from "#support/scripted-scorer.ts";
import { initialAlarmState } from "../alarm/alarm-machine.ts";
import type { SecondScorer } from "./second-scorer.ts";

/** A disc of 60 °C: no rule says anything of it. */
const warmDisc: Stretch = { seconds: 25, disc: () => ({ celsius: 60, radiusPixels: 5 }) };

/** A disc that grows and glows: rules alone say FIRE. */
const fire: Stretch = {
  seconds: 40,
  disc: (second) => ({
    celsius: Math.min(300, 60 + 12 * (second - 70)),
    radiusPixels: 4 + 0.3 * (second - 70),
  }),
};

function benchWith(scorer: SecondScorer | null): DetectorBench {
  const bench = new DetectorBench({ scorer });
  bench.run({ seconds: 70 });
  return bench;
}

/** One answer for each region that the tracker reports. */
function scorerOf(flaming: number): SecondScorer {
  return scriptedScorer(({ regions }) => ({
    regions: regions.map(({ trackId }) => flamingRegion(flaming, { trackId })),
  }));
}

test("a model alarms where no rule does, with its reason and the second it was decided on", () => {
  const bench = benchWith(scorerOf(0.9));
  bench.run(warmDisc);
  const alarm = bench.events.find((event) => event.type === "level" && event.level === "alarm");
  assert.ok(alarm?.type === "level", bench.story.join());
  assert.deepEqual(
    alarm.reasons.map(({ code }) => code),
    ["model-flaming"],
  );
  const decidedOn = bench.decidedOn[bench.events.indexOf(alarm)];
  assert.equal(decidedOn?.atMicros, alarm.atMicros);
  assert.equal(decidedOn.regions.length, 1);
  bench.act("acknowledge");
  assert.equal(bench.decidedOn.at(-1), null, "a person's act was decided on no second");
});

test("rules alone are silent about the same heat, and no reading goes out", () => {
  const bench = benchWith(null);
  bench.run(warmDisc);
  assert.deepEqual(bench.story, []);
  assert.ok(bench.readings.every((reading) => reading === null));
});

const alone = benchWith(null);
alone.run(fire);

for (const [what, scorer] of [
  ["says no", scorerOf(0)],
  ["answers NaN", scorerOf(Number.NaN)],
  [
    "throws",
    scriptedScorer(() => {
      throw new Error("broken");
    }),
  ],
] as const)
  test(`a model that ${what} keeps no rule from alarming, and delays none`, () => {
    const beside = benchWith(scorer);
    beside.run(fire);
    const levels = (bench: DetectorBench) =>
      bench.events
        .filter((event) => event.type === "level")
        .map(({ atMicros, level, reasons }) => ({ atMicros, level, reasons }));
    assert.ok(levels(alone).some(({ level }) => level === "alarm"));
    assert.deepEqual(levels(beside), levels(alone));
    assert.equal(beside.story.includes("trouble model-failed on"), what !== "says no");
  });

test("what the model said goes out with every second", () => {
  const bench = benchWith(scorerOf(0.25));
  bench.run({ ...warmDisc, seconds: 10 });
  assert.deepEqual(bench.readings.at(0)?.outcome, "judged");
  assert.equal(bench.readings.at(0)?.probability, 0, "nothing is hot");
  assert.equal(bench.readings.at(-1)?.probability, 0.25);
});

test("a fault of the model that stood before a restart is over once a package has proven itself", () => {
  const troubles = [{ code: "model-failed", text: "It failed.", sinceMicros: 1 }] as const;
  const bench = new DetectorBench({ scorer: scorerOf(0), state: { ...initialAlarmState(), troubles } });
  bench.run({ seconds: 3 });
  assert.deepEqual(bench.detector.state.troubles, []);
});
