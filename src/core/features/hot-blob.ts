/** What counts as hot in one picture. */
export interface HotBlobInput {
  readonly centikelvin: Uint16Array;
  /** 1 where a pixel leaves every statistic; null when none does. */
  readonly excluded: Uint8Array | null;
  /** Smallest value that is hot. */
  readonly hotFromCentikelvin: number;
  /** Largest value of each row that is not excluded: rows below the hot value are not looked at. */
  readonly rowHighest: Uint16Array;
}

/**
 * Size of the largest 8-connected hot component, by horizontal runs and union-find: each run is joined to the runs of
 * the row above that it touches, corners included. Nothing is allocated per frame.
 */
export class HotBlob {
  readonly #width: number;
  readonly #height: number;
  readonly #runStart: Int32Array;
  /** One past the last pixel of the run. */
  readonly #runEnd: Int32Array;
  readonly #parent: Int32Array;
  readonly #size: Int32Array;
  /** First run of the row above, first run of this row, and one past its last. */
  #above = 0;
  #first = 0;
  #end = 0;

  constructor(size: { readonly width: number; readonly height: number }) {
    this.#width = size.width;
    this.#height = size.height;
    const runsMax = Math.ceil(size.width / 2) * size.height;
    this.#runStart = new Int32Array(runsMax);
    this.#runEnd = new Int32Array(runsMax);
    this.#parent = new Int32Array(runsMax);
    this.#size = new Int32Array(runsMax);
  }

  /** Pixels of the largest component; 0 when nothing is hot. */
  largestPixels(input: HotBlobInput): number {
    this.#above = 0;
    this.#first = 0;
    this.#end = 0;
    for (let y = 0; y < this.#height; y += 1) {
      if (input.rowHighest[y]! >= input.hotFromCentikelvin) {
        this.#findRuns(input, y);
        this.#joinRows();
      }
      this.#above = this.#first;
      this.#first = this.#end;
    }
    let largest = 0;
    for (let run = 0; run < this.#end; run += 1)
      if (this.#parent[run] === run) largest = Math.max(largest, this.#size[run]!);
    return largest;
  }

  #findRuns(input: HotBlobInput, y: number): void {
    const { centikelvin, excluded, hotFromCentikelvin } = input;
    const rowStart = y * this.#width;
    let run = this.#end;
    let start = -1;
    for (let x = 0; x <= this.#width; x += 1) {
      const i = rowStart + x;
      const hot =
        x < this.#width && centikelvin[i]! >= hotFromCentikelvin && (excluded === null || excluded[i] === 0);
      if (hot && start < 0) start = x;
      if (hot || start < 0) continue;
      this.#runStart[run] = start;
      this.#runEnd[run] = x;
      this.#parent[run] = run;
      this.#size[run] = x - start;
      run += 1;
      start = -1;
    }
    this.#end = run;
  }

  #joinRows(): void {
    const first = this.#first;
    let upper = this.#above;
    for (let run = first; run < this.#end; run += 1) {
      while (upper < first && this.#runEnd[upper]! < this.#runStart[run]!) upper += 1;
      for (let other = upper; other < first; other += 1) {
        if (this.#runStart[other]! > this.#runEnd[run]!) break;
        this.#join(other, run);
      }
    }
  }

  #join(a: number, b: number): void {
    const rootA = this.#root(a);
    const rootB = this.#root(b);
    if (rootA === rootB) return;
    this.#parent[rootB] = rootA;
    this.#size[rootA]! += this.#size[rootB]!;
  }

  #root(run: number): number {
    const parent = this.#parent;
    let root = run;
    while (parent[root] !== root) {
      // Path halving keeps the trees flat.
      parent[root] = parent[parent[root]!]!;
      root = parent[root]!;
    }
    return root;
  }
}
