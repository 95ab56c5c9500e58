import type { RoomBox } from "../scene/room-layout.ts";
import type { SceneThing } from "../scene/scene-thing.ts";
import type { EpisodeLot } from "./scenario.ts";

/** What goes on in a room besides the scenario: people, warm things. */
export interface Background {
  readonly boxes: readonly RoomBox[];
  readonly things: readonly SceneThing[];
}

/**
 * Draws what goes on besides the scenario, in episodes with and without fire alike, before ignition and after: quiet in
 * some, people in others, hot things in a few.
 */
export function stageBackground(_lot: EpisodeLot): Background {
  return { boxes: [], things: [] };
}
