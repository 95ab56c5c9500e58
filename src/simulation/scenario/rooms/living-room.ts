import { RoomDraft } from "./room-draft.ts";
import {
  camera,
  clutter,
  counter,
  cupboard,
  door,
  shell,
  socket,
  table,
  windowWithRadiator,
} from "./room-fittings.ts";
import { roomKind } from "./room-kind.ts";

/** A living room. */
export const livingRoom = roomKind({
  name: "living-room",
  title: "A living room with sofa, low table, sideboard with television, and shelves.",
  furnish(random, climate) {
    const draft = new RoomDraft({
      name: "living-room",
      random,
      climate,
      width: random.between(3.4, 6),
      depth: random.between(4, 8),
      height: random.between(2.3, 3.2),
    });
    const side = draft.chance(0.5) ? 1 : -1;
    sideboard(draft, side);
    windowWithRadiator(draft, side > 0 ? "left" : "right");
    if (draft.chance(0.6))
      cupboard(draft, { name: "bookcase", wall: side > 0 ? "right" : "left", high: 1.9 });
    door(draft, side > 0 ? "right" : "left");
    socket(draft, "far");
    const top = table(draft, { kind: "table", width: random.between(0.8, 1.2), depth: 0.6, height: 0.45 });
    if (top !== null) draft.surface("table", top);
    sofa(draft);
    clutter(draft, 1);
    return draft.finish({
      ...shell(draft, { transmittance: random.between(0.2, 1.4), airChangesPerHour: random.between(0.3, 2) }),
      camera: camera(draft, { lowest: 1.8, highest: 2.5 }),
    });
  },
});

function sideboard(draft: RoomDraft, side: number): void {
  const { random } = draft;
  const width = random.between(1.2, 1.8);
  const along = (side * (draft.width - width)) / 2 - side * 0.2;
  const top = counter(draft, { kind: "shelf", wall: "far", along, width });
  const on = draft.chance(0.5);
  const look = { ...draft.look(on ? random.between(4, 12) : 0.3, 0.3), risePerMetre: on ? 5 : 0 };
  draft.onWall("television", look, { wall: "far", along, width: 1.1, low: 1.2, high: 1.8, thick: 0.06 });
  if (on)
    draft.box("set-top-box", draft.look(random.between(6, 14), 1), {
      x: [along - 0.5, along - 0.25],
      y: [top.y[1], top.y[1] + 0.05],
      z: [top.z[0] + 0.2, top.z[0] + 0.4],
    });
}

function sofa(draft: RoomDraft): void {
  const spot = draft.freeSpot({ width: draft.random.between(1.5, 2.1), depth: 0.85, height: 0.45 });
  if (spot === null) return;
  const look = draft.look(0.4);
  draft.box("sofa-seat", look, spot);
  draft.box("sofa-back", look, { ...spot, y: [0.45, 0.82], z: [spot.z[1] - 0.22, spot.z[1]] });
}
