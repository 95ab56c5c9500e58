import type { TreeEnsemble } from "../tree-ensemble.ts";
import type { OnnxAttribute } from "./onnx-model.ts";

/**
 * The attributes of ai.onnx.ml's TreeEnsembleRegressor (version 3) for these trees. ONNX numbers the nodes of each tree
 * from 0; a test is BRANCH_LEQ: at most the threshold goes to the true side.
 */
export function treeAttributes(trees: TreeEnsemble): Readonly<Record<string, OnnxAttribute>> {
  const nodes = trees.feature.length;
  const treeIds: number[] = [];
  const nodeIds: number[] = [];
  const leafNodes: number[] = [];
  const firstOf: number[] = [];
  for (let tree = 0; tree < trees.roots.length; tree += 1) {
    const first = trees.roots[tree]!;
    const end = trees.roots[tree + 1] ?? nodes;
    for (let node = first; node < end; node += 1) {
      treeIds.push(tree);
      nodeIds.push(node - first);
      firstOf.push(first);
      if (trees.feature[node]! < 0) leafNodes.push(node);
    }
  }
  const child = (of: Int32Array): number[] =>
    Array.from(of, (node, at) => (trees.feature[at]! < 0 ? 0 : node - firstOf[at]!));
  const isMean = trees.output === "mean-probability";
  return {
    n_targets: { kind: "int", value: 1 },
    aggregate_function: { kind: "string", value: isMean ? "AVERAGE" : "SUM" },
    post_transform: { kind: "string", value: "NONE" },
    ...(isMean ? {} : { base_values: { kind: "floats", value: Float32Array.of(trees.base) } }),
    nodes_treeids: { kind: "ints", value: treeIds },
    nodes_nodeids: { kind: "ints", value: nodeIds },
    nodes_featureids: { kind: "ints", value: Array.from(trees.feature, (feature) => Math.max(0, feature)) },
    nodes_modes: {
      kind: "strings",
      value: Array.from(trees.feature, (feature) => (feature < 0 ? "LEAF" : "BRANCH_LEQ")),
    },
    nodes_values: { kind: "floats", value: trees.threshold },
    nodes_truenodeids: { kind: "ints", value: child(trees.left) },
    nodes_falsenodeids: { kind: "ints", value: child(trees.right) },
    nodes_missing_value_tracks_true: { kind: "ints", value: Array.from(trees.missingLeft) },
    nodes_hitrates: { kind: "floats", value: trees.cover },
    target_treeids: { kind: "ints", value: leafNodes.map((node) => treeIds[node]!) },
    target_nodeids: { kind: "ints", value: leafNodes.map((node) => nodeIds[node]!) },
    target_ids: { kind: "ints", value: leafNodes.map(() => 0) },
    target_weights: { kind: "floats", value: Float32Array.from(leafNodes, (node) => trees.leafValue[node]!) },
  };
}

/** The trees that such attributes describe; the inverse of `treeAttributes`, for any ensemble of the same kind. */
export function treesOfAttributes(
  attributes: Readonly<Record<string, OnnxAttribute>>,
  featureNames: readonly string[],
): TreeEnsemble {
  const ints = (name: string): readonly number[] => {
    const attribute = attributes[name];
    return attribute?.kind === "ints" ? attribute.value : [];
  };
  const floats = (name: string): Float32Array => {
    const attribute = attributes[name];
    return attribute?.kind === "floats" ? attribute.value : new Float32Array();
  };
  const modes = attributes["nodes_modes"]?.kind === "strings" ? attributes["nodes_modes"].value : [];
  const treeIds = ints("nodes_treeids");
  const nodeIds = ints("nodes_nodeids");
  const places = new Map<number, Map<number, number>>();
  const roots: number[] = [];
  treeIds.forEach((tree, at) => {
    const ofTree = places.get(tree) ?? new Map<number, number>();
    places.set(tree, ofTree.set(nodeIds[at]!, at));
    if (at === 0 || treeIds[at - 1] !== tree) roots.push(at);
  });
  const placeOf = (tree: number, node: number): number | undefined => places.get(tree)?.get(node);
  const isLeaf = modes.map((mode) => mode === "LEAF");
  const children = (name: string): Int32Array =>
    Int32Array.from(ints(name), (node, at) => (isLeaf[at] ? -1 : (placeOf(treeIds[at]!, node) ?? -1)));
  const leafValue = new Float32Array(modes.length);
  const weights = floats("target_weights");
  const targetNodes = ints("target_nodeids");
  ints("target_treeids").forEach((tree, at) => {
    leafValue[placeOf(tree, targetNodes[at]!) ?? 0] = weights[at]!;
  });
  const aggregate = attributes["aggregate_function"];
  const isMean = aggregate?.kind === "string" && aggregate.value === "AVERAGE";
  const missing = ints("nodes_missing_value_tracks_true");
  return {
    kind: "trees",
    featureNames,
    roots: Int32Array.from(roots),
    feature: Int32Array.from(ints("nodes_featureids"), (feature, at) => (isLeaf[at] ? -1 : feature)),
    threshold: floats("nodes_values"),
    left: children("nodes_truenodeids"),
    right: children("nodes_falsenodeids"),
    missingLeft: Uint8Array.from(modes, (_, at) => missing[at] ?? 0),
    leafValue,
    cover: floats("nodes_hitrates"),
    output: isMean ? "mean-probability" : "sum-log-odds",
    base: floats("base_values")[0] ?? 0,
  };
}
