import assert from "node:assert/strict";
import { test } from "node:test";
import { airLateMaxMicros, renderThroughDevices } from "#cli/simulate/render-through-devices.ts";
import { Episode } from "#simulation/scenario/episode.ts";
import type { EpisodeCameraOptions } from "#simulation/scenario/episode-camera.ts";
import { type EpisodeEntry, renderEpisode } from "#simulation/scenario/render-episode.ts";
import { type BurningScenarioOptions, burningScenario } from "#support/burning-scenario.ts";

const startMicros = 1_767_225_600_000_000;

interface Case extends Pick<EpisodeCameraOptions, "gainMode" | "uptimeAtStartSeconds"> {
  readonly seed: number;
  readonly seconds: number;
  readonly scenario: BurningScenarioOptions;
}

function episodeOf({ scenario, seed, seconds }: Case): Episode {
  return new Episode({
    scenario: burningScenario(scenario),
    seed,
    seconds,
    fire: "as-staged",
    flameRenderer: "plume",
  });
}

function fast(one: Case): readonly EpisodeEntry[] {
  return [...renderEpisode(episodeOf(one), { startMicros, ...one })];
}

async function throughDevices(one: Case): Promise<readonly EpisodeEntry[]> {
  const entries: EpisodeEntry[] = [];
  const troubles: string[] = [];
  const onTrouble = (text: string): void => void troubles.push(text);
  for await (const entry of renderThroughDevices(episodeOf(one), { startMicros, ...one, onTrouble }))
    entries.push(entry);
  assert.deepEqual(troubles, []);
  return entries;
}

function ofKind<Kind extends EpisodeEntry["kind"]>(
  entries: readonly EpisodeEntry[],
  kind: Kind,
): readonly Extract<EpisodeEntry, { readonly kind: Kind }>[] {
  return entries.filter((entry) => entry.kind === kind) as Extract<EpisodeEntry, { readonly kind: Kind }>[];
}

/** Compares two episodes frame for frame; gives the frames for what else a test wants to see in them. */
async function assertSame(one: Case) {
  const [ours, theirs] = [fast(one), await throughDevices(one)];
  const frames = ofKind(ours, "thermal");
  const deviceFrames = ofKind(theirs, "thermal");
  assert.equal(frames.length, deviceFrames.length);
  assert.ok(frames.length >= 8.5 * one.seconds, `${frames.length} frames`);
  frames.forEach((entry, i) => {
    const { pixels, ...rest } = entry.frame;
    const { pixels: devicePixels, ...deviceRest } = deviceFrames[i]!.frame;
    const wrong = pixels.findIndex((value, p) => value !== devicePixels[p]);
    assert.equal(wrong, -1, `frame ${i}, pixel ${wrong}: ${pixels[wrong]} and ${devicePixels[wrong]}`);
    assert.deepEqual(rest, deviceRest, `frame ${i}`);
    assert.equal(entry.atMicros, deviceFrames[i]!.atMicros);
  });
  const air = ofKind(ours, "air");
  const deviceAir = ofKind(theirs, "air").slice(0, air.length);
  assert.equal(air.length, Math.floor(one.seconds / 5));
  air.forEach(({ sample }, i) => {
    const { sampledAtMicros, ...values } = sample;
    const { sampledAtMicros: toldAtMicros, ...deviceValues } = deviceAir[i]!.sample;
    assert.deepEqual(deviceValues, values, `reading ${i}`);
    const lateMicros = toldAtMicros - sampledAtMicros;
    assert.ok(lateMicros >= 0 && lateMicros <= airLateMaxMicros, `reading ${i} is ${lateMicros} µs late`);
  });
  const order = (entries: readonly EpisodeEntry[]): string =>
    entries.flatMap(({ kind, atMicros }) => (kind === "air" ? [] : [`${atMicros} ${kind}`])).join("\n");
  assert.equal(order(theirs), order(ours));
  assert.deepEqual(ofKind(theirs, "truth"), ofKind(ours, "truth"));
  assert.deepEqual(ofKind(theirs, "channel"), ofKind(ours, "channel"));
  return frames.map(({ frame }) => frame);
}

test("emulated devices and drivers give the frames of the fast path, through an ordered correction and a fire past the ceiling", async () => {
  const frames = await assertSame({
    seed: 1,
    seconds: 8,
    scenario: {
      igniteAtSeconds: 3,
      celsius: 400,
      halfWidthPixels: 8,
      cameraEvents: [{ kind: "ffc", atSeconds: 5.03 }],
    },
  });
  const states = frames.map(({ telemetry }) => telemetry?.ffcState);
  const frozen = states.filter((state) => state === "in-progress").length;
  assert.ok(frozen === 7 || frozen === 8, `${frozen} pictures are frozen`);
  assert.equal(Math.max(...frames.at(-1)!.pixels), 45_450);
});

test("they give the same through the camera's own correction, a knock against it and a cover", async () => {
  const frames = await assertSame({
    seed: 2,
    seconds: 10,
    uptimeAtStartSeconds: 176.5,
    scenario: {
      igniteAtSeconds: 2,
      celsius: 90,
      halfWidthPixels: 5,
      cameraEvents: [
        { kind: "bumped", atSeconds: 3, panDegrees: 6, tiltDegrees: -2, rollDegrees: 3 },
        { kind: "covered", atSeconds: 7.5, seconds: 2, celsius: 30 },
      ],
    },
  });
  const states = new Set(frames.map(({ telemetry }) => telemetry?.ffcState));
  assert.deepEqual([...states], ["complete", "imminent", "in-progress"]);
});

test("they give the same when automatic gain changes to low and hundredths become tenths", async () => {
  const frames = await assertSame({
    seed: 3,
    seconds: 8,
    gainMode: "automatic",
    scenario: { igniteAtSeconds: 2, celsius: 330, halfWidthPixels: 55, cameraEvents: [] },
  });
  const last = frames.at(-1)!;
  assert.equal(last.telemetry?.effectiveGain, "low");
  assert.equal(last.telemetry?.tLinearResolutionKelvin, 0.1);
  assert.ok(Math.max(...last.pixels) > 55_000);
});
