import { basename } from "node:path";
import { badInput } from "#core/failure.ts";
import { leptonHeight, leptonWidth, type ThermalFrame } from "#core/frames/thermal-frame.ts";
import { loopTimeLine } from "#recording/loop-time-line.ts";
import type { Recording } from "#recording/recording.ts";
import { Episode } from "#simulation/scenario/episode.ts";
import { renderComposite } from "#simulation/scenario/render-composite.ts";
import type { FlameRenderer, Scenario } from "#simulation/scenario/scenario.ts";
import { episodeOrigin } from "./episode-origin.ts";
import type { SimulatedTimeLine } from "./simulated-time-line.ts";

/** What a composite is made of. */
export interface CompositeOrders {
  /** Real pictures, from beginning to end and over again until the episode ends. */
  readonly recording: Recording;
  readonly scenario: Scenario;
  readonly seed: number;
  readonly flameRenderer: FlameRenderer;
  /** Length instead of one drawn by the seed. */
  readonly seconds: number | null;
  readonly startMicros: number;
}

/** A scenario over real pictures, ready to be recorded, and the episode that is played. */
export interface Composite {
  readonly episode: Episode;
  readonly line: Omit<SimulatedTimeLine, "onSecond">;
}

/**
 * Puts a scenario over the pictures of a real recording; the air is as warm as the middle of its first picture. Throws
 * `Failure` ("not-a-scene") for a recording whose pictures are no temperatures or not a Lepton's.
 */
export async function composite(orders: CompositeOrders): Promise<Composite> {
  const { recording, scenario, seed, seconds, startMicros } = orders;
  const first = await firstTemperatures(recording);
  const episode = new Episode({
    scenario,
    seed,
    fire: "as-staged",
    flameRenderer: orders.flameRenderer,
    // Real pictures have a room of their own, and what goes on in it.
    surroundings: "unknown",
    background: "none",
    climate: { insideCelsius: middleCelsius(first) },
    ...(seconds === null ? {} : { seconds }),
  });
  const details = { background: basename(recording.path), real: "pictures", modelled: "scenario, air" };
  const pictures = (): AsyncIterable<ThermalFrame> =>
    picturesFrom(recording, { startMicros, seconds: episode.seconds });
  return {
    episode,
    line: {
      startMicros,
      origin: episodeOrigin(episode, { kind: "composite", seed, details }),
      entries: () => renderComposite(episode, { startMicros, pictures: pictures() }),
    },
  };
}

async function firstTemperatures(recording: Recording): Promise<ThermalFrame> {
  const { path, width, height, unit } = recording;
  if (width === leptonWidth && height === leptonHeight && unit === "centikelvin")
    for await (const entry of recording.entries()) if (entry.kind === "thermal") return entry.frame;
  throw badInput(
    "not-a-scene",
    `Nothing can be drawn over ${path}: it needs pictures of ${leptonWidth}×${leptonHeight} temperatures.`,
  );
}

/** The recording's pictures, over and over, moved to a start and counted anew. */
async function* picturesFrom(
  recording: Recording,
  to: { readonly startMicros: number; readonly seconds: number },
): AsyncGenerator<ThermalFrame> {
  let shiftMicros: number | null = null;
  let frameCounter = 0;
  for await (const entry of loopTimeLine(() => recording.entries(), { seconds: to.seconds })) {
    if (entry.kind !== "thermal") continue;
    shiftMicros ??= to.startMicros - entry.atMicros;
    yield { ...entry.frame, frameCounter, capturedAtMicros: entry.atMicros + shiftMicros };
    frameCounter += 1;
  }
}

function middleCelsius({ pixels }: ThermalFrame): number {
  const sorted = Uint16Array.from(pixels).sort();
  return sorted[sorted.length >> 1]! / 100 - 273.15;
}
