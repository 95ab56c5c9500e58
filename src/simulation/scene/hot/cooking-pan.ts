import type { Random } from "#core/random.ts";
import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirAround, AirRelease, SceneThing, SceneView } from "../scene-thing.ts";
import { dryHeatRelease } from "./heat-source-release.ts";
import { apparentRadiance, drawPatch, level, sumOf, upright } from "./hot-patch.ts";
import { SteamPlume } from "./steam-plume.ts";

/** Options of `CookingPan`. */
export interface CookingPanOptions {
  /** Middle of its bottom. */
  readonly place: Point;
  readonly radiusMetres: number;
  readonly heightMetres: number;
  /** Bare steel 0.15 to 0.4, enamel or cast iron 0.9 (facts §2.3). */
  readonly wallEmissivity: number;
  readonly content: { readonly kind: "water" | "oil"; readonly kilograms: number };
  readonly startCelsius: number;
  /** The cook turns the heat down here: frying at 160 to 230 °C. Water stops at the boil anyhow. */
  readonly highestCelsius: number;
  /** What it stands on. */
  readonly under: { readonly kilowatts: number };
  readonly random: Random;
}

/** Heat capacity in kJ/(kg·K) of what is cooked, heat of evaporation of water in kJ/kg. */
const heatCapacity = { water: 4.19, oil: 2.0 } as const;
const evaporation = 2257;
/** Share of the plate's heat that reaches the content; loss of the content's surface in kW·m⁻²·K⁻¹ (assumed). */
const efficiency = 0.55;
const lossKilowattsPerSquareMetreKelvin = 0.025;
const turnDownKelvin = 15;
const boilingCelsius = 100;
const contentEmissivity = 0.95;
const fullBoilKilowatts = 1.2;
/** Boiling sets in and dies down within seconds. */
const boilSeconds = 1.5;

/** A pan on a stove: its content warms up, boils with steam or fries; steam stands over it while it boils. */
export class CookingPan implements SceneThing {
  readonly place: Point;
  readonly #options: CookingPanOptions;
  readonly #steam: SteamPlume;
  #celsius: number;
  #boilKilowatts = 0;
  #boilStrength = 0;
  #boilsSince: number | null = null;

  constructor(options: CookingPanOptions) {
    const { place, radiusMetres, heightMetres, random } = options;
    this.place = sumOf(place, { x: 0, y: heightMetres, z: 0 });
    this.#options = options;
    this.#celsius = options.startCelsius;
    this.#steam = new SteamPlume(
      {
        mouthMetres: 1.5 * radiusMetres,
        lengthMetres: random.between(0.4, 0.9),
        spread: random.between(0.12, 0.25),
        metresPerSecond: random.between(0.5, 1),
        mouthCelsius: random.between(60, 80),
        absorptionPerMetre: random.between(0.4, 1.6),
      },
      random,
    );
  }

  /** Temperature of what is cooked. */
  get celsius(): number {
    return this.#celsius;
  }

  step(stepSeconds: number, at: { readonly seconds: number; readonly air: AirAround }): void {
    const { content, highestCelsius, under, radiusMetres } = this.#options;
    const limit = content.kind === "water" ? boilingCelsius : highestCelsius;
    const turnedDown =
      content.kind === "oil" ? Math.min(1, Math.max(0, (limit - this.#celsius) / turnDownKelvin)) : 1;
    const area = Math.PI * radiusMetres * radiusMetres;
    const loss = lossKilowattsPerSquareMetreKelvin * area * (this.#celsius - at.air.lowerCelsius);
    const net = efficiency * turnedDown * under.kilowatts - loss;
    const capacity = content.kilograms * heatCapacity[content.kind];
    const before = this.#celsius;
    this.#celsius = Math.min(limit, before + (stepSeconds * net) / capacity);
    this.#boilKilowatts = content.kind === "water" && this.#celsius >= boilingCelsius ? Math.max(0, net) : 0;
    const wanted = Math.min(1, this.#boilKilowatts / fullBoilKilowatts);
    this.#boilStrength += (wanted - this.#boilStrength) * -Math.expm1(-stepSeconds / boilSeconds);
    if (this.#boilStrength < 0.02) this.#boilsSince = null;
    else this.#boilsSince ??= at.seconds;
  }

  releases(): readonly AirRelease[] {
    if (this.#boilKilowatts === 0) return [];
    const source = { place: this.place, diameterMetres: 2 * this.#options.radiusMetres };
    // Steam carries its latent heat away as vapour; only the vapour is counted, the plate gives the heat.
    const still = dryHeatRelease({ ...source, kilowatts: 0, radiativeFraction: 0 });
    return [{ ...still, waterKilogramsPerSecond: this.#boilKilowatts / evaporation }];
  }

  draw(picture: Picture, view: SceneView): void {
    const { place, radiusMetres, heightMetres, wallEmissivity } = this.#options;
    const surroundingsCelsius = view.air.lowerCelsius;
    const wall = apparentRadiance({
      celsius: surroundingsCelsius + 0.9 * (this.#celsius - surroundingsCelsius),
      emissivity: wallEmissivity,
      surroundingsCelsius,
    });
    const content = apparentRadiance({
      celsius: this.#celsius,
      emissivity: contentEmissivity,
      surroundingsCelsius,
    });
    drawPatch(picture, view.camera, {
      place: sumOf(place, { x: 0, y: heightMetres / 2, z: -radiusMetres }),
      ...upright(radiusMetres, heightMetres / 2),
      outline: "rectangle",
      radianceAt: () => wall,
    });
    drawPatch(picture, view.camera, {
      place: this.place,
      ...level(radiusMetres, radiusMetres),
      outline: "ellipse",
      radianceAt: (u, v) => (u * u + v * v > 0.85 ? wall : content),
    });
    if (this.#boilsSince === null) return;
    this.#steam.draw(picture, view, {
      mouth: this.place,
      direction: { x: 0, y: 1, z: 0 },
      strength: this.#boilStrength,
      ageSeconds: view.seconds - this.#boilsSince,
      stoppedSeconds: 0,
    });
  }
}
