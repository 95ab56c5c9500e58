import { RoomDraft, type Wall } from "./room-draft.ts";
import { camera, chairs, counter, door, lamps, shell, table, windowWithRadiator } from "./room-fittings.ts";
import { roomKind } from "./room-kind.ts";

/** A kitchen of a flat or a small restaurant. */
export const kitchen = roomKind({
  name: "kitchen",
  title: "A kitchen with worktops, hanging cupboards, a refrigerator and a table.",
  furnish(random, climate) {
    const draft = new RoomDraft({
      name: "kitchen",
      random,
      climate,
      width: random.between(3.2, 5),
      depth: random.between(3.8, 6.5),
      height: random.between(2.4, 2.9),
    });
    const width = draft.width * random.between(0.55, 0.8);
    const side = draft.chance(0.5) ? 1 : -1;
    const along = (side * (draft.width - width)) / 2;
    counter(draft, { kind: "worktop", wall: "far", along, width });
    hangingCupboards(draft, { along, width });
    refrigerator(draft, side > 0 ? "left" : "right");
    if (draft.chance(0.7)) windowWithRadiator(draft, side > 0 ? "right" : "left");
    door(draft, side > 0 ? "left" : "right");
    lamps(draft, 1);
    const top = table(draft, { kind: "table", width: random.between(0.8, 1.4), depth: 0.75, height: 0.75 });
    if (top !== null) {
      draft.surface("table", top);
      chairs(draft, top, 2);
    }
    return draft.finish({
      ...shell(draft, { transmittance: random.between(0.2, 1.4), airChangesPerHour: random.between(0.4, 6) }),
      camera: camera(draft, { lowest: 1.8, highest: 2.4 }),
    });
  },
});

function hangingCupboards(draft: RoomDraft, at: { readonly along: number; readonly width: number }): void {
  const high = Math.min(draft.height - 0.1, 2.2);
  if (!draft.chance(0.75)) return;
  draft.onWall("hanging-cupboards", draft.look(0.4), { wall: "far", ...at, low: 1.45, high, thick: 0.34 });
}

/** Its sides carry the condenser's heat. */
function refrigerator(draft: RoomDraft, wall: Wall): void {
  draft.onWall(
    "refrigerator",
    { ...draft.look(draft.random.between(0.5, 4), 0.3), risePerMetre: 0.4 },
    {
      wall,
      along: draft.depth - 0.45,
      width: 0.6,
      low: 0,
      high: draft.random.between(0.85, 1.9),
      thick: 0.62,
    },
  );
}
