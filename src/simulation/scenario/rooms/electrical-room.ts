import { RoomDraft } from "./room-draft.ts";
import { camera, counter, door, lamps, shell } from "./room-fittings.ts";
import { roomKind } from "./room-kind.ts";

/** A room of switchgear. */
export const electricalRoom = roomKind({
  name: "electrical-room",
  title: "An electrical room with a row of cabinets, a transformer and cable trays.",
  furnish(random, climate) {
    const draft = new RoomDraft({
      name: "electrical-room",
      random,
      climate,
      width: random.between(3.4, 6),
      depth: random.between(4, 9),
      height: random.between(2.6, 3.6),
    });
    const side = draft.chance(0.5) ? "left" : "right";
    cabinets(draft);
    counter(draft, { kind: "shelf", wall: "far", along: draft.leftX + 0.5, width: 0.8 });
    if (draft.chance(0.6)) transformer(draft);
    door(draft, side);
    lamps(draft, 1);
    draft.box("cable-tray", draft.look(random.between(0, 4)), {
      x: [draft.leftX, draft.rightX],
      y: [draft.height - 0.35, draft.height - 0.27],
      z: [draft.depth - 0.6, draft.depth - 0.3],
    });
    return draft.finish({
      ...shell(draft, { transmittance: random.between(0.2, 1.5), airChangesPerHour: random.between(0.5, 8) }),
      camera: camera(draft, { lowest: 1.9, highest: 2.9 }),
    });
  },
});

/** Cabinets along the far wall, each as warm as its load. */
function cabinets(draft: RoomDraft): void {
  const width = 0.8;
  const high = draft.random.between(1.8, 2.1);
  for (let x = draft.leftX + 1.4; x < draft.rightX - 0.9; x += width) {
    const load = draft.random.uniform() ** 2 * 12;
    draft.onWall(
      "electrical-cabinet",
      { ...draft.look(0.5 * load, 0.3), risePerMetre: 0.5 * load },
      {
        wall: "far",
        along: x + width / 2,
        width: width - 0.02,
        low: 0.1,
        high,
        thick: draft.random.between(0.38, 0.42),
      },
    );
  }
}

/** A dry transformer of 40 to 60 °C. */
function transformer(draft: RoomDraft): void {
  const spot = draft.freeSpot({ width: 0.8, depth: 0.6, height: 1 });
  if (spot === null) return;
  const excess = draft.random.between(14, 36);
  draft.box(
    "transformer",
    { ...draft.look(excess, 1), risePerMetre: 6, stripes: { kelvin: 1.5, metres: 0.25 } },
    spot,
  );
}
