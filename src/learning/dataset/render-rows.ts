import { assert } from "#core/failure.ts";
import { BadPixelFinder } from "#core/features/bad-pixel-finder.ts";
import { FeatureExtractor } from "#core/features/feature-extractor.ts";
import type { FeatureKernelMaker } from "#core/features/feature-kernel.ts";
import type { FeatureSecond, RegionObservation } from "#core/features/feature-second.ts";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import type { CameraLoopsMaker } from "#simulation/devices/camera-loops.ts";
import { Episode } from "#simulation/scenario/episode.ts";
import type { EpisodeTruth } from "#simulation/scenario/episode-truth.ts";
import { renderEpisode } from "#simulation/scenario/render-episode.ts";
import type { Scenario } from "#simulation/scenario/scenario.ts";
import type { LensMaker } from "#simulation/scene/lens.ts";
import { PinholeCamera } from "#simulation/scene/pinhole-camera.ts";
import type { FireStage } from "#simulation/scene/scene-thing.ts";
import { labelNames, stageNames } from "./dataset-columns.ts";
import type { EpisodeRecipe, EpisodeRows } from "./episode-rows.ts";
import { drawOperatorMask } from "./operator-mask.ts";
import { distanceToRegion, flameBox, hotPlaceOf, hotPlacesInPicture } from "./places-in-picture.ts";
import { RowWriter } from "./row-writer.ts";

/** Episodes of a data set begin at this moment (2026-01-01T00:00:00Z): no feature depends on it. */
export const episodeStartMicros = 1_767_225_600_000_000;

const secondsPerHour = 3600;

/** What episodes are rendered with. */
export interface RenderMeans {
  /** The scenarios that recipes name. */
  readonly scenarios: readonly Scenario[];
  /** What runs the feature extractor's loops over all pixels; plain TypeScript where left out. */
  readonly kernel?: FeatureKernelMaker;
  /** What makes the emulated camera's loops over all pixels; plain TypeScript where left out. */
  readonly cameraLoops?: CameraLoopsMaker;
  /** Makes the episode's lens; plain TypeScript where left out. */
  readonly makeLens?: LensMaker;
  /** Told of each second; nobody where left out. */
  readonly watcher?: SecondWatcher;
}

/** Sets up the episode of a recipe: its scenario in the one room that the recipe names. */
export function episodeOf(
  recipe: EpisodeRecipe,
  library: readonly Scenario[],
  makeLens?: LensMaker | undefined,
): Episode {
  const scenario = library.find(({ name }) => name === recipe.scenario);
  assert(scenario !== undefined, `the library has scenario ${recipe.scenario}`);
  const rooms = scenario.rooms.filter(({ name }) => name === recipe.room);
  assert(rooms.length > 0, `${recipe.scenario} takes place in ${recipe.room}`);
  const { seed, fire, flameRenderer, seconds } = recipe;
  const igniteAtSeconds = recipe.imaginedIgnitionSeconds ?? undefined;
  return new Episode({
    scenario: { ...scenario, rooms },
    seed,
    fire,
    flameRenderer,
    seconds,
    igniteAtSeconds,
    makeLens,
  });
}

/**
 * Told of each second that closes, also of those without a picture, with what is true of it: for detectors that are to
 * be judged. `hotPlaceOf` says whether a region lies in a declared hot place (0, 1, 2: see `hotPlaceOf`).
 */
export type SecondWatcher = (
  second: FeatureSecond,
  facts: { readonly truth: EpisodeTruth; readonly hotPlaceOf: (region: RegionObservation) => 0 | 1 | 2 },
) => void;

const watchNothing: SecondWatcher = () => {};

/**
 * Renders an episode through the emulated sensors, finds its bad pixels and measures it as a device does, and gives one
 * row for each second with a valid picture. One recipe and library give the same rows, bit for bit.
 */
export function renderRows(
  recipe: EpisodeRecipe,
  { scenarios, kernel, cameraLoops, makeLens, watcher = watchNothing }: RenderMeans,
): EpisodeRows {
  const episode = episodeOf(recipe, scenarios, makeLens);
  const camera = new PinholeCamera(episode.space.camera);
  const measured = new MeasuredEpisode(recipe, { episode, camera, kernel, watcher });
  for (const entry of renderEpisode(episode, { startMicros: episodeStartMicros, loops: cameraLoops })) {
    if (entry.kind === "thermal") measured.addFrame(entry.frame);
    else if (entry.kind === "air") measured.extractor.addAir(entry.sample);
    else if (entry.kind === "truth") measured.close(entry.atMicros, entry.truth);
  }
  return measured.rows();
}

/** An episode while it goes through the feature extractor. */
class MeasuredEpisode {
  readonly extractor: FeatureExtractor;
  readonly #recipe: EpisodeRecipe;
  readonly #episode: Episode;
  readonly #finder = new BadPixelFinder({ width: leptonWidth, height: leptonHeight });
  readonly #closed: FeatureSecond[] = [];
  readonly #writer: RowWriter;
  readonly #regionFacts: (second: FeatureSecond, truth: EpisodeTruth) => readonly (readonly number[])[];
  readonly #firstSeconds = new Map<FireStage | "visible", number>();
  readonly #masked: boolean;
  readonly #watch: (second: FeatureSecond, truth: EpisodeTruth) => void;
  #blindSeconds = 0;
  /** Since the newest second ended. */
  #lowGainFrames = 0;

  constructor(
    recipe: EpisodeRecipe,
    scene: {
      readonly episode: Episode;
      readonly camera: PinholeCamera;
      readonly kernel: FeatureKernelMaker | undefined;
      readonly watcher: SecondWatcher;
    },
  ) {
    const { episode, camera, kernel } = scene;
    this.#recipe = recipe;
    this.#episode = episode;
    this.#writer = new RowWriter(episode.seconds);
    const { fire, hotPlaces } = episode.staging;
    const clear = fire === null ? null : flameBox(fire.place, camera);
    const mask = recipe.maskSeed === 0 ? null : drawOperatorMask(recipe.maskSeed, clear);
    this.#masked = mask !== null;
    this.extractor = new FeatureExtractor(
      { width: leptonWidth, height: leptonHeight, badPixels: null, mask, background: null, kernel },
      (second) => this.#closed.push(second),
    );
    const places = hotPlacesInPicture(hotPlaces, camera);
    const hourAt = ({ seconds }: EpisodeTruth) => episode.climate.hourOfDay + seconds / secondsPerHour;
    this.#watch = (second, truth) =>
      scene.watcher(second, {
        truth,
        hotPlaceOf: (region) => hotPlaceOf(region, { hourOfDay: hourAt(truth), places }),
      });
    this.#regionFacts = (second, truth) => {
      const hourOfDay = hourAt(truth);
      const base = fire === null || truth.fireDistanceMetres === null ? null : camera.project(fire.place);
      return second.regions.map((region) => [
        region.trackId,
        hotPlaceOf(region, { hourOfDay, places }),
        base === null ? Number.NaN : distanceToRegion(region, base),
      ]);
    };
  }

  addFrame(frame: Parameters<FeatureExtractor["addFrame"]>[0]): void {
    const map = this.#finder.addFrame(frame);
    if (map !== null) this.extractor.setBadPixels(map);
    this.extractor.addFrame(frame);
    if (frame.telemetry?.effectiveGain === "low") this.#lowGainFrames += 1;
  }

  /** Ends a second of the episode, whose truth stands with its features. */
  close(atMicros: number, truth: EpisodeTruth): void {
    this.extractor.advance(atMicros);
    const lowGainFrames = this.#lowGainFrames;
    this.#lowGainFrames = 0;
    const seconds = this.#closed.splice(0);
    this.#noteFirsts(truth);
    for (const second of seconds) this.#watch(second, truth);
    const second = seconds.find((one) => one.atMicros === atMicros);
    if (second === undefined || second.vector === null) {
      this.#blindSeconds += 1;
      return;
    }
    this.#writer.add(second, {
      label: labelNames.indexOf(truth.label),
      stage: stageNames.indexOf(truth.stage),
      regionFacts: this.#regionFacts(second, truth),
      second: truth.seconds,
      heatReleaseKilowatts: truth.heatReleaseKilowatts,
      flamePixels: truth.flamePixels,
      hotPixels: truth.hotPixels,
      fireDistanceMetres: truth.fireDistanceMetres ?? Number.NaN,
      lowGainFrames,
    });
  }

  #noteFirsts(truth: EpisodeTruth): void {
    const firsts = this.#firstSeconds;
    if (!firsts.has(truth.stage)) firsts.set(truth.stage, truth.seconds);
    const isVisible = truth.label === "flaming" || truth.label === "slow-heat";
    if (isVisible && !firsts.has("visible")) firsts.set("visible", truth.seconds);
  }

  rows(): EpisodeRows {
    const { climate, variation, scenario, staging, igniteAtSeconds } = this.#episode;
    const recipe = this.#recipe;
    const first = (stage: FireStage | "visible") => this.#firstSeconds.get(stage) ?? Number.NaN;
    const lit = recipe.fire === "unlit" ? "unlit" : "lit";
    return {
      words: {
        split: recipe.split,
        scenario: scenario.name,
        family: scenario.family,
        kind: scenario.kind,
        shows: scenario.shows,
        room: recipe.room,
        fire: staging.fire === null ? "none" : lit,
        flame_renderer: recipe.flameRenderer,
        gain_mode: variation.gainMode,
        origin: "simulation",
      },
      numbers: {
        episode: recipe.episode,
        pair: recipe.pair,
        seed: recipe.seed,
        is_hot_process: scenario.isHotProcess ? 1 : 0,
        mask: this.#masked ? recipe.maskSeed : 0,
        length_s: recipe.seconds,
        ignite_at_s: igniteAtSeconds,
        first_visible_heat_s: first("visible"),
        incipient_from_s: first("incipient"),
        smouldering_from_s: first("smouldering"),
        flaming_from_s: first("flaming"),
        cooling_from_s: first("cooling"),
        hour_of_day: climate.hourOfDay,
        inside_celsius: climate.insideCelsius,
        start_co2_ppm: climate.co2Ppm,
        growth_factor: variation.growthFactor,
        unit_bias_kelvin: variation.unitBiasKelvin,
      },
      ...this.#writer.finish(),
      blindSeconds: this.#blindSeconds,
    };
  }
}
