import type { Random } from "#core/random.ts";
import type { Point } from "../scene/pinhole-camera.ts";
import type { RoomSpace } from "../scene/room-layout.ts";
import type { Climate } from "./climate.ts";

/** A level place where things can stand: a desk, a worktop, a shelf. */
export interface Surface {
  readonly kind: "desk" | "worktop" | "bench" | "shelf" | "table";
  /** Middle of its top. */
  readonly place: Point;
  readonly halfWidthMetres: number;
  readonly halfDepthMetres: number;
}

/** A room as it stands in one episode: its own measures, furniture and warmth. */
export interface StagedRoom {
  readonly name: string;
  readonly space: RoomSpace;
  readonly surfaces: readonly Surface[];
  /** Wall places in view at reach height: sockets, radiators, cabinets, windows hang there. `facing` is the wall's own normal. */
  readonly wallPlaces: readonly { readonly place: Point; readonly facing: Point }[];
  /** How far from the camera the farthest place in view on the floor is, in metres along the floor. */
  readonly farthestMetres: number;
  /** A free place on the floor in view, about this far from the camera (at most `farthestMetres`), clear of furniture by half a metre. */
  floorPlace(distanceMetres: number, random: Random): Point;
}

/** A kind of room, from which rooms are drawn that differ in measures, furniture, materials and warmth. */
export interface RoomTemplate {
  readonly name: string;
  /** One sentence for people: "A kitchen with worktop, stove and oven." */
  readonly title: string;
  /** Draws a room; one random stream and climate give one room. */
  draw(random: Random, climate: Climate): StagedRoom;
}
