import { RoomDraft } from "./room-draft.ts";
import { camera, counter, cupboard, door, lamps, shell, socket } from "./room-fittings.ts";
import { roomKind } from "./room-kind.ts";

/** A garage with its middle left free for a vehicle. */
export const garage = roomKind({
  name: "garage",
  title: "A garage for one or two cars, with workbench and shelves.",
  furnish(random, climate) {
    const draft = new RoomDraft({
      name: "garage",
      random,
      climate,
      width: random.between(4.2, 7),
      depth: random.between(7, 11),
      height: random.between(2.4, 3.2),
    });
    const width = random.between(1.4, 2.2);
    const side = draft.chance(0.5) ? 1 : -1;
    counter(draft, {
      kind: "bench",
      wall: "far",
      along: (side * (draft.width - width)) / 2 - side * 0.2,
      width,
    });
    cupboard(draft, { name: "shelves", wall: "far", high: 1.8 });
    door(draft, side > 0 ? "left" : "right");
    socket(draft, "far");
    lamps(draft, 2);
    return draft.finish({
      ...shell(draft, { transmittance: random.between(0.4, 2.5), airChangesPerHour: random.between(0.5, 5) }),
      camera: camera(draft, { lowest: 2, highest: 2.7 }),
    });
  },
});
