import { RoomDraft } from "./room-draft.ts";
import {
  camera,
  chairs,
  clutter,
  cupboard,
  door,
  lamps,
  shell,
  socket,
  table,
  windowWithRadiator,
} from "./room-fittings.ts";
import { roomKind } from "./room-kind.ts";

/** An office: desks with screens and computers, cupboards, windows over radiators. */
export const office = roomKind({
  name: "office",
  title: "An office with desks, screens, cupboards and windows over radiators.",
  furnish(random, climate) {
    const draft = new RoomDraft({
      name: "office",
      random,
      climate,
      width: random.between(3.4, 7),
      depth: random.between(4.4, 9),
      height: random.between(2.5, 3.1),
    });
    windowWithRadiator(draft, "far");
    if (draft.chance(0.5)) windowWithRadiator(draft, draft.chance(0.5) ? "left" : "right");
    door(draft, draft.chance(0.5) ? "left" : "right");
    if (draft.chance(0.7)) cupboard(draft, { name: "cupboard", wall: "right", high: 1.8 });
    socket(draft, "far");
    lamps(draft, 1 + random.integer(2));
    const desks = 1 + random.integer(Math.max(1, Math.floor((draft.width * draft.depth) / 9)));
    for (let i = 0; i < desks; i += 1) desk(draft);
    clutter(draft, 2);
    return draft.finish({
      ...shell(draft, { transmittance: random.between(0.2, 1.2), airChangesPerHour: random.between(0.4, 4) }),
      camera: camera(draft, { lowest: 1.8, highest: 2.6 }),
    });
  },
});

/** A desk with a screen on one half and room on the other, and perhaps a computer beneath. */
function desk(draft: RoomDraft): void {
  const { random } = draft;
  const top = table(draft, { kind: "desk", width: random.between(1.2, 1.7), depth: 0.75, height: 0.74 });
  if (top === null) return;
  chairs(draft, top, 1);
  const [left, right] = top.x;
  const half = (left + right) / 2;
  draft.surface("desk", { ...top, x: draft.chance(0.5) ? [half, right] : [half - 0.02, right] });
  const on = draft.chance(0.6);
  const screen = { ...draft.look(on ? random.between(5, 10) : 0.3, 0.3), risePerMetre: on ? 6 : 0 };
  draft.box("screen", screen, {
    x: [left + 0.08, left + 0.58],
    y: [0.84, 1.15],
    z: [top.z[0] + 0.3, top.z[0] + 0.34],
  });
  if (draft.chance(0.5))
    draft.box(
      "computer",
      { ...draft.look(on ? random.between(3, 9) : 0, 0.3), risePerMetre: on ? 4 : 0 },
      {
        x: [left + 0.1, left + 0.3],
        y: [0, 0.44],
        z: [top.z[0] + 0.2, top.z[0] + 0.6],
      },
    );
}
