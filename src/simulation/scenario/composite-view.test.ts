import assert from "node:assert/strict";
import { test } from "node:test";
import type { FfcState } from "#core/frames/frame-telemetry.ts";
import { leptonHeight, leptonWidth, type ThermalFrame } from "#core/frames/thermal-frame.ts";
import { Random } from "#core/random.ts";
import { drawFrame } from "#support/drawn-frame.ts";
import { smallFireScenario } from "#support/small-fire-scenario.ts";
import { EmulatedDetector } from "../devices/emulated-detector.ts";
import { celsiusToRadiance } from "../scene/band-radiance.ts";
import { CompositeView } from "./composite-view.ts";
import { Episode } from "./episode.ts";
import { roomTemplates } from "./rooms/room-templates.ts";
import type { Scenario } from "./scenario.ts";
import { scenarioNamed } from "./scenario-library.ts";
import type { RoomTemplate } from "./staged-room.ts";

const room = new Float32Array(leptonWidth * leptonHeight).fill(celsiusToRadiance(24));
const highestCounts = 45_450;

/** Pictures of a wall of 24 °C with a detector's noise, in the place of real ones. */
function noisyPictures(count: number): readonly ThermalFrame[] {
  const detector = new EmulatedDetector(new Random(5));
  return Array.from({ length: count }, (_, i) => {
    const seen = detector.see(room, { framesPassed: 1, secondsSinceCorrection: 0.1 * i, gain: "high" });
    const at = { atMicros: i, telemetry: { ffcState: "complete" } } as const;
    return { ...drawFrame(() => 24, at), pixels: Uint16Array.from(seen, Math.round) };
  });
}

function withShutter(frame: ThermalFrame, ffcState: FfcState): ThermalFrame {
  return { ...frame, telemetry: frame.telemetry === null ? null : { ...frame.telemetry, ffcState } };
}

function episode(): Episode {
  return composedEpisode(smallFireScenario);
}

function composedEpisode(scenario: Scenario): Episode {
  const surroundings = "unknown";
  const flameRenderer = "plume";
  return new Episode({ scenario, seed: 3, fire: "as-staged", flameRenderer, surroundings, seconds: 45 });
}

/** A scenario in its office, with or without furniture and window; what happens where is the same in both. */
function inOffice(scenario: Scenario, boxes: "with-boxes" | "without-boxes"): Scenario {
  const { office } = roomTemplates;
  const draw: RoomTemplate["draw"] = (random, climate) => {
    const staged = office.draw(random, climate);
    if (boxes === "with-boxes") return staged;
    return { ...staged, space: { ...staged.space, boxes: [] } };
  };
  return { ...scenario, rooms: [{ ...office, draw }] };
}

function changedPixels(real: Uint16Array, composed: Uint16Array): number {
  return real.reduce((count, value, i) => count + (composed[i] === value ? 0 : 1), 0);
}

test("before ignition a real picture stays as it is, to the count", () => {
  const played = episode();
  const [first] = noisyPictures(1);
  const view = new CompositeView(played, first!);
  assert.deepEqual(view.compose(first!, played.igniteAtSeconds - 1), first!.pixels);
});

test("a fire changes the pixels that it covers and their neighbours, and no others", () => {
  const played = episode();
  const [first, second] = noisyPictures(2);
  const view = new CompositeView(played, first!);
  const composed = view.compose(second!, played.igniteAtSeconds + 1);
  const changed = changedPixels(second!.pixels, composed);
  assert.ok(changed >= 12 && changed < 140, `${changed} pixels changed`);
  assert.equal(
    composed.reduce((most, value) => Math.max(most, value), 0),
    highestCounts,
  );
});

test("while the real shutter is closed what is drawn stands still too", () => {
  const played = episode();
  const [first, second] = noisyPictures(2);
  const view = new CompositeView(played, first!);
  view.compose(first!, played.igniteAtSeconds - 1);
  const composed = view.compose(withShutter(second!, "in-progress"), played.igniteAtSeconds + 1);
  assert.deepEqual(composed, second!.pixels);
});

test("nothing of the scenario's own room shows: no shadow of its furniture, no outline of its window", () => {
  const [first] = noisyPictures(1);
  const composed = (["with-boxes", "without-boxes"] as const).map((boxes) => {
    const played = composedEpisode(inOffice(scenarioNamed("wastebasket"), boxes));
    return new CompositeView(played, first!).compose(first!, played.igniteAtSeconds + 15);
  });
  assert.ok(changedPixels(first!.pixels, composed[0]!) > 200, "the fire has warmed the room");
  assert.deepEqual(composed[0], composed[1]);
});

test("an episode in a room of its own is not drawn over real pictures", () => {
  const [first] = noisyPictures(1);
  const furnished = new Episode({
    scenario: smallFireScenario,
    seed: 3,
    fire: "as-staged",
    flameRenderer: "plume",
  });
  assert.throws(() => new CompositeView(furnished, first!), /surroundings are unknown/);
});
