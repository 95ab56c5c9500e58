import type { Random } from "#core/random.ts";
import type { CameraPose } from "../../scene/pinhole-camera.ts";
import type { RoomBox, SurfaceLook } from "../../scene/room-layout.ts";
import type { Climate } from "../climate.ts";
import type { StagedRoom, Surface } from "../staged-room.ts";
import { stageRoom } from "./stage-room.ts";

/** The walls that a camera on the near wall can look at. */
export type Wall = "far" | "left" | "right";

/** Extents of a box along the three axes, each from and to, in metres. */
export interface Extents {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly z: readonly [number, number];
}

/** Where something stands against a wall or hangs on it, in metres. */
export interface WallSpot {
  readonly wall: Wall;
  /** Middle along the wall: x on the far wall, z on the others. */
  readonly along: number;
  readonly width: number;
  readonly low: number;
  readonly high: number;
  /** How far it reaches into the room. */
  readonly thick: number;
}

/** Heat transfer resistance between room and inner surface in m²·K·W⁻¹ (ISO 6946, horizontal heat flow). */
const innerResistance = 0.13;
/** Free-standing furniture keeps this far from walls and other furniture, and farther from the camera. */
const passageMetres = 0.55;
const cameraClearanceMetres = 1.9;
const placingTries = 40;
/** A long top is divided into pieces of about this length. */
const surfacePieceMetres = 0.75;

/** Options of `RoomDraft`. */
export interface RoomDraftOptions {
  readonly name: string;
  readonly random: Random;
  readonly climate: Climate;
  readonly width: number;
  readonly depth: number;
  readonly height: number;
}

/** A room while it is being furnished. */
export class RoomDraft {
  readonly name: string;
  readonly random: Random;
  readonly climate: Climate;
  readonly width: number;
  readonly depth: number;
  readonly height: number;
  readonly leftX: number;
  readonly rightX: number;
  readonly #boxes: RoomBox[] = [];
  readonly #surfaces: Surface[] = [];

  constructor(options: RoomDraftOptions) {
    this.name = options.name;
    this.random = options.random;
    this.climate = options.climate;
    this.width = options.width;
    this.depth = options.depth;
    this.height = options.height;
    this.leftX = -options.width / 2;
    this.rightX = options.width / 2;
  }

  /** True with this probability. */
  chance(share: number): boolean {
    return this.random.uniform() < share;
  }

  /** A surface that is warmer than the room's air by this much, within ±`spreadKelvin`. */
  look(excessKelvin = 0, spreadKelvin = 0.4): SurfaceLook {
    return {
      celsius: this.climate.insideCelsius + excessKelvin + this.random.between(-spreadKelvin, spreadKelvin),
    };
  }

  /** Inner surface of a part of the outer shell with this thermal transmittance in W·m⁻²·K⁻¹ (ISO 6946). */
  shellCelsius(transmittance: number): number {
    const { insideCelsius, outsideCelsius } = this.climate;
    return insideCelsius - (insideCelsius - outsideCelsius) * Math.min(0.85, transmittance * innerResistance);
  }

  /** Adds a box. */
  box(name: string, look: SurfaceLook, extents: Extents): RoomBox {
    const { x, y, z } = extents;
    const made = {
      name,
      look,
      low: { x: x[0], y: y[0], z: z[0] },
      high: { x: x[1], y: y[1], z: z[1] },
    };
    this.#boxes.push(made);
    return made;
  }

  /** Adds a box that stands against a wall or hangs on it. */
  onWall(name: string, look: SurfaceLook, spot: WallSpot): RoomBox {
    return this.box(name, look, this.extentsOf(spot));
  }

  /** Makes the free part of a top a place where things can stand; a long one is several. */
  surface(kind: Surface["kind"], top: Extents): void {
    const [width, depth] = [top.x[1] - top.x[0], top.z[1] - top.z[0]];
    const pieces = Math.max(1, Math.floor(Math.max(width, depth) / surfacePieceMetres));
    const [acrossX, acrossZ] = width >= depth ? [pieces, 1] : [1, pieces];
    for (let i = 0; i < pieces; i += 1) {
      const share = (i + 0.5) / pieces;
      this.#surfaces.push({
        kind,
        place: {
          x: top.x[0] + width * (acrossX === 1 ? 0.5 : share),
          y: top.y[1],
          z: top.z[0] + depth * (acrossZ === 1 ? 0.5 : share),
        },
        halfWidthMetres: width / 2 / acrossX,
        halfDepthMetres: depth / 2 / acrossZ,
      });
    }
  }

  /** Extents of what stands at a wall. */
  extentsOf(spot: WallSpot): Extents {
    const along: readonly [number, number] = [spot.along - spot.width / 2, spot.along + spot.width / 2];
    const y: readonly [number, number] = [spot.low, spot.high];
    if (spot.wall === "far") return { x: along, y, z: [this.depth - spot.thick, this.depth] };
    if (spot.wall === "left") return { x: [this.leftX, this.leftX + spot.thick], y, z: along };
    return { x: [this.rightX - spot.thick, this.rightX], y, z: along };
  }

  /** A place along a wall for something of this width: anywhere on the far wall, in the far half of a side wall. */
  along(wall: Wall, width: number): number {
    const half = width / 2 + 0.05;
    if (wall === "far") return this.random.between(this.leftX + half, this.rightX - half);
    const nearest = Math.min(Math.max(2, 0.4 * this.depth), this.depth - 2 * half);
    return this.random.between(nearest + half, this.depth - half);
  }

  /** A place for something on the floor that leaves passages around; null when none was found. */
  freeSpot(size: {
    readonly width: number;
    readonly depth: number;
    readonly height: number;
  }): Extents | null {
    const wide = size.width / 2 + passageMetres;
    const deep = size.depth / 2 + passageMetres;
    const nearest = cameraClearanceMetres + deep;
    if (nearest > this.depth - deep || 2 * wide > this.width) return null;
    for (let i = 0; i < placingTries; i += 1) {
      const x = this.random.between(this.leftX + wide, this.rightX - wide);
      const z = this.random.between(nearest, this.depth - deep);
      const taken = this.#boxes.some(
        ({ low, high }) =>
          low.y < 2 && low.x < x + wide && high.x > x - wide && low.z < z + deep && high.z > z - deep,
      );
      if (taken) continue;
      return {
        x: [x - size.width / 2, x + size.width / 2],
        y: [0, size.height],
        z: [z - size.depth / 2, z + size.depth / 2],
      };
    }
    return null;
  }

  /** The room as it now stands; null when its camera sees no place where something could stand or hang. */
  finish(finish: {
    readonly camera: CameraPose;
    readonly floor: SurfaceLook;
    readonly ceiling: SurfaceLook;
    readonly walls: SurfaceLook;
    readonly airChangesPerHour: number;
  }): StagedRoom | null {
    const { name, leftX, rightX, depth, height } = this;
    const space = { leftX, rightX, depth, height, boxes: this.#boxes, ...finish };
    return stageRoom({ name, space, surfaces: this.#surfaces });
  }
}
