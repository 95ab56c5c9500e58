import { regionDefinition } from "./region-definition.ts";
import type { RegionShape } from "./region-shape.ts";
import { RegionSum } from "./region-sum.ts";

/** The pictures of one second that regions are found in, °C, row by row. */
export interface SegmenterInput {
  /** Which pixels are hot: those above their background, or only those of severe heat, whatever their background. */
  readonly hot: "above-background" | "severe";
  readonly median: Float32Array;
  readonly max: Float32Array;
  readonly background: Float32Array;
  readonly commissioned: Float32Array;
  readonly ignored: Uint8Array;
}

/** Neighbouring pixels of one row: the first one and one past the last, counted from the top left of the picture. */
export interface PixelRun {
  readonly from: number;
  readonly to: number;
}

/** Component of a run whose region was left out because there were more than `componentsMax`. */
const leftOut = -1;

/**
 * Finds the 8-connected sets of hot pixels of a second: runs of hot pixels are gathered row by row and joined with the
 * runs they touch in the row above (union–find), so that the cost hardly depends on how much is hot. NaN is never hot.
 */
export class RegionSegmenter {
  readonly #width: number;
  readonly #height: number;
  /** Runs in reading order; a row holds at most every second pixel's start. */
  readonly #row: Int32Array;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly #parent: Int32Array;
  readonly #component: Int32Array;
  readonly #excess: Float64Array;
  readonly #peak: Float64Array;
  readonly #peakX: Int32Array;
  readonly #severe: Int32Array;
  readonly #newSevere: Int32Array;
  #runCount = 0;

  constructor(size: { readonly width: number; readonly height: number }) {
    this.#width = size.width;
    this.#height = size.height;
    const runsMax = size.height * Math.ceil(size.width / 2);
    this.#row = new Int32Array(runsMax);
    this.#first = new Int32Array(runsMax);
    this.#last = new Int32Array(runsMax);
    this.#parent = new Int32Array(runsMax);
    this.#component = new Int32Array(runsMax);
    this.#excess = new Float64Array(runsMax);
    this.#peak = new Float64Array(runsMax);
    this.#peakX = new Int32Array(runsMax);
    this.#severe = new Int32Array(runsMax);
    this.#newSevere = new Int32Array(runsMax);
  }

  /** The regions of a second in reading order of their first pixel; `eachRun` then tells their pixels. */
  segment(input: SegmenterInput): readonly RegionShape[] {
    this.#runCount = 0;
    let above = 0;
    for (let y = 0; y < this.#height; y += 1) {
      const start = this.#runCount;
      this.#findRuns(input, y);
      this.#joinRows(above, start);
      above = start;
    }
    return this.#gather();
  }

  /** Calls back for each run of pixels of a region, which is named by its index in what `segment` answered. */
  eachRun(visit: (region: number, run: PixelRun) => void): void {
    for (let r = 0; r < this.#runCount; r += 1) {
      const region = this.#component[r]!;
      if (region === leftOut) continue;
      const rowStart = this.#row[r]! * this.#width;
      visit(region, { from: rowStart + this.#first[r]!, to: rowStart + this.#last[r]! + 1 });
    }
  }

  #findRuns(input: SegmenterInput, y: number): void {
    const { median, max, background, ignored } = input;
    const { hotExcessKelvin, burstExcessKelvin, severeCelsius } = regionDefinition;
    const severeOnly = input.hot === "severe";
    const rowStart = y * this.#width;
    const rowEnd = rowStart + this.#width;
    let first = -1;
    for (let p = rowStart; p < rowEnd; p += 1) {
      const usual = background[p]!;
      const excess = median[p]! - usual;
      // A pixel without a median has no excess, however high its maximum.
      const hot =
        ignored[p] === 0 &&
        (severeOnly
          ? median[p]! >= severeCelsius
          : excess >= hotExcessKelvin || (max[p]! - usual >= burstExcessKelvin && !Number.isNaN(excess)));
      if (hot) {
        if (first < 0) first = p;
      } else if (first >= 0) {
        this.#addRun(input, { y, from: first, to: p });
        first = -1;
      }
    }
    if (first >= 0) this.#addRun(input, { y, from: first, to: rowEnd });
  }

  #addRun(
    input: SegmenterInput,
    span: { readonly y: number; readonly from: number; readonly to: number },
  ): void {
    const { median, background, commissioned } = input;
    const { severeCelsius, newHeatKelvin } = regionDefinition;
    let sum = 0;
    let peak = Number.NEGATIVE_INFINITY;
    let peakAt = span.from;
    let severe = 0;
    let newSevere = 0;
    for (let p = span.from; p < span.to; p += 1) {
      const now = median[p]!;
      sum += Math.max(now - background[p]!, 0);
      if (now > peak) {
        peak = now;
        peakAt = p;
      }
      if (now < severeCelsius) continue;
      severe += 1;
      if (now - commissioned[p]! >= newHeatKelvin) newSevere += 1;
    }
    const r = this.#runCount;
    const rowStart = span.y * this.#width;
    this.#row[r] = span.y;
    this.#first[r] = span.from - rowStart;
    this.#last[r] = span.to - 1 - rowStart;
    this.#parent[r] = r;
    this.#excess[r] = sum;
    this.#peak[r] = peak;
    this.#peakX[r] = peakAt - rowStart;
    this.#severe[r] = severe;
    this.#newSevere[r] = newSevere;
    this.#runCount = r + 1;
  }

  /** Joins the runs from `below` on with those of the row above, which begin at `above`. */
  #joinRows(above: number, below: number): void {
    let a = above;
    for (let b = below; b < this.#runCount; b += 1) {
      // One pixel more at both ends: regions are connected across corners.
      const from = this.#first[b]! - 1;
      const to = this.#last[b]! + 1;
      while (a < below && this.#last[a]! < from) a += 1;
      for (let c = a; c < below && this.#first[c]! <= to; c += 1) this.#join(c, b);
    }
  }

  #join(a: number, b: number): void {
    const rootA = this.#root(a);
    const rootB = this.#root(b);
    // The root is a region's first run in reading order, which fixes the order of the regions.
    if (rootA < rootB) this.#parent[rootB] = rootA;
    else this.#parent[rootA] = rootB;
  }

  #root(run: number): number {
    let r = run;
    while (this.#parent[r] !== r) {
      this.#parent[r] = this.#parent[this.#parent[r]!]!;
      r = this.#parent[r]!;
    }
    return r;
  }

  #gather(): RegionShape[] {
    const sums: RegionSum[] = [];
    for (let r = 0; r < this.#runCount; r += 1) {
      const root = this.#root(r);
      if (root === r) {
        this.#component[r] = sums.length;
        sums.push(new RegionSum(this.#row[r]!));
      } else this.#component[r] = this.#component[root]!;
      this.#addTo(sums[this.#component[r]!]!, r);
    }
    if (sums.length <= regionDefinition.componentsMax) return sums.map((sum) => sum.shape());
    return this.#leaveOutFaintest(sums);
  }

  #addTo(sum: RegionSum, r: number): void {
    const first = this.#first[r]!;
    const last = this.#last[r]!;
    const length = last - first + 1;
    const row = this.#row[r]!;
    sum.area += length;
    sum.excess += this.#excess[r]!;
    sum.sumX += ((first + last) / 2) * length;
    sum.sumY += row * length;
    sum.severe += this.#severe[r]!;
    sum.newSevere += this.#newSevere[r]!;
    sum.left = Math.min(sum.left, first);
    sum.right = Math.max(sum.right, last);
    sum.bottom = row;
    if (this.#peak[r]! > sum.peak) {
      sum.peak = this.#peak[r]!;
      sum.peakX = this.#peakX[r]!;
      sum.peakY = row;
    }
  }

  #leaveOutFaintest(sums: readonly RegionSum[]): RegionShape[] {
    const strongest = sums
      .map((_, index) => index)
      .sort((a, b) => sums[b]!.excess - sums[a]!.excess || a - b)
      .slice(0, regionDefinition.componentsMax)
      .sort((a, b) => a - b);
    const newIndex = new Int32Array(sums.length).fill(leftOut);
    for (const [index, component] of strongest.entries()) newIndex[component] = index;
    for (let r = 0; r < this.#runCount; r += 1) this.#component[r] = newIndex[this.#component[r]!]!;
    return strongest.map((component) => sums[component]!.shape());
  }
}
