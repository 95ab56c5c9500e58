import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { FeatureExtractor } from "#core/features/feature-extractor.ts";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { physicsVersion } from "#simulation/physics-version.ts";
import { Episode } from "#simulation/scenario/episode.ts";
import { renderEpisode } from "#simulation/scenario/render-episode.ts";
import { scenarioNamed } from "#simulation/scenario/scenario-library.ts";

/**
 * What some seconds of some scenarios come to, pictures, readings, truth and features together, by version of the
 * physics. Only the newest is kept: it is what recordings and data sets of this version hold.
 */
const golden: Readonly<Record<string, string>> = { "6": "7a78043d088387077ad60e3daae69149" };

const startMicros = 1_767_225_600_000_000;
const seconds = 6;
/** Flames by both renderers, embers, a heated pan, gases only, people, sun, a stove, and what happens to the camera. */
const played = [
  ["wood-crib", "plume"],
  ["lithium-ion-pack", "billow"],
  ["grease-pan", "plume"],
  ["hidden-fire", "plume"],
  ["crowd-stands", "plume"],
  ["sun-between-clouds", "plume"],
  ["gas-stove", "plume"],
  ["camera-bumped", "plume"],
] as const;

/** Features as data sets keep them, absent values as one number: NaN has many bit patterns. */
function kept(values: Float64Array): Float32Array {
  return Float32Array.from(values, (value) => (Number.isNaN(value) ? Number.MIN_SAFE_INTEGER : value));
}

function hashOfEpisode(
  hash: ReturnType<typeof createHash>,
  [name, flameRenderer]: (typeof played)[number],
): void {
  const scenario = scenarioNamed(name);
  const episode = new Episode({ scenario, seed: 11, seconds, fire: "as-staged", flameRenderer });
  const extractor = new FeatureExtractor(
    { width: leptonWidth, height: leptonHeight, badPixels: null, mask: null, background: null },
    (second) => {
      if (second.vector !== null) hash.update(kept(second.vector));
      for (const { features } of second.regions) hash.update(kept(features));
    },
  );
  for (const entry of renderEpisode(episode, { startMicros })) {
    if (entry.kind === "thermal") {
      const { pixels, telemetry, capturedAtMicros } = entry.frame;
      hash
        .update(pixels)
        .update(telemetry?.words ?? "")
        .update(String(capturedAtMicros));
      extractor.addFrame(entry.frame);
      continue;
    }
    hash.update(JSON.stringify(entry));
    if (entry.kind === "air") extractor.addAir(entry.sample);
    if (entry.kind === "truth") extractor.advance(entry.atMicros);
  }
}

test("one version of the physics gives the same bytes: what changes them raises the version", () => {
  const hash = createHash("sha256");
  for (const one of played) hashOfEpisode(hash, one);
  const found = hash.digest("hex").slice(0, 32);
  assert.equal(
    found,
    golden[physicsVersion],
    `Version ${physicsVersion} of the physics gives other bytes than it did. If you meant that, raise physicsVersion ` +
      `(src/simulation/physics-version.ts; once between two releases is enough) and write { "${physicsVersion}": "${found}" } here, ` +
      "with the new number.",
  );
});
