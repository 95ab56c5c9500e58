import type {
  BoostingEngine,
  BoostingSetup,
  DerivativeSums,
  RowRange,
  RowTest,
} from "#learning/trainers/boosting-engine.ts";
import type { GainNode, GainSplit } from "#learning/trainers/gain-rules.ts";
import { KernelMemory } from "./kernel-memory.ts";

/** What the module compiled from assembly/boosting.ts exports; arrays are given by their addresses. */
interface BoostingExports {
  readonly memory: WebAssembly.Memory;
  derive(
    rows: number,
    odds: number,
    labels: number,
    weights: number,
    first: number,
    second: number,
    packed: number,
    recordBytes: number,
    scale: number,
    result: number,
  ): void;
  resetIndex(index: number, rows: number): void;
  count(
    records: number,
    recordBytes: number,
    features: number,
    index: number,
    rows: number,
    histogram: number,
    block: number,
  ): void;
  takeAway(parent: number, child: number, features: number): void;
  setRules(l2: number, leafHessianMin: number): void;
  findSplit(
    histogram: number,
    features: number,
    first: number,
    second: number,
    low: number,
    high: number,
    gainMin: number,
    allowed: number,
    directions: number,
    valueBins: number,
    scratch: number,
    result: number,
  ): void;
  part(
    index: number,
    rows: number,
    column: number,
    bin: number,
    missingLeft: number,
    scratch: number,
  ): number;
  sums(index: number, rows: number, first: number, second: number, result: number): void;
  addToOdds(index: number, rows: number, odds: number, value: number): void;
}

const histogramBytes = 256 * 8;
/** Records that are gathered at once; as in assembly/boosting.ts. */
const blockRecords = 128;
const scanBytes = 4_096;
const resultBytes = 64;
/** As leastGainShare in learning/trainers/gain-rules.ts, whose code may not be imported here; a test compares models. */
const leastGainShare = 1e-10;

/** The inner loops of gradient boosting in WebAssembly SIMD; results equal those of the reference to the last bit. */
export class BoostingKernel implements BoostingEngine {
  readonly #exports: BoostingExports;
  readonly #setup: BoostingSetup;
  readonly #rows: number;
  readonly #evenRows: number;
  readonly #features: number;
  readonly #recordBytes: number;
  readonly #at: Readonly<Record<ArrayName, number>>;
  readonly #result: Float64Array;
  readonly #weights: Float32Array;
  readonly #allowed: Uint8Array;

  /** `module` is the compiled src/kernels/boosting.wasm. */
  constructor(module: WebAssembly.Module, setup: BoostingSetup) {
    const { table } = setup;
    this.#exports = new WebAssembly.Instance(module).exports as unknown as BoostingExports;
    this.#setup = setup;
    this.#rows = table.rows;
    // Derivatives are taken two rows at a time.
    this.#evenRows = table.rows + (table.rows % 2);
    this.#features = table.features;
    this.#recordBytes = Math.ceil((table.features + 8) / 16) * 16;
    const sizes = this.#sizes();
    const bytes = Object.values(sizes).reduce((sum, size) => sum + size, 0);
    const { memory } = this.#exports;
    const room = new KernelMemory(memory, { bytes, arrays: Object.keys(sizes).length });
    this.#at = Object.fromEntries(
      Object.entries(sizes).map(([name, size]) => [name, room.reserve(size)]),
    ) as Record<ArrayName, number>;
    const { buffer } = memory;
    this.#result = new Float64Array(buffer, this.#at.result, resultBytes / 8);
    this.#weights = new Float32Array(buffer, this.#at.weights, this.#evenRows);
    this.#allowed = new Uint8Array(buffer, this.#at.allowed, this.#features);
    this.#fill(buffer);
  }

  #sizes(): Record<ArrayName, number> {
    const [rows, features] = [this.#evenRows, this.#features];
    return {
      records: rows * this.#recordBytes,
      columns: this.#rows * features,
      index: 4 * rows,
      scratch: 4 * rows,
      odds: 8 * rows,
      labels: rows,
      weights: 4 * rows,
      first: 4 * rows,
      second: 4 * rows,
      histograms: this.#setup.slots * features * histogramBytes,
      block: blockRecords * this.#recordBytes,
      allowed: features,
      directions: features,
      valueBins: 4 * features,
      scan: scanBytes,
      result: resultBytes,
    };
  }

  #fill(buffer: ArrayBuffer): void {
    const { table, labels, rules, base } = this.#setup;
    const { bins, stride } = table;
    const [rows, features, recordBytes] = [this.#rows, this.#features, this.#recordBytes];
    const bytes = new Uint8Array(buffer);
    for (let row = 0; row < rows; row += 1)
      for (let feature = 0; feature < features; feature += 1) {
        const bin = bins[row * stride + feature]!;
        bytes[this.#at.records + row * recordBytes + feature] = bin;
        bytes[this.#at.columns + feature * rows + row] = bin;
      }
    bytes.set(labels, this.#at.labels);
    new Float64Array(buffer, this.#at.odds, rows).fill(base);
    new Int8Array(buffer, this.#at.directions, features).set(rules.monotone);
    new Int32Array(buffer, this.#at.valueBins, features).set(rules.valueBins);
    this.#exports.setRules(rules.l2, rules.leafHessianMin);
  }

  beginRound(weights: Float32Array): DerivativeSums {
    this.#weights.set(weights);
    const at = this.#at;
    this.#exports.resetIndex(at.index, this.#rows);
    this.#exports.derive(
      this.#evenRows,
      at.odds,
      at.labels,
      at.weights,
      at.first,
      at.second,
      at.records + this.#recordBytes - 8,
      this.#recordBytes,
      this.#setup.scale,
      at.result,
    );
    return { first: this.#result[0]!, second: this.#result[1]! };
  }

  count({ from, to }: RowRange, slot: number): void {
    const { records, index, block } = this.#at;
    this.#exports.count(
      records,
      this.#recordBytes,
      this.#features,
      index + 4 * from,
      to - from,
      this.#slotAt(slot),
      block,
    );
  }

  takeAway(from: number, slot: number): void {
    this.#exports.takeAway(this.#slotAt(from), this.#slotAt(slot), this.#features);
  }

  findSplit(slot: number, node: GainNode, allowed: Uint8Array): GainSplit | null {
    this.#allowed.set(allowed);
    const { directions, valueBins, scan, result } = this.#at;
    this.#exports.findSplit(
      this.#slotAt(slot),
      this.#features,
      node.first,
      node.second,
      node.low,
      node.high,
      leastGain(node, this.#setup.rules.l2),
      this.#at.allowed,
      directions,
      valueBins,
      scan,
      result,
    );
    const [feature = -1, bin = 0, missingLeft = 0, leftFirst = 0, leftSecond = 0] = this.#result;
    return feature < 0 ? null : { feature, bin, missingLeft: missingLeft === 1, leftFirst, leftSecond };
  }

  part({ from, to }: RowRange, { feature, bin, missingLeft }: RowTest): number {
    const { index, columns, scratch } = this.#at;
    const column = columns + feature * this.#rows;
    return from + this.#exports.part(index + 4 * from, to - from, column, bin, missingLeft ? 1 : 0, scratch);
  }

  sums({ from, to }: RowRange): DerivativeSums {
    const { index, first, second, result } = this.#at;
    this.#exports.sums(index + 4 * from, to - from, first, second, result);
    return { first: this.#result[0]!, second: this.#result[1]! };
  }

  addToOdds({ from, to }: RowRange, value: number): void {
    const { index, odds } = this.#at;
    this.#exports.addToOdds(index + 4 * from, to - from, odds, value);
  }

  #slotAt(slot: number): number {
    return this.#at.histograms + slot * this.#features * histogramBytes;
  }
}

type ArrayName =
  | "records"
  | "columns"
  | "index"
  | "scratch"
  | "odds"
  | "labels"
  | "weights"
  | "first"
  | "second"
  | "histograms"
  | "block"
  | "allowed"
  | "directions"
  | "valueBins"
  | "scan"
  | "result";

/** What a split has to be worth more than: the node without one, and a little for rounding. As in GainSearch.find. */
function leastGain(node: GainNode, l2: number): number {
  const value = Math.min(node.high, Math.max(node.low, -node.first / (node.second + l2)));
  const unsplit = -(2 * node.first * value + (node.second + l2) * value * value);
  return unsplit + Math.abs(unsplit) * leastGainShare;
}
