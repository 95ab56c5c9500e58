import { OpenDoor } from "../../scene/everyday/open-door.ts";
import { CastPeople } from "../people/cast-people.ts";
import { allRooms } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { nothingBurns } from "./nothing-burns.ts";
import { wallPanel } from "./wall-panel.ts";

/** An outer door opens to the weather and lets its air in over the floor. */
export const outerDoor: Scenario = {
  name: "outer-door-opens",
  family: "door",
  kind: "nuisance",
  shows: "none",
  title: "A door to the outside is opened for a while, on cold or hot weather; somebody may come in.",
  source: "Facts 4.9 for the range of weather; the floor's share and time are assumed.",
  isHotProcess: false,
  rooms: allRooms,
  shortestSeconds: 90,
  longestSeconds: 240,
  stage(lot) {
    const random = lot.random("door");
    const { insideCelsius, outsideCelsius } = lot.climate;
    const places = lot.room.wallPlaces;
    const on = places[random.integer(places.length)]!;
    const isGate = lot.room.space.height > 3.4;
    const box = wallPanel(on, {
      name: "outer-door",
      look: { celsius: insideCelsius - 0.15 * (insideCelsius - outsideCelsius) },
      width: isGate ? random.between(2.2, 3) : random.between(0.85, 1.1),
      low: 0,
      high: isGate ? random.between(2.6, 3.2) : 2.05,
      thick: 0.04,
    });
    const door = new OpenDoor({
      low: box.low,
      high: box.high,
      opensAtSeconds: lot.seconds * random.between(0.1, 0.5),
      staysOpenSeconds: random.between(6, 0.4 * lot.seconds),
      insideCelsius,
      outsideCelsius,
      movingSeconds: isGate ? random.between(4, 10) : random.between(0.8, 1.6),
    });
    const somebody = random.uniform() < 0.6 ? [new CastPeople(lot).person("visits")] : [];
    return nothingBurns({ boxes: [box], things: [door, ...somebody] });
  },
};
