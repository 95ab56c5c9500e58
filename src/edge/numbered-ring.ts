/** The newest so many things, numbered from 0 as they came; an older one gives its slot to a newer one. */
export class NumberedRing<T> {
  readonly #slots: T[];
  /** When each came, in the order of everything that came to several rings. */
  readonly #orders: Float64Array;
  #count = 0;

  /** `slots` are what stands there before so many have come. */
  constructor(slots: readonly T[]) {
    this.#slots = [...slots];
    this.#orders = new Float64Array(slots.length);
  }

  /** How many have come so far: the number of the next one. */
  get end(): number {
    return this.#count;
  }

  /** Number of the oldest that is still there. */
  get start(): number {
    return Math.max(0, this.#count - this.#slots.length);
  }

  /** Puts a thing into the next slot. */
  push(thing: T, order: number): void {
    const index = this.#count % this.#slots.length;
    this.#slots[index] = thing;
    this.#orders[index] = order;
    this.#count += 1;
  }

  /** The thing of this number, which must be from `start` to before `end`. */
  at(number: number): T {
    return this.#slots[number % this.#slots.length]!;
  }

  /** The order in which the thing of this number came. */
  orderAt(number: number): number {
    return this.#orders[number % this.#slots.length]!;
  }
}
