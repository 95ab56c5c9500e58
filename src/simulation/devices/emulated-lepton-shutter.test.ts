import assert from "node:assert/strict";
import { test } from "node:test";
import type { FfcState } from "#core/frames/frame-telemetry.ts";
import { bootedHost, type HostFrame, type LeptonHost } from "#support/lepton-host.ts";
import { EmulatedShutter, type ShutterPolicy } from "./emulated-lepton-shutter.ts";

const factory: ShutterPolicy = {
  mode: "automatic",
  periodMs: 180_000,
  deltaKelvin: 1.5,
  imminentFrames: 52,
  averagedFrames: 8,
};

function makeShutter(options: {
  readonly policy?: Partial<ShutterPolicy>;
  readonly fpaKelvinAt?: (uptimeMs: number) => number;
}): EmulatedShutter {
  const shutter = new EmulatedShutter({
    policy: () => ({ ...factory, ...options.policy }),
    fpaKelvinAt: options.fpaKelvinAt ?? (() => 303),
    isStuck: () => false,
  });
  shutter.run(1_000);
  return shutter;
}

/** Changes of state, looked for every 10 ms. */
function changes(shutter: EmulatedShutter, untilMs: number): (readonly [state: FfcState, atMs: number])[] {
  const found: (readonly [FfcState, number])[] = [];
  for (let atMs = 1_000; atMs <= untilMs; atMs += 10) {
    shutter.advance(atMs);
    if (found.at(-1)?.[0] !== shutter.state) found.push([shutter.state, atMs]);
  }
  return found;
}

function duration(of: readonly (readonly [FfcState, number])[], index: number): number {
  return of[index + 1]![1] - of[index]![1];
}

test("a correction is announced 2 s before, takes 0.87 s, and comes every 3 minutes", () => {
  const found = changes(makeShutter({}), 366_000);
  assert.deepEqual(
    found.map(([state]) => state),
    ["in-progress", "complete", "imminent", "in-progress", "complete", "imminent", "in-progress", "complete"],
  );
  for (const index of [0, 3, 6]) assert.ok(Math.abs(duration(found, index) - 868) <= 10);
  for (const index of [2, 5]) assert.ok(Math.abs(duration(found, index) - 1_962) <= 10);
  assert.ok(Math.abs(found[3]![1] - found[1]![1] - 180_000) <= 10, "3 min from the end of one to the next");
});

test("a change of 1.5 K asks for a correction before its time", () => {
  const fpaKelvinAt = (uptimeMs: number): number => 303 + uptimeMs / 40_000;
  const [, , imminent] = changes(makeShutter({ fpaKelvinAt }), 90_000);
  assert.equal(imminent![0], "imminent");
  assert.ok(Math.abs(imminent![1] - (1_868 + 60_000)) < 50, `${imminent![1]} ms`);
});

test("in manual and external mode nothing happens by itself, but a due correction is desired", () => {
  for (const mode of ["manual", "external"] as const) {
    const shutter = makeShutter({ policy: { mode } });
    const found = changes(shutter, 400_000);
    assert.deepEqual(
      found.map(([state]) => state),
      ["in-progress", "complete"],
    );
    assert.equal(shutter.isDesired(181_000), false);
    assert.equal(shutter.isDesired(182_000), true);
    assert.equal(shutter.run(400_000), true);
    shutter.advance(401_000);
    assert.equal(shutter.completed, 2);
    assert.equal(shutter.isDesired(401_000), false);
  }
});

test("outside −10 to 80 °C the shutter is locked", () => {
  for (const kelvin of [263, 353.2]) {
    let fpa = 303;
    const shutter = makeShutter({ fpaKelvinAt: () => fpa });
    shutter.advance(5_000);
    fpa = kelvin;
    assert.equal(shutter.isLockedOut(200_000), true);
    assert.equal(shutter.run(200_000), false);
    shutter.advance(400_000);
    assert.equal(shutter.completed, 1);
    assert.equal(shutter.isDesired(400_000), true);
  }
});

test("more averaged frames take longer", () => {
  const shutter = makeShutter({ policy: { averagedFrames: 128 } });
  shutter.advance(1_000 + 143 * 37.73);
  assert.equal(shutter.state, "in-progress");
  shutter.advance(1_000 + 143 * 37.74);
  assert.equal(shutter.state, "complete");
});

test("days without a look are followed in one go", () => {
  const shutter = makeShutter({});
  shutter.advance(2 * 24 * 3_600_000);
  assert.equal(shutter.completed, Math.floor((2 * 24 * 3_600_000 - 1_868) / 180_868) + 1);
});

function stateOf({ telemetry }: HostFrame): number {
  return (telemetry[3]! >> 4) & 0b11;
}

function waitForCorrection(host: LeptonHost): HostFrame[] {
  host.clock.advanceMs(174_500);
  return host.frames(6_500);
}

test("during a correction the picture is frozen while telemetry goes on", () => {
  const host = bootedHost();
  host.enableTelemetry();
  const frames = waitForCorrection(host);
  const closed = frames.filter((frame) => stateOf(frame) === 0b10);
  assert.ok(closed.length === 7 || closed.length === 8, `${closed.length} pictures`);
  const before = frames[frames.indexOf(closed[0]!) - 1]!;
  assert.equal(stateOf(before), 0b01);
  for (const frame of closed) assert.deepEqual(frame.pixels, before.pixels);
  assert.equal(new Set(closed.map(({ telemetry }) => telemetry[20])).size, closed.length);
  const after = frames[frames.indexOf(closed.at(-1)!) + 1]!;
  assert.equal(stateOf(after), 0b11);
  assert.notDeepEqual(after.pixels, before.pixels);
});

test("with the freeze turned off the shutter is seen", () => {
  const host = bootedHost();
  host.enableTelemetry();
  const object = host.get(0x023c, 16);
  object[4] = 0;
  assert.equal(host.set(0x023c, ...object), 0);
  assert.equal(host.run(0x0240), 0);
  host.idle();
  const [frame] = host.frames(300);
  assert.equal(stateOf(frame!), 0b10);
  assert.equal(new Set(frame!.pixels).size, 1);
});

test("a manual correction shows in FFC status, shutter position and the shutter mode object", () => {
  const host = bootedHost();
  const object = host.get(0x023c, 16);
  object[0] = 0;
  assert.equal(host.set(0x023c, ...object), 0);
  host.clock.advanceMs(200_000);
  assert.equal(host.get(0x023c, 16)[6], 1, "desired");
  assert.equal(host.run(0x0240), 0);
  assert.deepEqual(host.get(0x0244, 2), [1, 0]);
  assert.deepEqual(host.get(0x0238, 2), [2, 0]);
  assert.deepEqual(host.get(0x0204, 4).slice(0, 2), [4, 0]);
  host.clock.advanceMs(900);
  assert.deepEqual(host.get(0x0244, 2), [0, 0]);
  const after = host.get(0x023c, 16);
  assert.equal(after[6], 0);
  assert.ok(after[8]! < 100 && after[9] === 0, "elapsed time begins anew");
});

test("above 80 °C the module warns for 10 s and then stands by", () => {
  let fpaKelvin = 330;
  const host = bootedHost({ temperatures: () => ({ fpaKelvin, housingKelvin: fpaKelvin }) });
  host.enableTelemetry();
  fpaKelvin = 354;
  const frames = host.frames(9_000);
  const last = frames.at(-1)!.telemetry;
  assert.equal(last[4], 0x0010, "over-temperature");
  assert.equal(last[3]! & 0x8000, 0x8000, "shutter locked");
  host.clock.advanceMs(2_000);
  assert.equal(host.segments(500).length, 0);
  assert.deepEqual(host.get(0x0204, 4).slice(0, 2), [2, 0]);
  assert.deepEqual(host.get(0x0234, 1), [1]);
});
