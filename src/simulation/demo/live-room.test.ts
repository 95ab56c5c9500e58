import assert from "node:assert/strict";
import { test } from "node:test";
import { celsiusToRadiance } from "../scene/band-radiance.ts";
import type { DemoRoomKind } from "./demo-rooms.ts";
import { LiveRoom } from "./live-room.ts";

const start = 1_800_000_000_000_000;
const framePeriodMicros = 1e6 / 8.7;

function room(kind: DemoRoomKind, seed = 1): LiveRoom {
  return new LiveRoom({ seed, startMicros: start, kind });
}

function at(seconds: number): number {
  return start + Math.round(seconds * 1e6);
}

function look(of: LiveRoom, seconds: number): Float32Array {
  return of.radianceAt(at(seconds)).slice();
}

function pixelsAbove(radiance: Float32Array, celsius: number): number {
  const limit = celsiusToRadiance(celsius);
  return radiance.reduce((sum, value) => sum + (value > limit ? 1 : 0), 0);
}

test("one seed gives the same pictures and readings, another seed others", () => {
  const record = (seed: number): unknown => {
    const one = room("workshop", seed);
    one.ignite();
    return [look(one, 2), look(one, 4), one.airAt(at(4))];
  };
  assert.deepEqual(record(1), record(1));
  assert.notDeepEqual(record(1), record(2));
});

test("reading the air between pictures changes no picture, and looking changes no reading", () => {
  const [looked, read, both] = [room("occupied"), room("occupied"), room("occupied")];
  for (let i = 1; i < 40; i += 1) {
    const [between, time] = [at(0) + (i - 0.5) * framePeriodMicros, at(0) + i * framePeriodMicros];
    assert.deepEqual(both.airAt(between), read.airAt(between));
    assert.deepEqual(both.radianceAt(time), looked.radianceAt(time));
  }
});

test("a fire burns from when it is lit until it is put out, is seen within 3 s, and can be lit again", () => {
  for (const seed of [2, 8]) {
    const one = room("workshop", seed);
    const before = pixelsAbove(look(one, 20), 140);
    assert.deepEqual([one.burning, before], [false, 0]);
    one.ignite();
    assert.equal(one.burning, true);
    assert.ok(pixelsAbove(look(one, 23), 60) >= 4, `${pixelsAbove(look(one, 23), 60)} pixels after 3 s`);
    const grown = pixelsAbove(look(one, 45), 140);
    one.extinguish();
    assert.equal(one.burning, false);
    const embers = pixelsAbove(look(one, 47), 140);
    assert.ok(embers > 0 && embers < grown, `${grown} pixels, then ${embers} that glow`);
    one.ignite();
    assert.equal(one.burning, true);
    assert.ok(pixelsAbove(look(one, 60), 140) > embers);
  }
});

test("what a fire heated is cool an hour after it was put out", () => {
  const one = room("workshop", 3);
  const start = pixelsAbove(look(one, 1), 60);
  one.ignite();
  look(one, 40);
  one.extinguish();
  for (let seconds = 60; seconds <= 3_660; seconds += 100) look(one, seconds);
  assert.equal(pixelsAbove(look(one, 3_661), 60), start);
});

test("CO2 rises by what the fire gives off, late by the way and the sensor's lag", () => {
  const one = room("workshop", 6);
  look(one, 5);
  const before = one.airAt(at(5)).co2Ppm;
  one.ignite();
  look(one, 20);
  const early = one.airAt(at(20)).co2Ppm;
  look(one, 125);
  look(one, 185);
  const late = one.airAt(at(185)).co2Ppm;
  assert.ok(Math.abs(early - before) < 100, `${early - before} ppm after 15 s`);
  assert.ok(late - before > 200 && late - before < 4_000, `${late - before} ppm after 180 s`);
});

test("over ten minutes an office has people who move, and nothing much hotter than a drink", () => {
  const one = room("occupied", 10);
  const counts: number[] = [];
  for (let seconds = 1; seconds < 600; seconds += 7) {
    const radiance = look(one, seconds);
    assert.equal(pixelsAbove(radiance, 100), 0);
    counts.push(pixelsAbove(radiance, 29));
  }
  assert.ok(Math.max(...counts) > Math.min(...counts) + 100, "people come and go");
});

test("when the clock is set back or the machine sleeps, the room goes on from where it was", () => {
  const one = room("workshop", 7);
  one.ignite();
  const hot = pixelsAbove(look(one, 10), 140);
  const hourBack = pixelsAbove(look(one, 10 - 3_600), 140);
  assert.equal(hourBack, hot, "no time has passed");
  const grown = pixelsAbove(look(one, 30 - 3_600), 140);
  assert.ok(grown > hot);
  look(one, 36_000);
  assert.equal(one.burning, true, "a night asleep is at most two minutes of the fire");
});
