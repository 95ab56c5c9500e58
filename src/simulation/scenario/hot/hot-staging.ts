import type { SceneThing } from "../../scene/scene-thing.ts";
import type { HotPlace, Staging } from "../scenario.ts";
import type { HotSpot } from "./hot-spot.ts";

/** A staging without fire and without mishaps to the camera. */
export function hotStaging(staged: {
  readonly spot: HotSpot;
  readonly things: readonly SceneThing[];
  readonly hotPlaces: readonly HotPlace[];
}): Staging {
  const { spot, things, hotPlaces } = staged;
  return { boxes: spot.boxes, things, fire: null, hotPlaces, cameraEvents: [] };
}
