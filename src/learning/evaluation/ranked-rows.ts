import type { ScoredRows } from "./scored-rows.ts";

/**
 * Rows in falling order of their scores, so that curves can be drawn many times with other weights without sorting
 * again (for bootstrap intervals).
 */
export class RankedRows {
  readonly #order: Uint32Array;
  readonly #rows: ScoredRows;

  /** `order` is the order of other rows with the same scores, where it is known. */
  constructor(rows: ScoredRows, order?: Uint32Array) {
    const { scores } = rows;
    this.#rows = rows;
    this.#order =
      order ?? Uint32Array.from(scores, (_, row) => row).sort((one, other) => scores[other]! - scores[one]!);
  }

  /**
   * Area under the receiver operating characteristic: the probability that a positive row scores above a negative one,
   * ties counting half (Hanley and McNeil 1982). NaN when one class has no weight. `weightOf` is a row's weight.
   */
  rocAuc(weightOf: (row: number) => number = one): number {
    let positives = 0;
    let negatives = 0;
    let area = 0;
    this.#eachTie(weightOf, (tiedPositives, tiedNegatives) => {
      area += tiedNegatives * (positives + tiedPositives / 2);
      positives += tiedPositives;
      negatives += tiedNegatives;
    });
    return positives === 0 || negatives === 0 ? Number.NaN : area / (positives * negatives);
  }

  /** Average precision: precision averaged over the positives found on the way down. NaN without positives. */
  averagePrecision(weightOf: (row: number) => number = one): number {
    let positives = 0;
    let all = 0;
    let area = 0;
    this.#eachTie(weightOf, (tiedPositives, tiedNegatives) => {
      positives += tiedPositives;
      all += tiedPositives + tiedNegatives;
      if (all > 0) area += (tiedPositives * positives) / all;
    });
    return positives === 0 ? Number.NaN : area / positives;
  }

  /** The same scores with other labels, without sorting again. */
  relabelled(labels: Uint8Array): RankedRows {
    return new RankedRows({ ...this.#rows, labels }, this.#order);
  }

  /** Points of the receiver operating characteristic from (0, 0) to (1, 1), thinned to at most `pointsMax`. */
  rocCurve(pointsMax: number): readonly { readonly falseShare: number; readonly trueShare: number }[] {
    const points: { positives: number; negatives: number }[] = [{ positives: 0, negatives: 0 }];
    let positives = 0;
    let negatives = 0;
    this.#eachTie(one, (tiedPositives, tiedNegatives) => {
      positives += tiedPositives;
      negatives += tiedNegatives;
      points.push({ positives, negatives });
    });
    const step = Math.max(1, Math.ceil(points.length / pointsMax));
    return points
      .filter((_, i) => i % step === 0 || i === points.length - 1)
      .map((point) => ({
        falseShare: point.negatives / Math.max(1, negatives),
        trueShare: point.positives / Math.max(1, positives),
      }));
  }

  /** Calls for each set of rows with one score, from the highest down, with the weight of its positives and negatives. */
  #eachTie(weightOf: (row: number) => number, take: (positives: number, negatives: number) => void): void {
    const { scores, labels } = this.#rows;
    const order = this.#order;
    let k = 0;
    while (k < order.length) {
      const score = scores[order[k]!]!;
      let positives = 0;
      let negatives = 0;
      while (k < order.length && scores[order[k]!]! === score) {
        const row = order[k]!;
        const weight = weightOf(row);
        if (labels[row] === 1) positives += weight;
        else negatives += weight;
        k += 1;
      }
      take(positives, negatives);
    }
  }
}

function one(): number {
  return 1;
}
