/** Options of `WarmingBody`. */
export interface WarmingBodyOptions {
  readonly celsius: number;
  /** Times after which 63 % of a step has been followed, upwards and downwards. */
  readonly warmingSeconds: number;
  readonly coolingSeconds: number;
}

/** A body that follows what heats it with a first-order lag: an element, a plate, a pan's wall. */
export class WarmingBody {
  readonly #warmingSeconds: number;
  readonly #coolingSeconds: number;
  #celsius: number;

  constructor(options: WarmingBodyOptions) {
    this.#celsius = options.celsius;
    this.#warmingSeconds = options.warmingSeconds;
    this.#coolingSeconds = options.coolingSeconds;
  }

  /** Its temperature now. */
  get celsius(): number {
    return this.#celsius;
  }

  /** Lets it near a temperature for a while, which may be as long as you like. */
  step(seconds: number, towardsCelsius: number): void {
    const lag = towardsCelsius > this.#celsius ? this.#warmingSeconds : this.#coolingSeconds;
    this.#celsius += (towardsCelsius - this.#celsius) * -Math.expm1(-seconds / lag);
  }
}
