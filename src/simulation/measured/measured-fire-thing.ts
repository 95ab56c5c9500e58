import { freshOxygenMassFraction } from "../fire/air-layer.ts";
import { fireCourse } from "../fire/fire-course.ts";
import { fuels, smoulderingFuels } from "../fire/fuel.ts";
import type { BurningObject } from "../fire/object-walls.ts";
import { StagedFire } from "../fire/staged-fire.ts";
import { TimeCurve } from "../fire/time-curve.ts";
import type { EpisodeLot } from "../scenario/scenario.ts";
import type { Picture } from "../scene/picture.ts";
import type { Point } from "../scene/pinhole-camera.ts";
import type { RoomSpace } from "../scene/room-layout.ts";
import type { AirAround, AirRelease, FireThing, FireTruth, SceneView } from "../scene/scene-thing.ts";
import type { StillScene } from "../scene/still-scene.ts";

/** What makes a fire out of measurements. */
export interface MeasuredFireThingOptions {
  /** Heat release in kW, one a second from ignition on. */
  readonly kilowatts: readonly number[];
  readonly igniteAtSeconds: number;
  readonly base: Point;
  /** What burns, under and around the base. */
  readonly object: Pick<BurningObject, "low" | "high">;
  readonly room: RoomSpace;
  readonly lot: EpisodeLot;
}

/** The burning area of furniture and burners that were measured: no wider than an armchair (assumed). */
const widestMetres = 1.2;

/** How wide the burning area gets, in metres: that of wood, of which the measured fires are taken to be. */
export function measuredFireMetres(kilowatts: readonly number[]): number {
  const most = kilowatts.reduce((one, other) => Math.max(one, other), 0);
  return Math.min(widestMetres, Math.sqrt((4 * most) / (Math.PI * fuels.wood.kilowattsPerSquareMetre)));
}

/**
 * A fire that releases exactly the heat that was measured. What burnt is seldom known: it looks like wood, and gives off
 * what wood does (modelled). The room around it being a made-up one, its lack of oxygen does not slow the fire: the
 * measurement has it already.
 */
export function measuredFireThing(options: MeasuredFireThingOptions): FireThing {
  const { kilowatts, lot } = options;
  const flame = new TimeCurve(kilowatts.map((value, second) => [second, value]));
  return new MeasuredFire(
    new StagedFire({
      course: fireCourse({ flame }),
      igniteAtSeconds: options.igniteAtSeconds,
      fuel: fuels.wood,
      smoulderingFuel: smoulderingFuels.wood,
      base: options.base,
      widestMetres,
      object: { ...options.object, walls: "furnishing" },
      room: options.room,
      variation: lot.variation,
      random: lot.random,
    }),
  );
}

/** A staged fire that always has air. */
class MeasuredFire implements FireThing {
  readonly #fire: StagedFire;

  constructor(fire: StagedFire) {
    this.#fire = fire;
  }

  get place(): Point {
    return this.#fire.place;
  }

  get truth(): FireTruth {
    return this.#fire.truth;
  }

  step(stepSeconds: number, at: { readonly seconds: number; readonly air: AirAround }): void {
    const air = { ...at.air, oxygenMassFraction: freshOxygenMassFraction };
    this.#fire.step(stepSeconds, { seconds: at.seconds, air });
  }

  releases(): readonly AirRelease[] {
    return this.#fire.releases();
  }

  heat(still: StillScene, excessKelvin: Float32Array): void {
    this.#fire.heat(still, excessKelvin);
  }

  draw(picture: Picture, view: SceneView): void {
    this.#fire.draw(picture, view);
  }

  nearerDrawn(picture: Picture): void {
    this.#fire.nearerDrawn(picture);
  }
}
