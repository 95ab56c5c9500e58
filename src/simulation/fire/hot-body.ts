const stefanBoltzmann = 5.670374e-8;
const solidEmissivity = 0.9;
/** Convection at a hot solid in still air, W·m⁻²·K⁻¹ (assumed, as handbooks give 5 to 15). */
const stillConvection = 9;
const usualRoomKelvin = 293.15;

/** Loss of a hot surface by radiation and convection in W·m⁻² at this many kelvin over the air around it. */
export function coolingWatts(excessKelvin: number, airKelvin = usualRoomKelvin): number {
  return (
    stillConvection * excessKelvin +
    solidEmissivity * stefanBoltzmann * ((airKelvin + excessKelvin) ** 4 - airKelvin ** 4)
  );
}

/** Kinds of hot bodies by their heat capacity in J·m⁻²·K⁻¹ and how fast they follow what heats them. */
export const bodyKinds = {
  /** A few millimetres of char. */
  char: { heatPerArea: 4200, followSeconds: 4 },
  /** A centimetre of oil in a steel pan, or of iron. */
  massive: { heatPerArea: 26_000, followSeconds: 4 },
} as const;

/** A kind of hot body. */
export type BodyKind = keyof typeof bodyKinds;

/** A surface that is heated for a while and then cools by itself. */
export class HotBody {
  #excessKelvin = 0;
  readonly #kind: BodyKind;

  constructor(kind: BodyKind) {
    this.#kind = kind;
  }

  /** How much hotter than the air it is. */
  get excessKelvin(): number {
    return this.#excessKelvin;
  }

  /** Lets time go by; `towardsKelvin` is the excess that something holds it at, 0 when nothing does. */
  step(seconds: number, towardsKelvin: number): void {
    const { heatPerArea, followSeconds } = bodyKinds[this.#kind];
    if (towardsKelvin > this.#excessKelvin) {
      this.#excessKelvin += (towardsKelvin - this.#excessKelvin) * -Math.expm1(-seconds / followSeconds);
      return;
    }
    const cooled = this.#excessKelvin - (seconds * coolingWatts(this.#excessKelvin)) / heatPerArea;
    this.#excessKelvin = Math.max(0, towardsKelvin, cooled);
  }
}
