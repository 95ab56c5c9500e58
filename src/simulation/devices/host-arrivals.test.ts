import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { HostArrivals, type HostManner } from "./host-arrivals.ts";

const periodMicros = 113_208;

/** A host of this manner; which one a seed makes is its own affair. */
function hostOf(manner: HostManner): HostArrivals {
  for (let seed = 1; seed < 50; seed += 1) {
    const host = new HostArrivals(new Random(seed));
    if (host.manner === manner) return host;
  }
  throw new Error(`No seed makes a ${manner} host.`);
}

function arrivals(manner: HostManner, count: number): readonly number[] {
  const host = hostOf(manner);
  return Array.from({ length: count }, (_, i) => host.arrivalMicros(i * periodMicros) / 1_000);
}

function gaps(times: readonly number[]): readonly number[] {
  return times.slice(1).map((time, i) => time - times[i]!);
}

test("a polling host's gaps are three or four of its looks, as in the real recording", () => {
  const all = gaps(arrivals("polling", 400));
  const usual = all.filter((gap) => Math.abs(gap - 96.6) < 4 || Math.abs(gap - 128.8) < 4);
  assert.ok(usual.length > 0.95 * all.length, `${usual.length} of ${all.length}`);
  assert.ok(usual.some((gap) => gap < 100) && usual.some((gap) => gap > 120));
});

test("a prompt host has each picture within 6 ms", () => {
  const times = arrivals("prompt", 400);
  const late = times.filter((time, i) => time - (i * periodMicros) / 1_000 > 6);
  assert.ok(late.length <= 12, `${late.length} are later`);
});

test("after a stall what has waited comes out every 15 ms, nothing is lost and nothing overtakes", () => {
  for (const manner of ["prompt", "polling"] as const) {
    const times = arrivals(manner, 9_000);
    const all = gaps(times);
    assert.ok(Math.max(...all) > 150, "there are stalls");
    assert.ok(Math.max(...all) < 600, `${Math.max(...all)}`);
    assert.ok(Math.min(...all) >= 15 - 1e-9, `${Math.min(...all)}`);
    for (const [i, time] of times.entries()) assert.ok(time >= (i * periodMicros) / 1_000);
  }
});
