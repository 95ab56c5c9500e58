import type { Random } from "#core/random.ts";
import type { FloorPlace } from "../scene/itinerary.ts";
import type { Point } from "../scene/pinhole-camera.ts";
import type { RoomBox } from "../scene/room-layout.ts";
import type { FireThing, SceneThing } from "../scene/scene-thing.ts";
import type { Climate } from "./climate.ts";
import type { RoomTemplate, StagedRoom } from "./staged-room.ts";

/** What varies from episode to episode besides the room, drawn once for each. */
export interface Variation {
  /** Factor on a fire's rate of growth, ⅓ to 3. */
  readonly growthFactor: number;
  /** Factor on a flame's absorption, ½ to 2: clean and sooty burning. */
  readonly flameAbsorptionFactor: number;
  /** Standard deviation of the lens's blur in pixels. */
  readonly lensBlurPixels: number;
  /** What the camera reads too much or too little, within ±5 K. */
  readonly unitBiasKelvin: number;
  /** Emissivity of ordinary surfaces. */
  readonly emissivity: number;
  /** How the camera's gain is set: one unit in ten changes to low gain by itself when much of its picture is hot. */
  readonly gainMode: GainSetting;
  /** Which way of drawing flames; `billow` serves only the test split, so that no model learns how we draw. */
  readonly flameRenderer: FlameRenderer;
}

/** How a Lepton's gain is set: high, as the driver sets it for a room, or by itself. */
export type GainSetting = "high" | "automatic";

/** Two ways of drawing a flame. */
export type FlameRenderer = "plume" | "billow";

/** All that a scenario is given to stage itself. */
export interface EpisodeLot {
  readonly room: StagedRoom;
  readonly climate: Climate;
  readonly variation: Variation;
  /** Length of the episode. */
  readonly seconds: number;
  /** When a fire begins to heat, smoulder or burn: seconds since the episode began. */
  readonly igniteAtSeconds: number;
  /** A random stream for one purpose; the same purpose and seed give the same numbers, whatever else is drawn. */
  random(purpose: string): Random;
}

/** Something that happens to the camera. */
export type CameraEvent =
  | {
      readonly kind: "bumped";
      readonly atSeconds: number;
      readonly panDegrees: number;
      readonly tiltDegrees: number;
      readonly rollDegrees: number;
    }
  | {
      readonly kind: "covered";
      readonly atSeconds: number;
      readonly seconds: number;
      readonly celsius: number;
    }
  | { readonly kind: "ffc"; readonly atSeconds: number };

/** A place where heat belongs, as somebody who knows the site would mark it. */
export interface HotPlace {
  readonly name: string;
  /** Box in the room that holds all of the hot process. */
  readonly low: Point;
  readonly high: Point;
  /** Hours of the day in which it is expected, from and to; to < from runs over midnight. */
  readonly hoursOfDay: readonly [from: number, to: number];
  /** Hottest apparent temperature and largest area that belong to it: what an engineer would accept. */
  readonly peakCelsius: number;
  readonly areaPixels: number;
}

/** A part of the floor, with its sides along the room's axes, in metres. */
export interface FloorArea {
  readonly low: FloorPlace;
  readonly high: FloorPlace;
}

/** A scenario set up in one room. */
export interface Staging {
  /** Things that stand still and belong to the scenario: the pan, the chair, the cabinet. */
  readonly boxes: readonly RoomBox[];
  /** Everything that changes and does not burn dangerously. */
  readonly things: readonly SceneThing[];
  /** The fire; left out in the episode's twin without fire, in which all else is the same. */
  readonly fire: FireThing | null;
  readonly hotPlaces: readonly HotPlace[];
  readonly cameraEvents: readonly CameraEvent[];
  /**
   * Where nobody sets foot from the beginning to the end: around what will burn, whether it is lit or not, and where a
   * vehicle drives. Nothing when left out.
   */
  readonly keepOff?: readonly FloorArea[];
}

/** What a scenario settles, which otherwise is drawn by lot. */
export interface Settled {
  readonly climate?: Partial<Climate>;
  readonly variation?: Partial<Variation>;
  readonly igniteAtSeconds?: number;
  /** `none` where nothing goes on besides the scenario. */
  readonly background?: "none";
}

/** Something that happens in a room, in all its variety. */
export interface Scenario {
  /** Lower case with hyphens; what `simulate` takes. */
  readonly name: string;
  /** What belongs together when data is split: two scenarios of one family never lie in two splits. */
  readonly family: string;
  readonly kind: "fire" | "nuisance" | "quiet";
  /** How a fire shows itself in the picture; `none` for everything that is no fire. */
  readonly shows: "flaming" | "slow-heat" | "hidden" | "none";
  /** One sentence for people. */
  readonly title: string;
  /** Where its numbers come from: a section of the facts, a test method, a paper. */
  readonly source: string;
  /** True where real heat or flames belong: stove, oven, fireplace, torch, welding, grinding. */
  readonly isHotProcess: boolean;
  /** Rooms in which it can take place. */
  readonly rooms: readonly RoomTemplate[];
  readonly shortestSeconds: number;
  readonly longestSeconds: number;
  /** Shares of the episode between which a fire begins; 0.2 and 0.6 when left out. What takes minutes to show begins earlier. */
  readonly ignition?: readonly [earliest: number, latest: number];
  readonly settled?: Settled;
  stage(lot: EpisodeLot): Staging;
}
