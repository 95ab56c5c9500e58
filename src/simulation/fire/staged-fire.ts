import type { Random } from "#core/random.ts";
import type { Variation } from "../scenario/scenario.ts";
import type { Picture } from "../scene/picture.ts";
import type { Point } from "../scene/pinhole-camera.ts";
import type { RoomSpace } from "../scene/room-layout.ts";
import type {
  AirAround,
  AirRelease,
  FireStage,
  FireThing,
  FireTruth,
  SceneView,
} from "../scene/scene-thing.ts";
import type { StillScene } from "../scene/still-scene.ts";
import { BillowingFlame } from "./billowing-flame.ts";
import { oxygenFactor, productsOf } from "./combustion-products.ts";
import { type FireCourse, type FireMoment, jetsMax, momentOf, putOutCourse } from "./fire-course.ts";
import { FlamePainter } from "./flame-painter.ts";
import type { FlameLook, FlamePainting } from "./flame-painting.ts";
import type { Fuel, SmoulderingFuel } from "./fuel.ts";
import { type BodyKind, HotBody } from "./hot-body.ts";
import { paintHotDisc } from "./hot-disc.ts";
import { type BurningObject, ObjectWalls } from "./object-walls.ts";
import { OpticalDepthGrid } from "./optical-depth-grid.ts";
import { glowingCelsius } from "./overheating.ts";
import { flameHeightMetres } from "./plume-correlations.ts";
import { type FlameSize, Puffing } from "./puffing.ts";
import { RoomHeating } from "./room-heating.ts";
import { SeenFire } from "./seen-fire.ts";

/** Everything that makes one fire. */
export interface StagedFireOptions {
  readonly course: FireCourse;
  /** Infinity for a fire that only `light` lights. */
  readonly igniteAtSeconds: number;
  /** When its flames are put out; never where nothing is given. */
  readonly putOutAtSeconds?: number;
  readonly fuel: Fuel;
  readonly smoulderingFuel: SmoulderingFuel;
  /** Middle of the burning surface. */
  readonly base: Point;
  /** Normal of the surface that smoulders or burns; upwards where none is given. */
  readonly facing?: Point;
  /** How large the burning area can get. */
  readonly widestMetres: number;
  /** What the burning surface is like; char where nothing is given. */
  readonly body?: BodyKind;
  /** The thing that burns, whose sides get hot; null where it is too small to matter. */
  readonly object: BurningObject | null;
  /** The room with all boxes that can shade from the fire. */
  readonly room: RoomSpace;
  readonly variation: Variation;
  /** Random streams by purpose, so that one part never changes another. */
  random(purpose: string): Random;
}

/** Vapour of a heated cell: droplets at some 90 °C that hide what is behind. Assumed ([M], facts §4.2 names it only). */
const vapourLook: FlameLook = {
  absorptionPerMetre: 2.5,
  flameCelsius: 95,
  tipCelsius: 45,
  radiativeFraction: 0,
};
const vapourHeightMetres = 0.45;
const vapourDiameterMetres = 0.12;
/** A jet of this heat is this long and wide: length in proportion to Q^0.4 as flames are, driven by the vent's pressure. */
const jetMetresAtOneKilowatt = 0.32;
const jetWidthShare = 0.16;
/** Hot surfaces are evenly hot out to this share of their radius: flames glow to the edge, embers fade outwards. */
const flamingEvenShare = 0.85;
const smoulderingEvenShare = 0.25;
/** The flame radiates from this share of its height at its peak, and no higher over its base. */
const radiatingShare = 0.35;
const highestRadiatingMetres = 0.8;
const upwards: Point = { x: 0, y: 1, z: 0 };
const noLean = { x: 0, z: 0 };

/** A flame of the fire with its own restlessness and painter. */
interface Flame {
  readonly puffing: Puffing;
  readonly painting: FlamePainting;
  readonly lean: { readonly x: number; readonly z: number };
  /** Vapour is drawn like a flame, but is none. */
  readonly shows: "flame" | "vapour";
  /** Its size at seconds of the fire's course. */
  readonly sizeAt: (courseSeconds: number) => FlameSize;
}

/**
 * A fire in a room: it takes its course, draws its flames and its glowing fuel, heats what is around it, gives its
 * products to the air, and burns slower where oxygen runs out. What has been hot cools afterwards.
 */
export class StagedFire implements FireThing {
  readonly place: Point;
  readonly #options: StagedFireOptions;
  readonly #grid = new OpticalDepthGrid();
  readonly #seen = new SeenFire();
  readonly #flames: readonly Flame[];
  readonly #body: HotBody;
  readonly #walls: ObjectWalls | null;
  readonly #heating: RoomHeating;
  #course: FireCourse;
  #igniteAtSeconds: number;
  #isPutOut = false;
  /** Time of the course; it stands still where oxygen is wanting. */
  #courseSeconds = -1;
  #moment: FireMoment;
  #newestStep = { endSeconds: 0, seconds: 0 };
  #oxygen = 1;
  #ambientCelsius = 20;
  #bodyDiameter = 0;
  #flamePixels = 0;
  #hotPixels = 0;
  #wallPixels = 0;
  #hiddenWallPixels = 0;

  constructor(options: StagedFireOptions) {
    this.#options = options;
    this.#course = options.course;
    this.#igniteAtSeconds = options.igniteAtSeconds;
    this.place = options.base;
    this.#body = new HotBody(options.body ?? "char");
    this.#walls = options.object === null ? null : new ObjectWalls(options.object);
    this.#moment = momentOf(options.course, -1);
    this.#flames = this.#makeFlames();
    const highest = flameHeightMetres({ kilowatts: options.course.flame.peak, diameter: 0 });
    this.#heating = new RoomHeating({
      room: options.room,
      base: options.base,
      radiatesAboveMetres: Math.min(highestRadiatingMetres, radiatingShare * highest),
      own: options.object,
    });
  }

  /** True while there are flames, or embers that go on by themselves; not once it has been put out. */
  get burns(): boolean {
    const { stage } = this.#moment;
    return !this.#isPutOut && (stage === "flaming" || stage === "smouldering");
  }

  /** Lights it with the newest step, as if there were new fuel; what is hot stays hot. Does nothing while it burns. */
  light(): void {
    if (this.burns) return;
    this.#isPutOut = false;
    this.#course = this.#options.course;
    this.#igniteAtSeconds = this.#newestStep.endSeconds;
    this.#courseSeconds = 0;
    this.#moment = momentOf(this.#course, 0);
  }

  /** Puts out what burns; what has been heated cools by itself. Does nothing where nothing burns. */
  putOut(): void {
    if (!this.burns) return;
    this.#isPutOut = true;
    this.#course = putOutCourse(this.#course, this.#courseSeconds);
  }

  get truth(): FireTruth {
    return {
      stage: this.#stage,
      heatReleaseKilowatts: this.#kilowatts,
      flamePixels: this.#flamePixels,
      hotPixels: this.#hotPixels + Math.max(0, this.#wallPixels - this.#hiddenWallPixels),
    };
  }

  /** Heating is an incipient fire only from when the fuel is hotter than in use. */
  get #stage(): FireStage {
    const { stage } = this.#moment;
    return stage === "incipient" && !this.#isHot ? "warming" : stage;
  }

  /** Excess over the air from which heat counts: beyond use, or after the flames as long as it glows. */
  get #hotKelvin(): number {
    const isOver = this.#moment.stage === "cooling";
    return (isOver ? glowingCelsius : this.#options.course.overheatedCelsius) - this.#ambientCelsius;
  }

  get #isHot(): boolean {
    return this.#body.excessKelvin >= this.#hotKelvin;
  }

  step(stepSeconds: number, at: { readonly seconds: number; readonly air: AirAround }): void {
    this.#newestStep = { endSeconds: at.seconds, seconds: stepSeconds };
    const since = at.seconds - this.#igniteAtSeconds;
    if (since < 0) return;
    if (at.seconds >= (this.#options.putOutAtSeconds ?? Number.POSITIVE_INFINITY)) this.putOut();
    this.#ambientCelsius = at.air.ambientCelsius;
    const isFlaming = this.#moment.stage === "flaming";
    this.#oxygen = isFlaming ? oxygenFactor(at.air.oxygenMassFraction) : 1;
    this.#courseSeconds = Math.max(0, this.#courseSeconds) + Math.min(stepSeconds, since) * this.#oxygen;
    this.#moment = momentOf(this.#course, this.#courseSeconds);
    this.#stepBody(stepSeconds);
    for (const flame of this.#flames) {
      const size = flame.sizeAt(this.#courseSeconds);
      flame.puffing.step(stepSeconds, size.diameter);
      flame.painting.step(stepSeconds, size.kilowatts > 0 ? flame.puffing.flameAfter(0, size) : null);
    }
    const kilowatts = this.#kilowatts;
    this.#walls?.step(stepSeconds, { kilowatts, fuelExcessKelvin: this.#moment.fuelExcessKelvin });
    this.#heating.step(stepSeconds, {
      kilowatts,
      diameterMetres: this.#diameterOf(this.#moment.flameKilowatts),
      radiatedKilowatts: this.#flamingKilowatts * this.#options.fuel.radiativeFraction,
      air: at.air,
    });
  }

  releases(): readonly AirRelease[] {
    const { fuel, smoulderingFuel, base } = this.#options;
    const releases: AirRelease[] = [];
    const flaming = this.#flamingKilowatts;
    const diameterMetres = Math.max(0.05, this.#diameterOf(this.#moment.flameKilowatts));
    if (flaming > 0)
      releases.push({
        place: base,
        diameterMetres,
        heatKilowatts: flaming,
        radiativeFraction: fuel.radiativeFraction,
        ...productsOf({ ...fuel, kilowatts: flaming, yields: fuel.flaming, oxygenFactor: this.#oxygen }),
      });
    const kilowatts = this.#moment.smoulderKilowatts;
    if (kilowatts > 0)
      releases.push({
        place: base,
        diameterMetres: Math.max(0.05, this.#moment.fuelDiameter),
        heatKilowatts: kilowatts,
        radiativeFraction: 0.5,
        ...productsOf({ ...smoulderingFuel, kilowatts, oxygenFactor: 1 }),
      });
    return releases;
  }

  heat(still: StillScene, excessKelvin: Float32Array): void {
    if (this.#courseSeconds < 0) return;
    this.#heating.addTo(still, excessKelvin);
    this.#wallPixels = this.#walls?.addTo(still, excessKelvin, this.#hotKelvin) ?? 0;
  }

  draw(picture: Picture, view: SceneView): void {
    this.#flamePixels = 0;
    this.#hotPixels = 0;
    this.#hiddenWallPixels = 0;
    if (this.#courseSeconds < 0 || view.seconds < this.#igniteAtSeconds) return;
    this.#seen.begin(picture.radiance);
    this.#drawBody(picture, view);
    const since = view.seconds - this.#newestStep.endSeconds;
    const secondsAfterStep = Math.max(0, Math.min(this.#newestStep.seconds, since));
    let painted = 0;
    this.#seen.beginFlames(picture.radiance);
    for (const flame of this.#flames) {
      const pixels = this.#paintFlame(picture, view, { flame, secondsAfterStep });
      if (pixels === 0) continue;
      if (flame.shows === "vapour") {
        this.#hotPixels += pixels;
        this.#seen.beginFlames(picture.radiance);
        continue;
      }
      painted += 1;
      this.#flamePixels = pixels;
    }
    this.#seen.end(picture.radiance);
    // Flames that overlap are not counted twice.
    if (painted > 1) this.#flamePixels = this.#seen.flamePixels;
  }

  nearerDrawn({ radiance }: Picture): void {
    if (this.#flamePixels + this.#hotPixels + this.#wallPixels === 0) return;
    const left = this.#seen.leftIn(radiance);
    this.#flamePixels = Math.min(this.#flamePixels, left.flamePixels);
    this.#hotPixels = Math.min(this.#hotPixels, left.hotPixels);
    const walls = this.#walls?.hotPoints(this.#hotKelvin) ?? [];
    this.#hiddenWallPixels = walls.reduce(
      (hiddenPixels, index) => hiddenPixels + (this.#seen.isCovered(index, radiance) ? 1 : 0),
      0,
    );
  }

  /** Draws one flame; gives how many points it made visibly warmer. */
  #paintFlame(
    picture: Picture,
    view: SceneView,
    one: { readonly flame: Flame; readonly secondsAfterStep: number },
  ): number {
    const { puffing, painting, lean, sizeAt } = one.flame;
    const { secondsAfterStep } = one;
    const before = sizeAt(this.#courseSeconds);
    const size = sizeAt(this.#courseSeconds + secondsAfterStep * this.#oxygen);
    return painting.paint(picture, {
      camera: view.camera,
      flame: puffing.flameAfter(secondsAfterStep, size, before.diameter),
      base: this.#options.base,
      lean,
      ceilingHeight: view.room.height,
      ambientCelsius: this.#ambientCelsius,
      seconds: view.seconds,
      secondsAfterStep,
    });
  }

  get #flamingKilowatts(): number {
    return (this.#moment.flameKilowatts + this.#moment.jetKilowatts) * this.#oxygen;
  }

  get #kilowatts(): number {
    return this.#flamingKilowatts + this.#moment.smoulderKilowatts;
  }

  #diameterOf(kilowatts: number): number {
    const area = kilowatts / this.#options.fuel.kilowattsPerSquareMetre;
    return Math.min(this.#options.widestMetres, Math.sqrt((4 * area) / Math.PI));
  }

  /** What burns glows out to where the flames have been; without flames, what smoulders or is heated. */
  #stepBody(seconds: number): void {
    const moment = this.#moment;
    const bed =
      moment.flameKilowatts > 0 ? Math.max(0, this.#options.fuel.bedCelsius - this.#ambientCelsius) : 0;
    this.#body.step(seconds, Math.max(bed, moment.fuelExcessKelvin));
    const burning = this.#diameterOf(moment.flameKilowatts);
    this.#bodyDiameter = Math.max(this.#bodyDiameter, burning, moment.fuelDiameter);
  }

  #drawBody(picture: Picture, view: SceneView): void {
    const { base, facing, variation } = this.#options;
    const isFlaming = this.#moment.flameKilowatts > 0;
    const visible = paintHotDisc(picture, view.camera, {
      place: base,
      facing: facing ?? upwards,
      radiusMetres: this.#bodyDiameter / 2,
      evenShare: isFlaming || this.#options.body === "massive" ? flamingEvenShare : smoulderingEvenShare,
      excessKelvin: this.#body.excessKelvin,
      ambientCelsius: this.#ambientCelsius,
      emissivity: variation.emissivity,
    });
    if (this.#isHot) this.#hotPixels += visible;
  }

  #makeFlames(): readonly Flame[] {
    const { course, fuel, variation } = this.#options;
    const look: FlameLook = {
      absorptionPerMetre: fuel.flameAbsorptionPerMetre * variation.flameAbsorptionFactor,
      flameCelsius: fuel.flameCelsius,
      tipCelsius: fuel.tipCelsius,
      radiativeFraction: fuel.radiativeFraction,
    };
    const flames: Flame[] = [];
    if (course.vapour.peak > 0)
      flames.push({
        ...this.#flame("vapour", vapourLook, (seconds) => vapourSize(this.#course.vapour.at(seconds))),
        shows: "vapour",
      });
    if (course.flame.peak > 0) flames.push(this.#flame("flame", look, (seconds) => this.#sizeAt(seconds)));
    course.jets.slice(0, jetsMax).forEach(({ lean }, i) => {
      flames.push({
        ...this.#flame(`jet-${i}`, look, (seconds) => jetSize(this.#course.jets[i]!.release.at(seconds))),
        lean,
      });
    });
    return flames;
  }

  #flame(purpose: string, look: FlameLook, sizeAt: (seconds: number) => FlameSize): Flame {
    const random = this.#options.random(purpose);
    const painting =
      this.#options.variation.flameRenderer === "plume"
        ? new FlamePainter(random, look)
        : new BillowingFlame({ random, look, grid: this.#grid });
    return {
      puffing: new Puffing(this.#options.random(`${purpose}-puffing`)),
      painting,
      lean: noLean,
      shows: "flame",
      sizeAt,
    };
  }

  #sizeAt(courseSeconds: number): FlameSize {
    const kilowatts = this.#course.flame.at(courseSeconds) * this.#oxygen;
    return { kilowatts, diameter: this.#diameterOf(kilowatts) };
  }
}

function vapourSize(strength: number): FlameSize {
  return {
    kilowatts: strength > 0 ? 0.05 * strength : 0,
    diameter: vapourDiameterMetres * Math.sqrt(strength),
    height: vapourHeightMetres * strength,
  };
}

function jetSize(kilowatts: number): FlameSize {
  const height = jetMetresAtOneKilowatt * kilowatts ** 0.4;
  return { kilowatts, diameter: jetWidthShare * height, height };
}
