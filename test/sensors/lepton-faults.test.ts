import assert from "node:assert/strict";
import { test } from "node:test";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { LeptonTroubleCode } from "#sensors/lepton/lepton-troubles.ts";
import type { LeptonFault } from "#simulation/devices/emulated-lepton-fault.ts";
import { indexOfPicture, LeptonBench } from "#support/lepton-bench.ts";

interface Case {
  readonly name: string;
  readonly fault: LeptonFault;
  /** The troubles that come, and all go again. */
  readonly troubles: readonly LeptonTroubleCode[];
  /** Longest time without a new picture, at most. */
  readonly gapMaxMs: number;
  /** Restarts by command and by the supply; absent for none. */
  readonly restarts?: readonly [reboots: number, powerCycles: number];
  /** Time from the fault to the first trouble, at most. */
  readonly toldWithinMs?: number;
}

const framePeriodMs = 12 * 9.434;
/** One picture is missing. */
const oneLost = 2 * framePeriodMs + 10;
/** Five periods of the detector idle, and the rest of the picture under way when the camera begins anew. */
const resync = 250 + 2 * framePeriodMs;
/** The reader alone: half a second without a picture, twice begun anew. */
const outOfStep = 500 + 2 * 750;
/** The camera boots for about a second and corrects itself, then the reader begins anew. */
const restart = 4_000;

const cases: readonly Case[] = [
  { name: "one wrong bit", fault: { kind: "crc-error", times: 1 }, troubles: [], gapMaxMs: oneLost },
  {
    name: "a packet that comes twice in place of the next",
    fault: { kind: "duplicated-packet", times: 1 },
    troubles: [],
    gapMaxMs: oneLost,
  },
  {
    name: "two packets exchanged",
    fault: { kind: "swapped-packets", times: 1 },
    troubles: [],
    gapMaxMs: oneLost,
  },
  {
    name: "a segment with the number of the next one",
    fault: { kind: "wrong-segment-number", times: 1 },
    troubles: [],
    gapMaxMs: oneLost,
  },
  {
    name: "a segment with a number that none has",
    fault: { kind: "wrong-segment-number", number: 6, times: 1 },
    troubles: [],
    gapMaxMs: oneLost,
  },
  { name: "segment 0 twice", fault: { kind: "segment-zero", times: 2 }, troubles: [], gapMaxMs: oneLost },
  {
    name: "segment 0 until the camera begins anew",
    fault: { kind: "segment-zero", curedBy: "resync" },
    troubles: [],
    gapMaxMs: 500 + resync,
  },
  {
    name: "a byte lost",
    fault: { kind: "byte-slip", bytes: 1 },
    troubles: [],
    gapMaxMs: framePeriodMs + resync,
  },
  {
    name: "83 bytes lost",
    fault: { kind: "byte-slip", bytes: 83 },
    troubles: [],
    gapMaxMs: framePeriodMs + resync,
  },
  {
    name: "discard packets for a moment",
    fault: { kind: "discards", times: 3 },
    troubles: [],
    gapMaxMs: oneLost,
  },
  {
    name: "discard packets until the camera begins anew",
    fault: { kind: "discards", curedBy: "resync" },
    troubles: [],
    gapMaxMs: framePeriodMs + 110 + resync,
  },
  {
    name: "discard packets until it is restarted",
    fault: { kind: "discards", curedBy: "reboot" },
    troubles: ["video-lost"],
    restarts: [1, 0],
    gapMaxMs: outOfStep + 1_800 + restart,
    toldWithinMs: outOfStep,
  },
  {
    name: "discard packets until its supply is switched",
    fault: { kind: "discards", curedBy: "power-cycle" },
    troubles: ["video-lost"],
    restarts: [1, 1],
    gapMaxMs: outOfStep + 1_800 + 2 * restart,
    toldWithinMs: outOfStep,
  },
  {
    name: "wrong checksums until it is restarted",
    fault: { kind: "crc-error", curedBy: "reboot" },
    troubles: ["video-lost"],
    restarts: [1, 0],
    gapMaxMs: outOfStep + 1_800 + restart,
    toldWithinMs: outOfStep + framePeriodMs,
  },
  {
    name: "a data line that stays high for a second",
    fault: { kind: "stall", forMs: 1_000 },
    troubles: [],
    gapMaxMs: 1_000 + resync,
  },
  {
    name: "a data line that stays low until it is restarted",
    fault: { kind: "stall", level: 0x00, curedBy: "reboot" },
    troubles: ["video-lost"],
    restarts: [1, 0],
    gapMaxMs: outOfStep + 1_800 + restart,
    toldWithinMs: outOfStep + framePeriodMs,
  },
  {
    name: "a camera that boots by itself",
    fault: { kind: "reboot" },
    troubles: ["video-lost"],
    gapMaxMs: outOfStep + restart,
    toldWithinMs: outOfStep + framePeriodMs,
  },
  {
    name: "a supply that fails for four seconds",
    fault: { kind: "power-cut", forMs: 4_000 },
    troubles: ["video-lost", "control-failed"],
    restarts: [1, 1],
    gapMaxMs: 4_000 + 2 * restart,
    toldWithinMs: outOfStep + framePeriodMs,
  },
  {
    name: "the same frame again and again",
    fault: { kind: "frozen-frame", curedBy: "reboot" },
    troubles: ["picture-frozen"],
    restarts: [1, 0],
    gapMaxMs: 4_200 + restart,
    toldWithinMs: 4_200,
  },
  {
    name: "the same pixels with a counter that moves",
    fault: { kind: "frozen-picture", curedBy: "reboot" },
    troubles: ["picture-frozen"],
    restarts: [1, 0],
    gapMaxMs: restart,
    toldWithinMs: 5_000,
  },
  {
    name: "a shutter that stays closed until it is restarted",
    fault: { kind: "ffc-stuck", curedBy: "reboot" },
    troubles: ["shutter-stuck"],
    restarts: [1, 0],
    gapMaxMs: restart,
    toldWithinMs: 5_000,
  },
  {
    name: "a shutter that stays closed until its supply is switched",
    fault: { kind: "ffc-stuck", curedBy: "power-cycle" },
    troubles: ["shutter-stuck"],
    restarts: [1, 1],
    gapMaxMs: restart,
    toldWithinMs: 5_000,
  },
  {
    name: "telemetry of an old revision",
    fault: { kind: "wrong-revision", revision: 8, forMs: 10_000 },
    troubles: [],
    gapMaxMs: framePeriodMs + 10,
  },
  {
    name: "no answer over I2C while pictures come",
    fault: { kind: "cci-no-answer", forMs: 10_000 },
    troubles: [],
    gapMaxMs: framePeriodMs + 10,
  },
];

/** Time for the first correction to be over. */
const settleMs = 6_000;
const watchMs = 30_000;

/** Pictures without those that only repeat the one before. */
function newPictures(frames: readonly ThermalFrame[]): readonly ThermalFrame[] {
  return frames.filter((frame, i) => frame.frameCounter !== frames[i - 1]?.frameCounter);
}

/** Longest time between two pictures that come one after the other, from `fromMicros` on. */
function longestGapMs(frames: readonly ThermalFrame[], fromMicros: number): number {
  const times = frames.map((frame) => frame.capturedAtMicros).filter((at) => at >= fromMicros - 115_000);
  const gaps = times.slice(1).map((at, i) => (at - times[i]!) / 1_000);
  return Math.max(...gaps);
}

/** Pictures that the camera would have shown in that time and that did not come: no second gap hides behind the longest. */
function lostPictures(bench: LeptonBench, fromMicros: number): number {
  const ms = (bench.clock.nowMicros() - fromMicros) / 1_000;
  const came = newPictures(bench.frames).filter((frame) => frame.capturedAtMicros > fromMicros).length;
  return Math.floor(ms / framePeriodMs) - came;
}

/** Every picture delivered is whole; those of a correction show the shutter or an old picture. */
function assertIntact(frames: readonly ThermalFrame[]): void {
  for (const { pixels, telemetry } of frames) {
    if (telemetry!.ffcState !== "in-progress" && telemetry!.ffcState !== "never") indexOfPicture(pixels);
  }
}

for (const { name, fault, troubles, gapMaxMs, toldWithinMs, restarts } of cases) {
  const told = troubles.length === 0 ? "costs no trouble" : `is told as ${troubles.join(" and ")}`;
  test(`${name}: ${told}, pictures come again`, async () => {
    const bench = new LeptonBench();
    const seen = new Set<LeptonTroubleCode>();
    let toldAfterMs: number | null = null;
    await bench.start();
    await bench.pass(settleMs);
    const fromMicros = bench.clock.nowMicros();
    bench.lepton.addFault(fault);
    for (let passed = 0; passed < watchMs; passed += 50) {
      await bench.pass(50);
      if (bench.camera.troubles.length > 0) toldAfterMs ??= passed + 50;
      for (const code of bench.camera.troubles) seen.add(code);
    }
    assert.deepEqual([...seen].sort(), [...troubles].sort(), bench.troubles.join("\n"));
    assert.deepEqual(bench.camera.troubles, [], "nothing stands at the end");
    assert.equal(bench.troubles.length, 2 * troubles.length, bench.troubles.join("\n"));
    if (toldWithinMs !== undefined) assert.ok(toldAfterMs! <= toldWithinMs, `told after ${toldAfterMs} ms`);
    const { reboots, powerCycles } = bench.camera.counters.camera;
    assert.deepEqual([reboots, powerCycles], restarts ?? [0, 0]);
    const gapMs = longestGapMs(newPictures(bench.frames), fromMicros);
    assert.ok(gapMs <= gapMaxMs, `${gapMs} ms without a picture`);
    const lost = lostPictures(bench, fromMicros);
    assert.ok(lost <= gapMaxMs / framePeriodMs, `${lost} pictures lost in all`);
    assert.ok(bench.frames.at(-1)!.capturedAtMicros > bench.clock.nowMicros() - 120_000);
    assertIntact(bench.frames);
    await bench.camera.stop();
    assert.equal(bench.clock.timersSet, 0);
  });
}
