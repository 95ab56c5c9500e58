import type { Scenario } from "../scenario/scenario.ts";
import type { RoomTemplate } from "../scenario/staged-room.ts";
import type { Point } from "../scene/pinhole-camera.ts";
import type { RoomBox, RoomSpace } from "../scene/room-layout.ts";
import { measuredFireMetres, measuredFireThing } from "./measured-fire-thing.ts";

/** How the picture of a measured fire is set up. */
export interface MeasuredScenarioOptions {
  /** Heat release in kW, one a second from ignition on. */
  readonly kilowatts: readonly number[];
  readonly igniteAtSeconds: number;
  /** Along the floor, from the lens to the fire. */
  readonly distanceMetres: number;
}

const baseHeight = 0.3;
const smallestFuelMetres = 0.6;
const roomBehindFireMetres = 1.5;
const shortestDepthMetres = 3.7;
const halfWidthMetres = 2.5;

/** A scenario that shows a measured fire in a plain room of 5 m by 2.6 m, as deep as the distance needs. */
export function measuredScenario(options: MeasuredScenarioOptions): Scenario {
  const base: Point = { x: 0.2, y: baseHeight, z: 0.05 + options.distanceMetres };
  return {
    name: "measured",
    family: "measured",
    kind: "fire",
    shows: "flaming",
    title: "A fire whose heat release was measured, in a plain room.",
    source: "The measurement that the caller gives.",
    isHotProcess: false,
    rooms: [plainRoom(options.distanceMetres)],
    shortestSeconds: 1,
    longestSeconds: 86_400,
    stage(lot) {
      const { space } = lot.room;
      const { igniteAtSeconds, kilowatts } = options;
      const fuel = fuelBox(base, { space, kilowatts });
      const fire = measuredFireThing({ kilowatts, igniteAtSeconds, base, object: fuel, room: space, lot });
      return { boxes: [fuel], things: [], fire, hotPlaces: [], cameraEvents: [] };
    },
  };
}

/** As wide as the flame gets. */
function fuelBox(
  { x, y, z }: Point,
  of: { readonly space: RoomSpace; readonly kilowatts: readonly number[] },
): RoomBox {
  const half = Math.max(smallestFuelMetres, measuredFireMetres(of.kilowatts)) / 2;
  return {
    name: "fuel",
    low: { x: x - half, y: 0, z: z - half },
    high: { x: x + half, y, z: z + half },
    look: { celsius: of.space.floor.celsius },
  };
}

function plainRoom(distanceMetres: number): RoomTemplate {
  return {
    name: "measured-room",
    title: "A plain room in which a measured fire is shown.",
    draw(_random, climate) {
      const celsius = climate.insideCelsius;
      return {
        name: "measured-room",
        space: {
          leftX: -halfWidthMetres,
          rightX: halfWidthMetres,
          depth: Math.max(shortestDepthMetres, distanceMetres + roomBehindFireMetres),
          height: 2.6,
          camera: { position: { x: 0, y: 1.9, z: 0.05 }, tiltDownDegrees: 12 },
          walls: { celsius, risePerMetre: 0.4, stripes: { kelvin: 0.12, metres: 0.6 } },
          floor: { celsius: celsius - 0.5 },
          ceiling: { celsius: celsius + 0.8 },
          boxes: [],
          airChangesPerHour: 0.5,
        },
        surfaces: [],
        wallPlaces: [],
        farthestMetres: distanceMetres,
        floorPlace: (metres) => ({ x: 0.2, y: 0, z: 0.05 + Math.min(metres, distanceMetres) }),
      };
    },
  };
}
