import { RoomDraft } from "./room-draft.ts";
import { camera, clutter, counter, cupboard, door, lamps, shell, socket, table } from "./room-fittings.ts";
import { roomKind } from "./room-kind.ts";

/** A workshop. */
export const workshop = roomKind({
  name: "workshop",
  title: "A workshop with benches, tool board, steel cabinets, a compressor and a roller door.",
  furnish(random, climate) {
    const draft = new RoomDraft({
      name: "workshop",
      random,
      climate,
      width: random.between(4.5, 9),
      depth: random.between(5.5, 12),
      height: random.between(2.7, 4.5),
    });
    const width = random.between(1.6, 2.6);
    const side = draft.chance(0.5) ? 1 : -1;
    const along = side * (draft.width / 2 - width / 2 - random.between(0.1, 0.6));
    counter(draft, { kind: "bench", wall: "far", along, width });
    const stripes = { kelvin: random.between(0.2, 0.7), metres: 0.23 };
    draft.onWall(
      "tool-board",
      { ...draft.look(0.2), stripes },
      {
        wall: "far",
        along,
        width: width * 0.7,
        low: 1.25,
        high: 1.9,
        thick: 0.04,
      },
    );
    if (draft.chance(0.6)) rollerDoor(draft, side);
    cupboard(draft, { name: "steel-cabinet", wall: side > 0 ? "left" : "right", high: 1.9 });
    door(draft, side > 0 ? "right" : "left");
    socket(draft, "far");
    lamps(draft, 2);
    if (draft.chance(0.7)) compressor(draft);
    const top = table(draft, { kind: "bench", width: random.between(1.2, 2), depth: 0.8, height: 0.88 });
    if (top !== null) draft.surface("bench", top);
    clutter(draft, 3);
    return draft.finish({
      ...shell(draft, { transmittance: random.between(0.3, 2), airChangesPerHour: random.between(0.5, 6) }),
      camera: camera(draft, { lowest: 2, highest: 3.6 }),
    });
  },
});

function rollerDoor(draft: RoomDraft, side: number): void {
  const width = Math.min(2.4, draft.width / 2 - 0.3);
  const stripes = { kelvin: 0.3, metres: draft.random.between(0.2, 0.5) };
  draft.onWall(
    "roller-door",
    { celsius: draft.shellCelsius(3), risePerMetre: 0.8, stripes },
    {
      wall: "far",
      along: -side * (draft.width / 2 - width / 2 - 0.15),
      width,
      low: 0,
      high: 2.4,
      thick: 0.04,
    },
  );
}

/** A compressor whose motor may have been running. */
function compressor(draft: RoomDraft): void {
  const spot = draft.freeSpot({ width: 0.9, depth: 0.5, height: 0.55 });
  if (spot === null) return;
  const running = draft.chance(0.5) ? draft.random.between(8, 30) : 0.5;
  draft.box(
    "compressor",
    { ...draft.look(0.2 * running), risePerMetre: 0.1 * running },
    {
      ...spot,
      y: [0.1, 0.55],
    },
  );
  const [left] = spot.x;
  draft.box("compressor-motor", draft.look(running, 1), {
    x: [left + 0.15, left + 0.45],
    y: [0.55, 0.85],
    z: [spot.z[0] + 0.1, spot.z[1] - 0.1],
  });
}
