import { assert } from "#core/failure.ts";
import type { Random } from "#core/random.ts";
import type { Climate } from "../climate.ts";
import type { RoomTemplate, StagedRoom } from "../staged-room.ts";

/** A room in which nothing can be staged in view is drawn anew, this many times at most. */
const drawsMax = 50;

/** Makes a template of a function that furnishes a room and may fail to leave anything in view. */
export function roomKind(kind: {
  readonly name: string;
  readonly title: string;
  readonly furnish: (random: Random, climate: Climate) => StagedRoom | null;
}): RoomTemplate {
  return {
    name: kind.name,
    title: kind.title,
    draw(random, climate) {
      for (let i = 0; i < drawsMax; i += 1) {
        const room = kind.furnish(random, climate);
        if (room !== null) return room;
      }
      assert(false, `no ${kind.name} drawn has anything in view`);
    },
  };
}
