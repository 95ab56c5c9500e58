import type { TreeEnsemble } from "#model-package/tree-ensemble.ts";

/** Whether a value goes left at a node that tests its feature. */
export function goesLeft(trees: TreeEnsemble, node: number, value: number): boolean {
  // NaN is never at most the threshold: where absent values go is asked for only then.
  return value <= trees.threshold[node]! || (trees.missingLeft[node] === 1 && Number.isNaN(value));
}

/** The leaf in which a row ends in the tree that begins at `root`. Row values count in the ensemble's own features. */
export function leafOf(trees: TreeEnsemble, root: number, row: Float32Array): number {
  const { feature, left, right } = trees;
  let node = root;
  for (;;) {
    const tested = feature[node]!;
    if (tested < 0) return node;
    node = goesLeft(trees, node, row[tested]!) ? left[node]! : right[node]!;
  }
}

/** What the trees say together: a forest's mean share of positives, boosting's log-odds. */
export function treeOutput(trees: TreeEnsemble, row: Float32Array): number {
  let sum = trees.base;
  for (const root of trees.roots) sum += trees.leafValue[leafOf(trees, root, row)]!;
  return trees.output === "mean-probability" ? sum / trees.roots.length : sum;
}

/** The probability that the trees give a row. */
export function treeProbability(trees: TreeEnsemble, row: Float32Array): number {
  const output = treeOutput(trees, row);
  return trees.output === "mean-probability" ? output : 1 / (1 + Math.exp(-output));
}
