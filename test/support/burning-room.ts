import assert from "node:assert/strict";
import { TwoZoneRoom } from "#simulation/fire/two-zone-room.ts";
import type { AirRelease } from "#simulation/scene/scene-thing.ts";
import { bareRoom } from "./bare-room.ts";

/** Places in the room of 60 m³: over its middle, in a corner, and where an air sensor hangs. */
export const places = {
  middle: { x: 2.5, y: 0.3, z: 2.5 },
  atEnd: { x: 2.5, y: 0.3, z: 4.8 },
  corner: { x: 4.8, y: 0.3, z: 4.8 },
  sensor: { x: 2.8, y: 1.5, z: 0.05 },
} as const;

/** The room of the published table: 5 m by 5 m by 2.4 m, 20 °C inside and 5 °C outside. */
export function burningRoom(airChangesPerHour: number, outdoorCo2Ppm = 420): TwoZoneRoom {
  return new TwoZoneRoom({
    space: bareRoom({ widthMetres: 5, depthMetres: 5, heightMetres: 2.4, airChangesPerHour }),
    celsius: 20,
    outdoorCelsius: 5,
    humidityPercent: 40,
    co2Ppm: 420,
    outdoorCo2Ppm,
  });
}

/** A wood-like fire: 90 g of CO2 per MJ. */
export function woodFire(kilowatts: number, place: AirRelease["place"] = places.middle): AirRelease {
  return {
    place,
    diameterMetres: 0.3,
    heatKilowatts: kilowatts,
    radiativeFraction: 0.35,
    co2KilogramsPerSecond: 9e-5 * kilowatts,
    coKilogramsPerSecond: 4e-7 * kilowatts,
    sootKilogramsPerSecond: 1e-6 * kilowatts,
    waterKilogramsPerSecond: 3e-5 * kilowatts,
  };
}

/** A fire's gases without any heat, as the published table has them. */
export function coldSource(co2KilogramsPerSecond: number): AirRelease {
  return { ...woodFire(0), co2KilogramsPerSecond };
}

/** Fails where a number is farther from the expected one than a share of it. */
export function assertNear(actual: number, expected: number, share: number): void {
  assert.ok(Math.abs(actual - expected) <= share * Math.abs(expected), `${actual} instead of ${expected}`);
}
