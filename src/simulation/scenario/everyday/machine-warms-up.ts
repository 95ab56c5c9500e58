import { airRelease } from "../../scene/air-release.ts";
import { slowWave } from "../../scene/everyday/slow-wave.ts";
import { WarmedBox } from "../../scene/everyday/warmed-box.ts";
import type { RoomBox } from "../../scene/room-layout.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { nothingBurns } from "./nothing-burns.ts";

/** Facts 4.8: industrial motor or bearing, 40 to 110 °C. */
const motorCelsius = [40, 110] as const;
const warmingSeconds = [90, 900] as const;

/** A machine is started and its motor warms up. */
export const machineWarmsUp: Scenario = {
  name: "machine-warms-up",
  family: "machine",
  kind: "nuisance",
  shows: "none",
  title: "A machine is switched on; its motor warms up and its load wavers.",
  source: "Facts 4.8: motors 40 to 110 °C, fixed.",
  isHotProcess: false,
  rooms: [
    roomTemplates.workshop,
    roomTemplates.hall,
    roomTemplates.garage,
    roomTemplates.electricalRoom,
    roomTemplates.warehouse,
  ],
  shortestSeconds: 180,
  longestSeconds: 420,
  stage(lot) {
    const random = lot.random("machine");
    const { insideCelsius } = lot.climate;
    const { x, z } = lot.room.floorPlace(random.between(2, lot.room.farthestMetres), random);
    const wide = random.between(0.25, 0.5);
    const tall = random.between(0.5, 1.2);
    const body: RoomBox = {
      name: "machine-body",
      look: { celsius: insideCelsius },
      low: { x: x - wide, y: 0, z: z - 0.3 },
      high: { x: x + wide, y: tall, z: z + 0.3 },
    };
    const motor: RoomBox = {
      name: "machine-motor",
      look: { celsius: insideCelsius, stripes: { kelvin: 0.3, metres: 0.06 } },
      low: { x: x - 0.18, y: tall, z: z - 0.15 },
      high: { x: x + 0.18, y: tall + 0.28, z: z + 0.15 },
    };
    const full = Math.max(10, random.between(...motorCelsius) - insideCelsius);
    const onAtSeconds = random.between(-60, 0.4 * lot.seconds);
    const warming = random.between(...warmingSeconds);
    const load = slowWave(random, { shortestSeconds: 20, longestSeconds: 120 });
    const risen = (seconds: number): number =>
      seconds < onAtSeconds ? 0 : -Math.expm1(-(seconds - onAtSeconds) / warming);
    const kilowatts = random.between(0.3, 3);
    const things = [
      new WarmedBox({
        ...motor,
        kelvinAt: (seconds) => full * risen(seconds) * (0.94 + 0.06 * load(seconds)),
        releaseAt: (seconds) =>
          airRelease({
            place: { x, y: tall + 0.3, z },
            diameterMetres: 0.35,
            heatKilowatts: seconds < onAtSeconds ? 0 : kilowatts * (0.2 + 0.8 * risen(seconds)),
            radiativeFraction: 0.4,
          }),
      }),
      new WarmedBox({ ...body, kelvinAt: (seconds, share) => 0.15 * full * share.up * risen(seconds - 60) }),
    ];
    return nothingBurns({ boxes: [body, motor], things });
  },
};
