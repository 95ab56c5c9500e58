import type { Random } from "#core/random.ts";
import type { TreeEnsemble } from "#model-package/tree-ensemble.ts";

interface Nodes {
  readonly feature: number[];
  readonly threshold: number[];
  readonly left: number[];
  readonly right: number[];
  readonly missingLeft: number[];
  readonly leafValue: number[];
  readonly cover: number[];
}

/** Trees of any shape over features named a, b, c, …: tests repeat on a path, and some nodes no training row reached. */
export function randomTrees(
  random: Random,
  shape: {
    readonly trees: number;
    readonly depth: number;
    readonly features: number;
    readonly output: TreeEnsemble["output"];
  },
): TreeEnsemble {
  const nodes: Nodes = {
    feature: [],
    threshold: [],
    left: [],
    right: [],
    missingLeft: [],
    leafValue: [],
    cover: [],
  };
  const roots: number[] = [];
  for (let tree = 0; tree < shape.trees; tree += 1) {
    roots.push(nodes.feature.length);
    grow(random, nodes, { depth: shape.depth, features: shape.features, cover: 1_000 });
  }
  return {
    kind: "trees",
    featureNames: Array.from({ length: shape.features }, (_, i) => String.fromCharCode(97 + i)),
    roots: Int32Array.from(roots),
    feature: Int32Array.from(nodes.feature),
    threshold: Float32Array.from(nodes.threshold),
    left: Int32Array.from(nodes.left),
    right: Int32Array.from(nodes.right),
    missingLeft: Uint8Array.from(nodes.missingLeft),
    leafValue: Float32Array.from(nodes.leafValue),
    cover: Float32Array.from(nodes.cover),
    output: shape.output,
    base: shape.output === "sum-log-odds" ? 0.25 : 0,
  };
}

function grow(
  random: Random,
  nodes: Nodes,
  at: { readonly depth: number; readonly features: number; readonly cover: number },
): number {
  const node = nodes.feature.length;
  const isLeaf = at.depth === 0 || random.uniform() < 0.1;
  nodes.feature.push(isLeaf ? -1 : random.integer(at.features));
  nodes.threshold.push(isLeaf ? 0 : random.normal());
  nodes.missingLeft.push(isLeaf ? 0 : random.integer(2));
  nodes.leafValue.push(isLeaf ? random.uniform() : 0);
  nodes.cover.push(at.cover);
  nodes.left.push(-1);
  nodes.right.push(-1);
  if (isLeaf) return node;
  const toLeft = Math.round(at.cover * (random.uniform() < 0.1 ? random.integer(2) : random.uniform()));
  nodes.left[node] = grow(random, nodes, { ...at, depth: at.depth - 1, cover: toLeft });
  nodes.right[node] = grow(random, nodes, { ...at, depth: at.depth - 1, cover: at.cover - toLeft });
  return node;
}

/** Normal values, a fifth of them absent. */
export function randomRow(random: Random, features: number): Float32Array {
  return Float32Array.from({ length: features }, () =>
    random.uniform() < 0.2 ? Number.NaN : random.normal(),
  );
}
