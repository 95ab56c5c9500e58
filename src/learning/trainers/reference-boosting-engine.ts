import { missingBin } from "./binned-table.ts";
import type { BoostingEngine, BoostingSetup, DerivativeSums, RowRange, RowTest } from "./boosting-engine.ts";
import type { GainNode, GainSplit } from "./gain-rules.ts";
import { GainSearch } from "./gain-search.ts";
import { countRows, histogramNumbers, takeAway } from "./gradient-histogram.ts";
import { logistic } from "./logistic.ts";
import { scaledDerivative } from "./packed-derivatives.ts";

/** The definition of a boosting engine, in plain typed arrays. */
export class ReferenceBoostingEngine implements BoostingEngine {
  readonly #setup: BoostingSetup;
  readonly #search: GainSearch;
  readonly #index: Int32Array;
  readonly #scratch: Int32Array;
  readonly #odds: Float64Array;
  /** Derivatives of each row as they are. */
  readonly #first: Float32Array;
  readonly #second: Float32Array;
  /** Scaled derivatives of each row: second, first. */
  readonly #scaled: Int32Array;
  readonly #histograms: readonly Int32Array[];

  constructor(setup: BoostingSetup) {
    const { table, slots } = setup;
    this.#setup = setup;
    this.#search = new GainSearch(setup.rules);
    this.#index = new Int32Array(table.rows);
    this.#scratch = new Int32Array(table.rows);
    this.#odds = new Float64Array(table.rows).fill(setup.base);
    this.#first = new Float32Array(table.rows);
    this.#second = new Float32Array(table.rows);
    this.#scaled = new Int32Array(2 * table.rows);
    this.#histograms = Array.from({ length: slots }, () => new Int32Array(histogramNumbers(table)));
  }

  beginRound(weights: Float32Array): DerivativeSums {
    const { labels, scale } = this.#setup;
    const scaled = this.#scaled;
    let first = 0;
    let second = 0;
    for (let row = 0; row < weights.length; row += 1) {
      const p = logistic(this.#odds[row]!);
      const rowFirst = weights[row]! * (p - labels[row]!);
      const rowSecond = weights[row]! * (p * (1 - p));
      this.#index[row] = row;
      this.#first[row] = rowFirst;
      this.#second[row] = rowSecond;
      const scaledFirst = scaledDerivative(rowFirst, scale);
      const scaledSecond = scaledDerivative(rowSecond, scale);
      scaled[2 * row] = scaledSecond;
      scaled[2 * row + 1] = scaledFirst;
      first += scaledFirst;
      second += scaledSecond;
    }
    return { first, second };
  }

  count(rows: RowRange, slot: number): void {
    countRows(this.#histograms[slot]!, this.#setup.table, {
      index: this.#index,
      from: rows.from,
      to: rows.to,
      scaled: this.#scaled,
    });
  }

  takeAway(from: number, slot: number): void {
    takeAway(this.#histograms[from]!, this.#histograms[slot]!);
  }

  findSplit(slot: number, node: GainNode, allowed: Uint8Array): GainSplit | null {
    return this.#search.find(this.#histograms[slot]!, node, allowed);
  }

  part(rows: RowRange, { feature, bin, missingLeft }: RowTest): number {
    const { bins, stride } = this.#setup.table;
    const index = this.#index;
    const scratch = this.#scratch;
    let left = rows.from;
    let right = 0;
    for (let k = rows.from; k < rows.to; k += 1) {
      const row = index[k]!;
      const rowBin = bins[row * stride + feature]!;
      const goesLeft = rowBin === missingBin ? missingLeft : rowBin <= bin;
      index[left] = row;
      scratch[right] = row;
      left += goesLeft ? 1 : 0;
      right += goesLeft ? 0 : 1;
    }
    index.set(scratch.subarray(0, right), left);
    return left;
  }

  sums(rows: RowRange): DerivativeSums {
    let first = 0;
    let second = 0;
    for (let k = rows.from; k < rows.to; k += 1) {
      const row = this.#index[k]!;
      first += this.#first[row]!;
      second += this.#second[row]!;
    }
    return { first, second };
  }

  addToOdds(rows: RowRange, value: number): void {
    const odds = this.#odds;
    for (let k = rows.from; k < rows.to; k += 1) {
      const row = this.#index[k]!;
      odds[row] = odds[row]! + value;
    }
  }
}
