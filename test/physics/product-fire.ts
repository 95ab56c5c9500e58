import { Random } from "#core/random.ts";
import { freshOxygenMassFraction } from "#simulation/fire/air-layer.ts";
import { fireCourse } from "#simulation/fire/fire-course.ts";
import { type Fuel, smoulderingFuels } from "#simulation/fire/fuel.ts";
import { StagedFire } from "#simulation/fire/staged-fire.ts";
import { TimeCurve } from "#simulation/fire/time-curve.ts";
import type { Point } from "#simulation/scene/pinhole-camera.ts";
import type { RoomSpace } from "#simulation/scene/room-layout.ts";
import { plainVariation } from "#support/fire-stage.ts";
import { caseStepSeconds } from "./compare-case.ts";
import type { ValidationCase } from "./validation-case.ts";

/**
 * A fire of the simulation itself, with its fuel's yields and radiation, that releases a given heat. It always has air:
 * what was measured has its lack of it already.
 */
export function productFire(options: {
  readonly fuel: Fuel;
  /** Heat release in kW over seconds since ignition. */
  readonly kilowatts: readonly (readonly [seconds: number, kilowatts: number])[];
  readonly place: Point;
  readonly widestMetres: number;
  readonly room: RoomSpace;
}): ValidationCase["releasesAt"] {
  const fire = new StagedFire({
    course: fireCourse({ flame: new TimeCurve(options.kilowatts) }),
    igniteAtSeconds: 0,
    fuel: options.fuel,
    smoulderingFuel: smoulderingFuels.wood,
    base: options.place,
    widestMetres: options.widestMetres,
    object: null,
    room: options.room,
    variation: plainVariation("plume"),
    random: () => new Random(1),
  });
  return (seconds, air) => {
    const fresh = { ...air, oxygenMassFraction: freshOxygenMassFraction };
    fire.step(caseStepSeconds, { seconds, air: fresh });
    return fire.releases();
  };
}
