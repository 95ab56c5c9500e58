import type { AirSupply } from "../air-exchange.ts";
import { PerStill } from "../per-still.ts";
import type { Point } from "../pinhole-camera.ts";
import type { SceneThing } from "../scene-thing.ts";
import type { StillScene } from "../still-scene.ts";
import { pointsWithin } from "./points-within.ts";

/** Options of `SupplyAir`. */
export interface SupplyAirOptions {
  /** Corners of the grille's box. */
  readonly low: Point;
  readonly high: Point;
  readonly supplyCelsius: number;
  readonly roomCelsius: number;
  readonly cubicMetresPerSecond: number;
  /** Share of the air that comes from outdoors; the rest is the room's own. */
  readonly outdoorShare: number;
  /** Runs and rests in turn; begins somewhere in the cycle. */
  readonly runSeconds: number;
  readonly restSeconds: number;
  readonly startPhaseSeconds: number;
  /** Three gusts that waver, 0 to 1, one for each part of the jet. */
  readonly gusts: readonly [
    (seconds: number) => number,
    (seconds: number) => number,
    (seconds: number) => number,
  ];
}

/** A grille of thin metal follows the air in this time; plaster in its jet by this share and in this time (assumed). */
const grilleSeconds = 12;
const washedSeconds = 70;
const washedShare = 0.4;
const jetReachMetres = 0.9;
const jetFarthestMetres = 3;

interface Wash {
  readonly index: number;
  readonly share: number;
  readonly part: 0 | 1 | 2;
}

/** A ventilation grille that blows warm or cold air in turn and so exchanges the room's, with the wall and ceiling that its jet washes. */
export class SupplyAir implements SceneThing {
  readonly place: Point;
  readonly #options: SupplyAirOptions;
  readonly #grille: PerStill<ReturnType<typeof pointsWithin>>;
  readonly #washed: PerStill<readonly Wash[]>;
  readonly #washedKelvin: [number, number, number] = [0, 0, 0];
  #grilleKelvin = 0;
  #runs = false;

  constructor(options: SupplyAirOptions) {
    const { low, high } = options;
    this.#options = options;
    this.place = { x: (low.x + high.x) / 2, y: (low.y + high.y) / 2, z: (low.z + high.z) / 2 };
    this.#grille = new PerStill((still) => pointsWithin(still, options));
    this.#washed = new PerStill((still) => washedBy(still, this.place));
  }

  step(stepSeconds: number, at: { readonly seconds: number }): void {
    const { supplyCelsius, roomCelsius, runSeconds, restSeconds, startPhaseSeconds, gusts } = this.#options;
    this.#runs = (at.seconds + startPhaseSeconds) % (runSeconds + restSeconds) < runSeconds;
    const full = this.#runs ? supplyCelsius - roomCelsius : 0;
    this.#grilleKelvin += (full - this.#grilleKelvin) * -Math.expm1(-stepSeconds / grilleSeconds);
    const follow = -Math.expm1(-stepSeconds / washedSeconds);
    for (const part of [0, 1, 2] as const) {
      const target = washedShare * full * (0.4 + 0.6 * gusts[part](at.seconds));
      this.#washedKelvin[part] += (target - this.#washedKelvin[part]) * follow;
    }
  }

  releases(): readonly [] {
    return [];
  }

  exchanges(): readonly AirSupply[] {
    if (!this.#runs) return [];
    const { supplyCelsius, cubicMetresPerSecond, outdoorShare } = this.#options;
    return [
      { kind: "supply", place: this.place, cubicMetresPerSecond, celsius: supplyCelsius, outdoorShare },
    ];
  }

  heat(still: StillScene, excessKelvin: Float32Array): void {
    for (const { index } of this.#grille.of(still))
      excessKelvin[index] = excessKelvin[index]! + this.#grilleKelvin;
    for (const { index, share, part } of this.#washed.of(still))
      excessKelvin[index] = excessKelvin[index]! + share * this.#washedKelvin[part];
  }
}

/** Surfaces near the grille, in three fans around it that gusts reach at different times. */
function washedBy(still: StillScene, grille: Point): readonly Wash[] {
  const found: Wash[] = [];
  for (let index = 0; index < still.celsius.length; index += 1) {
    const x = still.places[3 * index]! - grille.x;
    const y = still.places[3 * index + 1]! - grille.y;
    const z = still.places[3 * index + 2]! - grille.z;
    const distance = Math.hypot(x, y, z);
    if (distance > jetFarthestMetres || y > 0.5) continue;
    const fan = Math.floor(3 * (0.5 + Math.atan2(x, Math.abs(z) - y + 0.3) / Math.PI));
    const part = Math.min(2, Math.max(0, fan)) as 0 | 1 | 2;
    found.push({ index, share: Math.exp(-distance / jetReachMetres), part });
  }
  return found;
}
