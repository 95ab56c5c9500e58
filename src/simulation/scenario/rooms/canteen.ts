import { RoomDraft } from "./room-draft.ts";
import { camera, chairs, counter, door, lamps, shell, table, windowWithRadiator } from "./room-fittings.ts";
import { roomKind } from "./room-kind.ts";

/** A canteen. */
export const canteen = roomKind({
  name: "canteen",
  title: "A canteen with rows of tables, a counter and large windows.",
  furnish(random, climate) {
    const draft = new RoomDraft({
      name: "canteen",
      random,
      climate,
      width: random.between(6, 12),
      depth: random.between(8, 16),
      height: random.between(2.7, 4),
    });
    const width = random.between(2, 3.5);
    const side = draft.chance(0.5) ? 1 : -1;
    counter(draft, {
      kind: "worktop",
      wall: "far",
      along: (side * (draft.width - width)) / 2 - side * 0.4,
      width,
    });
    draft.onWall("food-display", draft.look(random.between(-8, 16), 1), {
      wall: "far",
      along: (side * (draft.width - width)) / 2 - side * 0.4,
      width: 0.7,
      low: 0.94,
      high: 1.3,
      thick: 0.3,
    });
    windowWithRadiator(draft, side > 0 ? "left" : "right");
    windowWithRadiator(draft, side > 0 ? "left" : "right");
    door(draft, side > 0 ? "right" : "left");
    lamps(draft, 3);
    const tables = 3 + random.integer(5);
    for (let i = 0; i < tables; i += 1) {
      const top = table(draft, { kind: "table", width: random.between(1.2, 1.9), depth: 0.8, height: 0.75 });
      if (top === null) continue;
      draft.surface("table", top);
      chairs(draft, top, 2);
    }
    return draft.finish({
      ...shell(draft, { transmittance: random.between(0.2, 1.2), airChangesPerHour: random.between(0.6, 8) }),
      camera: camera(draft, { lowest: 2.2, highest: 3.4 }),
    });
  },
});
