import { RoomDraft } from "./room-draft.ts";
import { camera, clutter, counter, cupboard, lamps, shell, socket, table } from "./room-fittings.ts";
import { roomKind } from "./room-kind.ts";

/** A production hall. */
export const hall = roomKind({
  name: "hall",
  title: "A production hall with machines, benches and a gate, up to 25 m deep.",
  furnish(random, climate) {
    const draft = new RoomDraft({
      name: "hall",
      random,
      climate,
      width: random.between(9, 18),
      depth: random.between(12, 26),
      height: random.between(4.5, 9),
    });
    counter(draft, { kind: "bench", wall: "far", along: random.between(-3.5, -2), width: 2.4 });
    draft.onWall(
      "gate",
      { celsius: draft.shellCelsius(2), stripes: { kelvin: 0.3, metres: 0.5 } },
      {
        wall: "far",
        along: random.between(1.5, 3),
        width: 3.2,
        low: 0,
        high: 3.4,
        thick: 0.06,
      },
    );
    cupboard(draft, { name: "steel-cabinet", wall: draft.chance(0.5) ? "left" : "right", high: 2 });
    socket(draft, "far");
    lamps(draft, 4);
    const machines = 2 + random.integer(4);
    for (let i = 0; i < machines; i += 1) machine(draft);
    for (let i = 0; i < 2; i += 1) {
      const top = table(draft, { kind: "bench", width: random.between(1.4, 2.2), depth: 0.8, height: 0.9 });
      if (top !== null) draft.surface("bench", top);
    }
    clutter(draft, 5);
    return draft.finish({
      ...shell(draft, { transmittance: random.between(0.3, 1.8), airChangesPerHour: random.between(0.4, 4) }),
      camera: camera(draft, { lowest: 3, highest: 6 }),
    });
  },
});

/** A machine tool: its body follows the room, its drive is warm while it runs. */
function machine(draft: RoomDraft): void {
  const { random } = draft;
  const height = random.between(1.1, 1.9);
  const spot = draft.freeSpot({ width: random.between(1, 2.4), depth: random.between(0.9, 1.5), height });
  if (spot === null) return;
  const running = draft.chance(0.5) ? random.between(4, 22) : 0.3;
  draft.box("machine", { ...draft.look(0.1 * running, 0.5), risePerMetre: 0.1 * running }, spot);
  const [left, right] = spot.x;
  draft.box("machine-drive", draft.look(running, 0.5), {
    x: [left + 0.15, Math.min(right, left + 0.55)],
    y: [0.2, 0.6],
    z: [spot.z[0] - 0.05, spot.z[0]],
  });
}
