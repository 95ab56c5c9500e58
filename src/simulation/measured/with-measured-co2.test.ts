import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import type { EpisodeEntry } from "../scenario/render-episode.ts";
import { withMeasuredCo2 } from "./with-measured-co2.ts";

/** Readings of a modelled room that gets warmer and drier. */
const modelled: readonly EpisodeEntry[] = Array.from({ length: 60 }, (_, i) => {
  const atMicros = (i + 1) * 5_000_000;
  const sample = {
    sampledAtMicros: atMicros,
    co2Ppm: 500,
    temperatureCelsius: 21 + i,
    humidityPercent: 45 - i / 2,
  };
  return { kind: "air", atMicros, sample };
});

test("only CO2 is replaced by the measured one: temperature and humidity stay those of the room's model", () => {
  const air = (seconds: number) => ({ co2Ppm: seconds < 60 ? 420 : 6000, celsius: 21, vapour: 0.008 });
  const entries = [...withMeasuredCo2(modelled, { air, random: new Random(1), startMicros: 0 })];
  assert.equal(entries.length, modelled.length);
  const samples = entries.map((entry) => (entry.kind === "air" ? entry.sample : null));
  samples.forEach((sample, i) => {
    assert.equal(sample?.temperatureCelsius, 21 + i);
    assert.equal(sample?.humidityPercent, 45 - i / 2);
  });
  assert.ok(samples.slice(0, 12).every((sample) => Math.abs(sample!.co2Ppm - 420) < 120));
  assert.ok(Math.abs(samples.at(-1)!.co2Ppm - 6000) < 400, `${samples.at(-1)!.co2Ppm} ppm`);
});
