import { nothingBurns } from "../everyday/nothing-burns.ts";
import { CastPeople } from "../people/cast-people.ts";
import { allRooms } from "../rooms/room-templates.ts";
import type { CameraEvent, Scenario } from "../scenario.ts";

/** A knock turns the camera by this, as a standard deviation, and seldom less than what can be seen (2 pixels). */
const panDegrees = 6;
const tiltDegrees = 3;
const rollDegrees = 2;
const smallestTurnDegrees = 0.7;

/** A turn in either direction. */
function turn(normal: number, degrees: number): number {
  const size = Math.max(smallestTurnDegrees, Math.abs(normal) * degrees);
  return normal < 0 ? -size : size;
}

/** The camera is knocked and hangs otherwise afterwards. */
export const cameraBumped: Scenario = {
  name: "camera-bumped",
  family: "camera-bumped",
  kind: "nuisance",
  shows: "none",
  title: "Somebody knocks against the camera once or twice; from then on it looks elsewhere.",
  source: "Our own: cleaning, ladders, doors. Size of the turn assumed.",
  isHotProcess: false,
  rooms: allRooms,
  shortestSeconds: 90,
  longestSeconds: 180,
  stage(lot) {
    const random = lot.random("bumps");
    const cast = new CastPeople(lot);
    const knocks = random.uniform() < 0.3 ? 2 : 1;
    const cameraEvents = Array.from(
      { length: knocks },
      (): CameraEvent => ({
        kind: "bumped",
        atSeconds: lot.seconds * random.between(0.25, 0.8),
        panDegrees: turn(random.normal(), panDegrees),
        tiltDegrees: turn(random.normal(), tiltDegrees),
        rollDegrees: random.normal() * rollDegrees,
      }),
    );
    const things = random.uniform() < 0.5 ? [cast.person("visits")] : [];
    return { ...nothingBurns({ things }), cameraEvents };
  },
};
