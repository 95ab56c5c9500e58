import { RoomDraft } from "./room-draft.ts";
import { camera, counter, lamps, shell, socket, windowWithRadiator } from "./room-fittings.ts";
import { roomKind } from "./room-kind.ts";

/** A corridor. */
export const corridor = roomKind({
  name: "corridor",
  title: "A corridor with doors on both sides, up to 25 m long.",
  furnish(random, climate) {
    const draft = new RoomDraft({
      name: "corridor",
      random,
      climate,
      width: random.between(2, 3.4),
      depth: random.between(8, 26),
      height: random.between(2.4, 3.2),
    });
    for (const wall of ["left", "right"] as const)
      for (let z = random.between(2, 4); z < draft.depth - 1.4; z += random.between(2.5, 4.5))
        draft.onWall("door", draft.look(-0.2, 0.8), {
          wall,
          along: z,
          width: 0.95,
          low: 0,
          high: 2.05,
          thick: 0.03,
        });
    const side = draft.chance(0.5) ? 1 : -1;
    counter(draft, { kind: "shelf", wall: "far", along: side * (draft.width / 2 - 0.4), width: 0.7 });
    if (draft.chance(0.5)) windowWithRadiator(draft, "far");
    socket(draft, "far");
    lamps(draft, 4);
    return draft.finish({
      ...shell(draft, { transmittance: random.between(0.2, 1), airChangesPerHour: random.between(0.3, 4) }),
      camera: camera(draft, { lowest: 2, highest: 2.8 }),
    });
  },
});
