import { assert } from "#core/failure.ts";
import type { TreeEnsemble } from "#model-package/tree-ensemble.ts";

/** The arrays of a `TreeEnsemble` without its names and output. */
export type TreeArrays = Pick<
  TreeEnsemble,
  "roots" | "feature" | "threshold" | "left" | "right" | "missingLeft" | "leafValue" | "cover"
>;

const firstCapacity = 1024;

/** Nodes as they are made, in arrays that grow. */
export class GrowingTree {
  #feature = new Int32Array(firstCapacity);
  #threshold = new Float32Array(firstCapacity);
  #left = new Int32Array(firstCapacity);
  #right = new Int32Array(firstCapacity);
  #missingLeft = new Uint8Array(firstCapacity);
  #leafValue = new Float32Array(firstCapacity);
  #cover = new Float32Array(firstCapacity);
  readonly #roots: number[] = [];
  #nodes = 0;

  /** Nodes made so far. */
  get nodes(): number {
    return this.#nodes;
  }

  /** The next node made is the root of a new tree. */
  beginTree(): void {
    this.#roots.push(this.#nodes);
  }

  /** Makes a leaf and returns its number; `branch` may turn it into a test later. */
  leaf(node: { readonly value: number; readonly cover: number }): number {
    if (this.#nodes === this.#feature.length) this.#grow();
    const at = this.#nodes;
    this.#feature[at] = -1;
    this.#left[at] = -1;
    this.#right[at] = -1;
    this.#leafValue[at] = node.value;
    this.#cover[at] = node.cover;
    this.#nodes += 1;
    return at;
  }

  /** Turns a leaf into a test. */
  branch(
    at: number,
    test: { readonly feature: number; readonly threshold: number; readonly missingLeft: boolean },
    children: { readonly left: number; readonly right: number },
  ): void {
    assert(this.#feature[at] === -1, "a node becomes a test once");
    this.#feature[at] = test.feature;
    this.#threshold[at] = test.threshold;
    this.#missingLeft[at] = test.missingLeft ? 1 : 0;
    this.#left[at] = children.left;
    this.#right[at] = children.right;
    this.#leafValue[at] = 0;
  }

  /** A leaf's value, changed afterwards. */
  setLeafValue(at: number, value: number): void {
    this.#leafValue[at] = value;
  }

  /** The value of the leaf of the newest tree in which a row ends; the row begins at `offset` of `rows`. */
  newestValue(rows: Float32Array, offset: number): number {
    let node = this.#roots.at(-1)!;
    for (;;) {
      const feature = this.#feature[node]!;
      if (feature < 0) return this.#leafValue[node]!;
      const value = rows[offset + feature]!;
      const goesLeft =
        value <= this.#threshold[node]! || (this.#missingLeft[node] === 1 && Number.isNaN(value));
      node = goesLeft ? this.#left[node]! : this.#right[node]!;
    }
  }

  /** The first `trees` trees (all when null), in arrays of their own of the right length. */
  finish(trees: number | null): TreeArrays {
    const kept = trees ?? this.#roots.length;
    const nodes = this.#roots[kept] ?? this.#nodes;
    return {
      roots: Int32Array.from(this.#roots.slice(0, kept)),
      feature: this.#feature.slice(0, nodes),
      threshold: this.#threshold.slice(0, nodes),
      left: this.#left.slice(0, nodes),
      right: this.#right.slice(0, nodes),
      missingLeft: this.#missingLeft.slice(0, nodes),
      leafValue: this.#leafValue.slice(0, nodes),
      cover: this.#cover.slice(0, nodes),
    };
  }

  #grow(): void {
    const capacity = 2 * this.#feature.length;
    const int = (from: Int32Array): Int32Array<ArrayBuffer> => {
      const to = new Int32Array(capacity);
      to.set(from);
      return to;
    };
    const float = (from: Float32Array): Float32Array<ArrayBuffer> => {
      const to = new Float32Array(capacity);
      to.set(from);
      return to;
    };
    this.#feature = int(this.#feature);
    this.#left = int(this.#left);
    this.#right = int(this.#right);
    this.#threshold = float(this.#threshold);
    this.#leafValue = float(this.#leafValue);
    this.#cover = float(this.#cover);
    const missingLeft = new Uint8Array(capacity);
    missingLeft.set(this.#missingLeft);
    this.#missingLeft = missingLeft;
  }
}

/** Puts the trees of several parts behind each other; node numbers move, trees keep their order. */
export function joinTrees(parts: readonly TreeArrays[]): TreeArrays {
  const offsets: number[] = [];
  let nodes = 0;
  for (const part of parts) {
    offsets.push(nodes);
    nodes += part.feature.length;
  }
  const moved = (from: Int32Array, offset: number): Int32Array =>
    from.map((node) => (node < 0 ? node : node + offset));
  return {
    roots: joinInts(parts.map((part, i) => moved(part.roots, offsets[i]!))),
    feature: joinInts(parts.map((part) => part.feature)),
    threshold: joinFloats(parts.map((part) => part.threshold)),
    left: joinInts(parts.map((part, i) => moved(part.left, offsets[i]!))),
    right: joinInts(parts.map((part, i) => moved(part.right, offsets[i]!))),
    missingLeft: Uint8Array.from(parts.flatMap((part) => [...part.missingLeft])),
    leafValue: joinFloats(parts.map((part) => part.leafValue)),
    cover: joinFloats(parts.map((part) => part.cover)),
  };
}

function joinInts(parts: readonly Int32Array[]): Int32Array {
  const joined = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function joinFloats(parts: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
