import type { GrowingTree } from "./growing-tree.ts";
import type { TrainingTable } from "./training-table.ts";

/** Follows the log-loss on validation rows from round to round, to know when to stop. */
export class ValidationWatch {
  readonly #labels: Uint8Array;
  readonly #weights: Float32Array | null;
  /** Row by row. */
  readonly #values: Float32Array;
  readonly #features: number;
  readonly #odds: Float64Array;
  #rounds = 0;
  #bestRounds = 0;
  #bestLoss = Infinity;

  constructor(table: TrainingTable, base: number) {
    this.#labels = table.labels;
    this.#weights = table.weights;
    this.#features = table.columns.length;
    this.#odds = new Float64Array(table.rows).fill(base);
    this.#values = new Float32Array(table.rows * this.#features);
    table.columns.forEach((column, feature) => {
      for (let row = 0; row < table.rows; row += 1)
        this.#values[row * this.#features + feature] = column[row]!;
    });
  }

  /** Rounds after which the loss was least. */
  get bestRounds(): number {
    return this.#bestRounds;
  }

  /** Rounds since then. */
  get roundsSinceBest(): number {
    return this.#rounds - this.#bestRounds;
  }

  /** Takes in the newest tree. */
  add(growing: GrowingTree): void {
    const odds = this.#odds;
    for (let row = 0; row < odds.length; row += 1)
      odds[row] = odds[row]! + growing.newestValue(this.#values, row * this.#features);
    this.#rounds += 1;
    const loss = this.#loss();
    if (loss >= this.#bestLoss) return;
    this.#bestLoss = loss;
    this.#bestRounds = this.#rounds;
  }

  #loss(): number {
    let sum = 0;
    let total = 0;
    for (let row = 0; row < this.#odds.length; row += 1) {
      const weight = this.#weights?.[row] ?? 1;
      const margin = this.#labels[row] === 1 ? this.#odds[row]! : -this.#odds[row]!;
      sum += weight * (Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin))));
      total += weight;
    }
    return sum / total;
  }
}
