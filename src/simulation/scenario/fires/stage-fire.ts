import type { FireCourse } from "../../fire/fire-course.ts";
import type { Fuel, SmoulderingFuel } from "../../fire/fuel.ts";
import type { BodyKind } from "../../fire/hot-body.ts";
import type { BurningObject } from "../../fire/object-walls.ts";
import { StagedFire } from "../../fire/staged-fire.ts";
import type { Point } from "../../scene/pinhole-camera.ts";
import type { RoomBox } from "../../scene/room-layout.ts";
import type { EpisodeLot, FloorArea, Staging } from "../scenario.ts";

/** What a scenario decides about its fire. */
export interface FirePlan {
  readonly course: FireCourse;
  readonly fuel: Fuel;
  readonly smoulderingFuel: SmoulderingFuel;
  /** Middle of the burning surface. */
  readonly base: Point;
  readonly facing?: Point;
  readonly widestMetres: number;
  readonly body?: BodyKind;
  readonly object?: BurningObject;
  readonly boxes: readonly RoomBox[];
  /** When its flames are put out; never where nothing is given. */
  readonly putOutAtSeconds?: number;
}

/** Nobody comes nearer to the edge of what burns, or will: with half a body's width, about a metre from the flames (assumed). */
const keepOffMetres = 1.2;

/** Sets a fire up in its room, with nothing else going on. */
export function stageFire(lot: EpisodeLot, plan: FirePlan): Staging {
  const { space } = lot.room;
  const { facing, body, putOutAtSeconds } = plan;
  const fire = new StagedFire({
    course: plan.course,
    igniteAtSeconds: lot.igniteAtSeconds,
    fuel: plan.fuel,
    smoulderingFuel: plan.smoulderingFuel,
    base: plan.base,
    ...(facing === undefined ? {} : { facing }),
    ...(body === undefined ? {} : { body }),
    ...(putOutAtSeconds === undefined ? {} : { putOutAtSeconds }),
    widestMetres: plan.widestMetres,
    object: plan.object ?? null,
    room: { ...space, boxes: [...space.boxes, ...plan.boxes] },
    variation: lot.variation,
    random: (purpose) => lot.random(`fire/${purpose}`),
  });
  const keepOff = [around(plan.base, plan.widestMetres / 2 + keepOffMetres)];
  return { boxes: plan.boxes, things: [], fire, hotPlaces: [], cameraEvents: [], keepOff };
}

function around({ x, z }: Point, metres: number): FloorArea {
  return { low: { x: x - metres, z: z - metres }, high: { x: x + metres, z: z + metres } };
}

/** Rooms' boxes as burning objects. */
export function burningBox(box: RoomBox, walls: BurningObject["walls"]): BurningObject {
  return { low: box.low, high: box.high, walls };
}
