import { logistic } from "./log-odds.ts";

const stepsMax = 500;
const enough = 1e-8;

/**
 * Non-negative weights of the members' log-odds that give the least log-loss on validation rows, by projected gradient
 * descent with backtracking (the problem is convex). Rows with a weight of 0 are left out. A member that only repeats
 * the others gets 0.
 */
export function fitWeights(
  members: readonly Float64Array[],
  labels: Uint8Array,
  rowWeights: Float32Array | null,
): readonly number[] {
  let weights = members.map(() => 1 / members.length);
  let loss = lossOf(members, { labels, rowWeights, weights });
  let rate = 1;
  for (let step = 0; step < stepsMax; step += 1) {
    const gradient = gradientOf(members, { labels, rowWeights, weights });
    let next = weights;
    let nextLoss = loss;
    for (; rate > 1e-12; rate /= 2) {
      next = weights.map((weight, k) => Math.max(0, weight - rate * gradient[k]!));
      nextLoss = lossOf(members, { labels, rowWeights, weights: next });
      if (nextLoss <= loss) break;
    }
    const gained = loss - nextLoss;
    weights = next;
    loss = nextLoss;
    rate *= 2;
    if (!(gained > enough)) break;
  }
  return weights;
}

interface WeightedRows {
  readonly labels: Uint8Array;
  readonly rowWeights: Float32Array | null;
  readonly weights: readonly number[];
}

function oddsOf(members: readonly Float64Array[], weights: readonly number[], row: number): number {
  let odds = 0;
  for (let k = 0; k < members.length; k += 1) odds += weights[k]! * members[k]![row]!;
  return odds;
}

function lossOf(members: readonly Float64Array[], { labels, rowWeights, weights }: WeightedRows): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < labels.length; row += 1) {
    const odds = oddsOf(members, weights, row);
    const weight = rowWeights?.[row] ?? 1;
    const margin = labels[row] === 1 ? odds : -odds;
    // ln(1 + e^−margin), without overflow.
    sum += weight * (Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin))));
    total += weight;
  }
  return sum / total;
}

function gradientOf(
  members: readonly Float64Array[],
  { labels, rowWeights, weights }: WeightedRows,
): readonly number[] {
  const gradient = members.map(() => 0);
  let total = 0;
  for (let row = 0; row < labels.length; row += 1) {
    const weight = rowWeights?.[row] ?? 1;
    const miss = weight * (logistic(oddsOf(members, weights, row)) - labels[row]!);
    for (let k = 0; k < members.length; k += 1) gradient[k] = gradient[k]! + miss * members[k]![row]!;
    total += weight;
  }
  return gradient.map((sum) => sum / total);
}
