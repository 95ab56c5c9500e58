import assert from "node:assert/strict";
import { test } from "node:test";
import { DetectorBench, type Disc, type Patch, type Stretch, tinyPictures } from "#support/detector-bench.ts";
import { defaultAlarmPolicy } from "../alarm/alarm-policy.ts";

const width = 80;
const height = 60;
const fire = (): Disc => ({ celsius: 300, radiusPixels: 4 });

function levels(bench: DetectorBench): readonly string[] {
  return bench.story.filter((line) => line.startsWith("level"));
}

/** 1 where `isMasked` says so. */
function maskOf(isMasked: (x: number, y: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, i) =>
    isMasked(i % width, Math.floor(i / width)) ? 1 : 0,
  );
}

for (const frameLeadSeconds of [0, 2, 4])
  test(`frames stamped ${frameLeadSeconds} s ahead of the ticks are watched`, () => {
    const bench = new DetectorBench();
    bench.run({ seconds: 20, frameLeadSeconds });
    bench.run({ seconds: 20, frameLeadSeconds, disc: fire });
    assert.equal(bench.detector.state.level, "alarm");
    assert.deepEqual(
      bench.story.filter((line) => line.startsWith("trouble")),
      [],
    );
  });

for (const frameLeadSeconds of [-30, -6, -2, 6, 10, 30, 55, 3_600])
  test(`frames stamped ${frameLeadSeconds} s ahead of the ticks are a fault, not silence`, () => {
    const bench = new DetectorBench({ pictureSize: tinyPictures });
    bench.run({ seconds: 40, frameLeadSeconds, disc: fire });
    assert.deepEqual(bench.story, ["trouble frames-rejected on"]);
    assert.match(bench.detector.state.troubles[0]!.text, /wrong times/);
    bench.run({ seconds: 60 });
    assert.deepEqual(bench.story, ["trouble frames-rejected on", "trouble frames-rejected off"]);
  });

test("one frame stamped a minute ahead blinds nobody", () => {
  const bench = new DetectorBench();
  bench.run({ seconds: 20 });
  bench.run({ seconds: 0.125, frameLeadSeconds: 59 });
  const { seconds, thermalSeconds } = bench.detector.counts;
  bench.run({ seconds: 20, disc: fire });
  assert.equal(bench.detector.state.level, "alarm");
  assert.equal(
    bench.detector.counts.thermalSeconds - thermalSeconds,
    bench.detector.counts.seconds - seconds,
  );
});

test("a clock that jumps every minute is a fault of its own", () => {
  const bench = new DetectorBench({ pictureSize: tinyPictures });
  bench.run({ seconds: 20 });
  for (const clockJumpSeconds of [600, -600]) bench.run({ seconds: 60, clockJumpSeconds });
  assert.deepEqual(bench.story, []);
  bench.run({ seconds: 60, clockJumpSeconds: 600 });
  assert.deepEqual(bench.story, ["trouble clock-jumps on"]);
});

test("a clock that has not jumped for ten minutes is in order again", () => {
  const bench = new DetectorBench({ expects: { thermal: "absent", air: "required" } });
  const air: Stretch = { seconds: 60, camera: "silent" };
  bench.run(air);
  for (const clockJumpSeconds of [600, -600, 600]) bench.run({ ...air, clockJumpSeconds });
  bench.run({ ...air, seconds: 530 });
  assert.deepEqual(bench.story, ["trouble clock-jumps on"]);
  bench.run({ ...air, seconds: 90 });
  assert.deepEqual(bench.story, ["trouble clock-jumps on", "trouble clock-jumps off"]);
});

for (const airLeadSeconds of [-3_600, -13, -6, 6, 30, 86_400])
  test(`air readings stamped ${airLeadSeconds} s ahead of the ticks are a fault, not air without CO2`, () => {
    const bench = new DetectorBench({ pictureSize: tinyPictures });
    bench.run({ seconds: 20 });
    bench.run({ seconds: 45, airLeadSeconds });
    assert.deepEqual(bench.story, ["trouble air-silent on"]);
    assert.match(bench.detector.state.troubles[0]!.text, /times that cannot be true/);
    bench.run({ seconds: 20 });
    assert.deepEqual(bench.story, ["trouble air-silent on", "trouble air-silent off"]);
  });

test("one reading stamped a day ahead keeps no later one out", () => {
  const bench = new DetectorBench();
  bench.run({ seconds: 5, airLeadSeconds: 86_400 });
  bench.run({ seconds: 30, co2Ppm: () => 31_000 });
  assert.equal(bench.detector.state.gasHazard.length, 1);
});

test("a mask hides no severe heat, and hides all other", () => {
  const mask = maskOf((x, y) => Math.abs(x - 40) <= 15 && Math.abs(y - 30) <= 15);
  const stove = new DetectorBench({ mask });
  stove.run({ seconds: 20 });
  stove.run({ seconds: 60, disc: () => ({ celsius: 130, radiusPixels: 6 }) });
  assert.deepEqual(stove.story, []);
  stove.run({ seconds: 12, disc: () => ({ celsius: 300, radiusPixels: 6 }) });
  assert.deepEqual(levels(stove), ["level alarm"]);
  const [reason] = stove.detector.state.incident!.reasons;
  assert.equal(reason!.code, "severe-heat");
  assert.match(reason!.text, /under a mask/);
});

test("a disablement still delays severe heat under a mask", () => {
  const bench = new DetectorBench({ mask: maskOf(() => true) });
  bench.run({ seconds: 20 });
  bench.act("disable", 1);
  bench.run({ seconds: 30, disc: fire });
  assert.deepEqual(levels(bench), []);
  bench.run({ seconds: 40, disc: fire });
  assert.deepEqual(levels(bench), ["level alarm"]);
});

test("a picture that is all masked is a fault, has seen nothing, and still tells severe heat", () => {
  const bench = new DetectorBench({ mask: maskOf(() => true) });
  bench.run({ seconds: 20 });
  assert.deepEqual(bench.story, ["trouble camera-masked on"]);
  assert.equal(bench.detector.counts.thermalSeconds, 0);
  bench.run({ seconds: 12, disc: fire });
  assert.deepEqual(levels(bench), ["level alarm"]);
});

/** Six people of 33 °C who walk up and down, above and below the middle. */
function crowd(second: number): readonly Patch[] {
  return Array.from({ length: 6 }, (_, k) => {
    const way = (10 * second + 27 * k) % (2 * (width - 8));
    const left = Math.round(Math.min(way, 2 * (width - 8) - way));
    return { left, top: k < 3 ? 1 : 40, width: 7, height: 18, celsius: 33 };
  });
}

test("a crowd hides no fire: it alarms as soon as in an empty room", () => {
  const alarmAfter = (patches: (second: number) => readonly Patch[]): number => {
    const bench = new DetectorBench();
    bench.run({ seconds: 15 });
    for (let second = 1; second <= 60; second += 1) {
      bench.run({ seconds: 1, patches, disc: () => ({ celsius: 130, radiusPixels: 3 }) });
      if (bench.detector.state.level === "alarm") return second;
    }
    return Number.POSITIVE_INFINITY;
  };
  assert.ok(alarmAfter(crowd) <= alarmAfter(() => []) + 2);
});

test("a room that was learnt with a fire in it says so until somebody has looked", () => {
  const bench = new DetectorBench({ pictureSize: tinyPictures });
  bench.run({ seconds: 60, disc: fire });
  assert.deepEqual(bench.story, ["trouble hot-at-commissioning on"]);
  assert.match(bench.detector.state.troubles[0]!.text, /column \d+, row \d+ \(300 °C, \d+ hot pixels/);
  bench.act("reset");
  bench.run({ seconds: 60, disc: fire });
  assert.deepEqual(bench.story.slice(1), ["reset", "trouble hot-at-commissioning off"]);
});

test("heat of commissioning that cools down is a fault no more, and is told again when it comes back", () => {
  const bench = new DetectorBench({ pictureSize: tinyPictures });
  bench.run({ seconds: 30, disc: fire });
  bench.run({ seconds: 200 });
  const told = ["trouble hot-at-commissioning on", "trouble hot-at-commissioning off"];
  assert.deepEqual(bench.story, told);
  bench.run({ seconds: 20, disc: fire });
  assert.deepEqual(bench.story, [...told, told[0]]);
});

test("heat of commissioning under a mask is told from 140 °C on", () => {
  for (const { celsius, story } of [
    { celsius: 130, story: [] },
    { celsius: 160, story: ["trouble hot-at-commissioning on"] },
  ]) {
    const bench = new DetectorBench({ mask: maskOf((x) => x > 20) });
    bench.run({ seconds: 60, disc: () => ({ celsius, radiusPixels: 4 }) });
    assert.deepEqual(bench.story, story);
  }
});

test("heat of commissioning that was not confirmed stands after a restart, confirmed heat does not come back", () => {
  const before = new DetectorBench();
  before.run({ seconds: 30, disc: fire });
  const restarted = (): DetectorBench =>
    new DetectorBench({
      state: before.detector.state,
      background: before.detector.backgroundSnapshot(),
    });
  const standing = restarted();
  standing.run({ seconds: 30, disc: fire });
  assert.deepEqual(
    standing.detector.state.troubles.map(({ code }) => code),
    ["hot-at-commissioning"],
  );
  before.act("reset");
  const confirmed = restarted();
  confirmed.run({ seconds: 30, disc: fire });
  assert.deepEqual(confirmed.detector.state.troubles, []);
});

test("a camera lost in a prealarm makes it FIRE", () => {
  const bench = new DetectorBench();
  bench.run({ seconds: 20 });
  bench.run({ seconds: 20, disc: () => ({ celsius: 112, radiusPixels: 3 }) });
  bench.run({ seconds: 4 + defaultAlarmPolicy.detectorLostSeconds, camera: "silent" });
  assert.deepEqual(bench.story, ["level prealarm", "trouble camera-silent on", "level alarm"]);
  assert.equal(bench.detector.state.incident!.reasons[0]!.code, "detector-lost");
});

test("a steady fire that was silenced stays silent whichever rules find it after that", () => {
  const bench = new DetectorBench();
  bench.run({ seconds: 20 });
  bench.run({ seconds: 8, disc: fire });
  bench.act("silence");
  bench.run({ seconds: 60, disc: fire });
  assert.deepEqual(bench.story, ["level alarm", "silenced"]);
  assert.equal(bench.detector.state.sounding, false);
});

test("a fire at the place of one that was silenced and out for long sounds again", () => {
  const bench = new DetectorBench({ pictureSize: tinyPictures });
  bench.run({ seconds: 20 });
  bench.run({ seconds: 8, disc: fire });
  bench.act("silence");
  bench.run({ seconds: 200 });
  bench.run({ seconds: 12, disc: fire });
  assert.deepEqual(bench.story, ["level alarm", "silenced", "level alarm", "resounded"]);
});

test("a cause that persists over a restart and a reset alarms again within 20 s as the same incident", () => {
  const disc = (): Disc => ({ celsius: 130, radiusPixels: 3 });
  for (const resetBefore of [true, false]) {
    const before = new DetectorBench();
    before.run({ seconds: 15 });
    before.run({ seconds: 45, disc });
    const id = before.detector.state.incident!.id;
    if (resetBefore) before.act("reset");
    const after = new DetectorBench({
      state: before.detector.state,
      background: before.detector.backgroundSnapshot(),
      startSecond: before.elapsedSeconds,
    });
    after.run({ seconds: 3, disc });
    if (!resetBefore) after.act("reset");
    after.run({ seconds: 17, disc });
    assert.equal(after.detector.state.level, "alarm");
    assert.equal(after.detector.state.incident!.id, id);
  }
});

test("a clock that jumps neither ends nor hurries what the rules have found", () => {
  const disc = (): Disc => ({ celsius: 130, radiusPixels: 3 });
  const bench = new DetectorBench();
  bench.run({ seconds: 15 });
  bench.run({ seconds: 12, disc });
  bench.run({ seconds: 7, disc, clockJumpSeconds: 3_600 });
  assert.notEqual(bench.detector.state.level, "alarm");
  bench.run({ seconds: 12, disc });
  assert.equal(bench.detector.state.level, "alarm");
});

test("a map of bad pixels that is given is used for good, and nothing else is looked for", () => {
  const dot = (): readonly Patch[] => [{ left: 30, top: 20, width: 1, height: 1, celsius: 45 }];
  const map = maskOf((x, y) => x === 5 && y < 40);
  const given = new DetectorBench();
  given.detector.setBadPixels(map);
  given.run({ seconds: 30, patches: dot });
  assert.equal(given.detector.counts.badPixels, 40);
  const found = new DetectorBench();
  found.run({ seconds: 30, patches: dot });
  assert.equal(found.detector.counts.badPixels, 1);
});

test("a map that is given is judged as one that was found", () => {
  const bench = new DetectorBench({ badPixels: maskOf((x) => x === 5) });
  bench.run({ seconds: 3 });
  assert.deepEqual(bench.story, ["trouble camera-bad-pixels on"]);
});

test("a camera that never sends more than a picture in three seconds is slow", () => {
  const bench = new DetectorBench();
  bench.run({ seconds: 60, oneFrameOf: 22 });
  assert.deepEqual(bench.story, ["trouble camera-slow on"]);
  bench.run({ seconds: 30 });
  assert.deepEqual(bench.story, ["trouble camera-slow on", "trouble camera-slow off"]);
});

test("counts that were read stay as they were", () => {
  const bench = new DetectorBench();
  bench.run({ seconds: 2 });
  const { counts } = bench.detector;
  const copy = { ...counts };
  bench.run({ seconds: 2 });
  assert.deepEqual(counts, copy);
});
