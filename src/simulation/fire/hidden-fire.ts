import type { Point } from "../scene/pinhole-camera.ts";
import type { AirAround, AirRelease, FireThing, FireTruth } from "../scene/scene-thing.ts";
import { oxygenFactor, productsOf } from "./combustion-products.ts";
import { type FireCourse, type FireMoment, momentOf } from "./fire-course.ts";
import type { Fuel, SmoulderingFuel } from "./fuel.ts";

/** Everything that makes a fire behind a door. */
export interface HiddenFireOptions {
  readonly course: FireCourse;
  readonly igniteAtSeconds: number;
  readonly fuel: Fuel;
  readonly smoulderingFuel: SmoulderingFuel;
  /** The gap through which its gases come in. */
  readonly gap: Point;
  /** Share of its products that comes in; the heat is left behind on the way. */
  readonly leakShare: number;
  /** How long the gases take to come through, as a first-order lag. */
  readonly leakSeconds: number;
}

/** Share of the convected heat that is left in gases that came through a gap (assumed). */
const heatLeft = 0.15;

/** A fire out of the room: nothing of it can be seen; a part of its gases comes in through a gap, late. */
export class HiddenFire implements FireThing {
  readonly place: Point;
  readonly #options: HiddenFireOptions;
  #moment: FireMoment;
  #oxygen = 1;
  /** Heat release whose products arrive now. */
  #flameArriving = 0;
  #smoulderArriving = 0;

  constructor(options: HiddenFireOptions) {
    this.#options = options;
    this.place = options.gap;
    this.#moment = momentOf(options.course, -1);
  }

  get truth(): FireTruth {
    const { stage, flameKilowatts, smoulderKilowatts } = this.#moment;
    return { stage, heatReleaseKilowatts: flameKilowatts + smoulderKilowatts, flamePixels: 0, hotPixels: 0 };
  }

  step(stepSeconds: number, at: { readonly seconds: number; readonly air: AirAround }): void {
    this.#moment = momentOf(this.#options.course, at.seconds - this.#options.igniteAtSeconds);
    this.#oxygen = oxygenFactor(at.air.oxygenMassFraction);
    const followed = -Math.expm1(-stepSeconds / this.#options.leakSeconds);
    this.#flameArriving += (this.#moment.flameKilowatts - this.#flameArriving) * followed;
    this.#smoulderArriving += (this.#moment.smoulderKilowatts - this.#smoulderArriving) * followed;
  }

  releases(): readonly AirRelease[] {
    const { fuel, smoulderingFuel, leakShare } = this.#options;
    const flaming = { ...fuel, yields: fuel.flaming, kilowatts: leakShare * this.#flameArriving };
    const smouldering = { ...smoulderingFuel, kilowatts: leakShare * this.#smoulderArriving };
    return [flaming, smouldering]
      .filter(({ kilowatts }) => kilowatts > 1e-6)
      .map((burning) => ({
        place: this.#options.gap,
        diameterMetres: 0.3,
        heatKilowatts: heatLeft * burning.kilowatts,
        radiativeFraction: 0,
        ...productsOf({ ...burning, oxygenFactor: this.#oxygen }),
      }));
  }
}
