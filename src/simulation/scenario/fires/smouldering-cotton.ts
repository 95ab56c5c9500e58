import { fireCourse } from "../../fire/fire-course.ts";
import { timeStretch } from "../../fire/fire-growth.ts";
import { fuels, smoulderingFuels } from "../../fire/fuel.ts";
import { TimeCurve } from "../../fire/time-curve.ts";
import type { RoomBox } from "../../scene/room-layout.ts";
import { allRooms } from "../rooms/room-templates.ts";
import type { EpisodeLot, Scenario } from "../scenario.ts";
import { placeOnFloor, raised } from "./fire-places.ts";
import { stageFire } from "./stage-fire.ts";

const wicksKilograms = 90 * 0.003;
const ringHeightMetres = 0.35;
const hookHeightMetres = 1.1;
const ringMetres = 0.1;

/** TF3. */
export const smoulderingCotton: Scenario = {
  name: "smouldering-cotton",
  family: "smouldering-cotton",
  kind: "fire",
  shows: "slow-heat",
  title: "Cotton wicks that hang from a ring glow from below.",
  source:
    "Test fire TF3 (facts §5.1: 80 cm wicks on a 10 cm ring hung at about 1 m; 90 of 3 g [M]); heavy CO (facts §5.1).",
  isHotProcess: false,
  rooms: allRooms,
  shortestSeconds: 240,
  longestSeconds: 720,
  stage(lot) {
    const random = lot.random("wicks");
    const { place } = placeOnFloor(lot);
    const base = raised(place, ringHeightMetres);
    const stretch = timeStretch(lot.variation.growthFactor);
    const kilowatts = random.between(0.8, 2);
    const energy = wicksKilograms * smoulderingFuels.cotton.heatOfCombustionKilojoulesPerKilogram;
    const rise = 150 * stretch;
    const steady = (0.85 * energy) / kilowatts - rise / 2;
    const fall = (0.3 * energy) / kilowatts;
    const end = rise + steady + fall;
    // Embers are at 500 to 600 °C; between the wicks one sees through.
    const excess = random.between(220, 480);
    return stageFire(lot, {
      course: fireCourse({
        smoulder: new TimeCurve([
          [0, 0.02],
          [rise, kilowatts],
          [rise + steady, kilowatts],
          [end, 0],
        ]),
        fuelExcessKelvin: new TimeCurve([
          [0, 0.2 * excess],
          [rise, excess],
          [rise + steady, excess],
          [end, 0.2 * excess],
        ]),
        fuelDiameter: new TimeCurve([
          [0, 0.4 * ringMetres],
          [rise, 1.2 * ringMetres],
          [end, 1.2 * ringMetres],
        ]),
      }),
      fuel: fuels.paper,
      smoulderingFuel: smoulderingFuels.cotton,
      base,
      facing: { x: 0, y: 0, z: -1 },
      widestMetres: 1.2 * ringMetres,
      boxes: [wicks(lot, place)],
    });
  },
};

/** The bundle of wicks above the embers. */
function wicks(lot: EpisodeLot, place: { readonly x: number; readonly z: number }): RoomBox {
  const half = ringMetres / 2;
  return {
    name: "wicks",
    look: { celsius: lot.climate.insideCelsius },
    low: { x: place.x - half, y: ringHeightMetres, z: place.z + 0.02 },
    high: { x: place.x + half, y: hookHeightMetres, z: place.z + ringMetres },
  };
}
