import type { FloorArea, HotPlace, Staging } from "../scenario.ts";

/** A staging in which nothing burns. */
export function nothingBurns(
  staged: Pick<Staging, "things"> & {
    readonly boxes?: Staging["boxes"];
    readonly hotPlaces?: readonly HotPlace[];
    readonly keepOff?: readonly FloorArea[];
  },
): Staging {
  return {
    boxes: staged.boxes ?? [],
    things: staged.things,
    fire: null,
    hotPlaces: staged.hotPlaces ?? [],
    cameraEvents: [],
    keepOff: staged.keepOff ?? [],
  };
}
