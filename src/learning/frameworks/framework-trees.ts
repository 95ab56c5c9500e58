import type { TreeArrays } from "../trainers/growing-tree.ts";
import { requireInModel } from "./read-model-json.ts";

/** One tree as a framework wrote it; a leaf has no children (−1). */
export interface FrameworkTree {
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly missingLeft: readonly number[];
  readonly leafValue: readonly number[];
  readonly cover: readonly number[];
}

/**
 * A tree in the arrays of a `TreeEnsemble`. Throws `machineFault` when it is no tree: arrays of other lengths, children
 * that are not behind their parents, tests of features that do not exist.
 */
export function treeArrays(
  tree: FrameworkTree,
  of: { readonly features: number; readonly name: string },
): TreeArrays {
  const nodes = tree.feature.length;
  const { name } = of;
  requireInModel(
    nodes > 0 && Object.values(tree).every((array: readonly number[]) => array.length === nodes),
    `${name}: a tree's arrays differ in length.`,
  );
  const isLeaf = tree.left.map((left) => left < 0);
  for (let node = 0; node < nodes; node += 1) {
    if (isLeaf[node]) continue;
    const [left, right] = [tree.left[node]!, tree.right[node]!];
    requireInModel(
      left > node && right > node && left < nodes && right < nodes && left !== right,
      `${name}: a tree's node has children that are none.`,
    );
    const feature = tree.feature[node]!;
    requireInModel(
      Number.isInteger(feature) && feature >= 0 && feature < of.features,
      `${name}: a tree tests feature ${feature} of ${of.features}.`,
    );
  }
  const inNodes = (values: readonly number[], atLeaf: number): number[] =>
    values.map((value, node) => (isLeaf[node] ? atLeaf : value));
  return {
    roots: Int32Array.of(0),
    feature: Int32Array.from(inNodes(tree.feature, -1)),
    threshold: Float32Array.from(inNodes(tree.threshold, 0)),
    left: Int32Array.from(inNodes(tree.left, -1)),
    right: Int32Array.from(inNodes(tree.right, -1)),
    missingLeft: Uint8Array.from(inNodes(tree.missingLeft, 0)),
    leafValue: Float32Array.from(tree.leafValue, (value, node) => (isLeaf[node] ? value : 0)),
    cover: Float32Array.from(tree.cover),
  };
}
