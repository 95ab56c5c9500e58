import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { openRecording } from "#recording/open-recording.ts";
import { demoScenario } from "#simulation/demo/demo-scenarios.ts";
import { Episode } from "#simulation/scenario/episode.ts";
import { renderEpisode } from "#simulation/scenario/render-episode.ts";
import { realRecordingsFolder } from "#support/real-recordings.ts";

/** Frames to measure on. */
export interface BenchClip {
  readonly name: string;
  readonly frames: readonly ThermalFrame[];
}

/** Fewer than a camera sends, so that enough are rendered. */
const framesPerSecond = 8.7;
const realClipPath = ["lepton35-y16-liflabuc", "thermal_20260512_151542.raw.y16.gz"];
const seed = 11;
const startMicros = Date.UTC(2026, 0, 1) * 1_000;

/** A workshop in which a fire starts after a quarter of the time, rendered from a fixed seed. */
export function renderedClip(frameCount: number): BenchClip {
  const seconds = Math.ceil(frameCount / framesPerSecond) + 1;
  const scenario = demoScenario({
    name: "bench",
    title: "A waste basket is lit.",
    room: "workshop",
    seconds,
    igniteAtSeconds: seconds / 4,
  });
  const episode = new Episode({ scenario, seed, fire: "as-staged", flameRenderer: "plume" });
  const frames: ThermalFrame[] = [];
  for (const entry of renderEpisode(episode, { startMicros })) {
    if (entry.kind === "thermal" && frames.length < frameCount) frames.push(entry.frame);
  }
  return { name: `rendered workshop with a fire, seed ${seed}`, frames };
}

/** The real Lepton 3.5 clip; null, with the reason, where the real recordings are absent. */
export async function realClip(): Promise<BenchClip | { readonly absent: string }> {
  const folder = realRecordingsFolder();
  const path = folder === null ? null : join(folder, ...realClipPath);
  if (path === null || !existsSync(path))
    return { absent: "real recordings absent: set EMBERWATCH_RECORDINGS" };
  const frames: ThermalFrame[] = [];
  for await (const entry of (await openRecording(path)).entries()) {
    if (entry.kind === "thermal") frames.push(entry.frame);
  }
  return { name: "real Lepton 3.5 clip (lepton35-y16-liflabuc)", frames };
}
