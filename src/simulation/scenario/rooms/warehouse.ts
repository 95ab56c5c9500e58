import { RoomDraft, type Wall } from "./room-draft.ts";
import { camera, lamps, shell, socket, table } from "./room-fittings.ts";
import { roomKind } from "./room-kind.ts";

const baySpacingMetres = 2.8;
const palletHeightMetres = 1.1;

/** A warehouse aisle between pallet racks. */
export const warehouse = roomKind({
  name: "warehouse",
  title: "A warehouse: an aisle between pallet racks, up to 25 m deep.",
  furnish(random, climate) {
    const draft = new RoomDraft({
      name: "warehouse",
      random,
      climate,
      width: random.between(8, 14),
      depth: random.between(14, 26),
      height: random.between(5, 9),
    });
    for (const wall of ["left", "right"] as const) rack(draft, wall);
    draft.onWall(
      "dock-door",
      { celsius: draft.shellCelsius(1.8), risePerMetre: 0.4 },
      {
        wall: "far",
        along: random.between(-1, 1),
        width: 2.6,
        low: 0,
        high: 3,
        thick: 0.05,
      },
    );
    socket(draft, "far");
    lamps(draft, 4);
    const top = table(draft, { kind: "table", width: 1.4, depth: 0.8, height: 0.9 });
    if (top !== null) draft.surface("table", top);
    return draft.finish({
      ...shell(draft, { transmittance: random.between(0.3, 1.5), airChangesPerHour: random.between(0.3, 3) }),
      camera: camera(draft, { lowest: 3, highest: 6 }),
    });
  },
});

/** Pallets on the floor and on two levels of shelves above. */
function rack(draft: RoomDraft, wall: Wall): void {
  const { random } = draft;
  for (let z = random.between(4, 6); z < draft.depth - 1.6; z += baySpacingMetres) {
    for (let level = 0; level < 3; level += 1) {
      const low = level * 1.6;
      const spot = { wall, along: z, width: baySpacingMetres - 0.1, thick: 1.1 };
      if (level > 0) draft.onWall("rack-beam", draft.look(-0.3), { ...spot, low: low - 0.14, high: low });
      if (!draft.chance(0.7)) continue;
      const high = low + palletHeightMetres * random.between(0.5, 1.1);
      draft.onWall("pallet", draft.look(0.25 * level - 0.4, 0.5), {
        ...spot,
        width: 2.3,
        low,
        high,
        thick: 1,
      });
    }
  }
  const bay = draft.extentsOf({
    wall,
    along: draft.depth - 0.9,
    width: 1,
    low: 0,
    high: 0.9,
    thick: 1,
  });
  draft.box("shelf", draft.look(0), bay);
  draft.surface("shelf", bay);
}
