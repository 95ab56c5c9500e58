"""A random forest of scikit-learn, as a SageMaker training script. Leaves forest.json.

scikit-learn 1.2's trees know no absent values and no promises. So each absent value becomes its column's training median
and is marked in an indicator column of its own, as networks see it. From 1.4 on its trees keep promises
(monotone_constraints) themselves. Before that, where a split runs against one, the tree is cut off, and shares below a
split are kept within its limits, as our own trainer does.
"""

import inspect
import json
import math

import numpy as np
import script_mode

HYPERPARAMETERS = {
    "n_estimators": (script_mode.whole(1, 5_000), 200),
    "max_depth": (script_mode.whole(1, 40), 16),
    "min_samples_leaf": (script_mode.whole(1, 2**31 - 1), 1),
    "max_features": (script_mode.whole(0, 4_096), 0),  # 0: the square root of their number
    "max_leaf_nodes": (script_mode.whole(0, 2**31 - 1), 0),  # 0: no limit
}
TREES_AT_ONCE = 10  # between two checkpoints
LEAF = -1
ABOVE_ALL = float(np.finfo(np.float32).max)


def train(job):
    middle = script_mode.medians(job.train.inputs)
    marked = np.flatnonzero(np.isnan(job.train.inputs).any(0))
    monotone = np.concatenate([job.monotone(), np.zeros(len(marked), int)])

    def prepare(rows):
        absent = np.isnan(rows)
        return np.hstack([np.where(absent, middle, rows), absent[:, marked].astype(np.float32)])

    inputs = prepare(job.train.inputs)
    trees = []  # each as exported, and as grown where it does not come from a checkpoint
    for first in range(0, job.given.n_estimators, TREES_AT_ONCE):
        name = f"trees-{first:05d}.json"
        found, grown = job.load_checkpoint(name), []
        if found is None:
            grown = grow(job, {"inputs": inputs, "monotone": monotone}, first)
            for tree in grown:
                keep_promises(tree.tree_, monotone)  # nothing is left to do where scikit-learn has kept them
            found = json.dumps([arrays_of(tree.tree_) for tree in grown]).encode()
            job.save_checkpoint(name, found)
        exported = json.loads(found)
        trees += zip(exported, grown or [None] * len(exported))
        script_mode.report_progress(len(trees) / job.given.n_estimators)
        job.stop_if_asked()
    model = {
        "format": "emberwatch-sklearn-forest/1",
        "features": job.features,
        "trees": [with_absent_values(exported, middle, marked) for exported, _ in trees],
    }
    import sklearn

    job.finish("forest.json", model, sklearn, lambda rows: predict(trees, prepare(rows)))


def grow(job, table, first):
    """The next trees. Each lot has a seed of its own, so that it does not matter which lots came before an interrupt."""
    from sklearn.ensemble import RandomForestClassifier

    given, inputs = job.given, table["inputs"]
    knows_promises = "monotonic_cst" in inspect.signature(RandomForestClassifier).parameters
    promises = {"monotonic_cst": table["monotone"]} if knows_promises and table["monotone"].any() else {}
    # Indicators are drawn among the columns of a node: so many more are drawn that the features keep their share.
    wanted = (given.max_features or math.sqrt(job.features)) * inputs.shape[1] / job.features
    forest = RandomForestClassifier(
        n_estimators=min(TREES_AT_ONCE, given.n_estimators - first),
        max_depth=given.max_depth,
        min_samples_leaf=given.min_samples_leaf,
        max_features=min(inputs.shape[1], max(1, round(wanted))),
        max_leaf_nodes=max(2, given.max_leaf_nodes) if given.max_leaf_nodes else None,
        random_state=int(np.random.SeedSequence([given.seed, first]).generate_state(1)[0]),
        n_jobs=job.cpus,
        **promises,
    )
    forest.fit(inputs, job.train.labels, job.train.weights)
    return forest.estimators_


def shares_of(tree):
    """The share of positives at each node."""
    return tree.value[:, 0, 1] / tree.value[:, 0].sum(1)


def keep_promises(tree, monotone):
    """Cuts the tree off at splits against a promise; keeps every leaf within the limits that splits above it set."""
    if not monotone.any():
        return
    directions = np.where(tree.children_left == LEAF, 0, monotone[np.maximum(tree.feature, 0)]).tolist()
    lefts, rights = tree.children_left.tolist(), tree.children_right.tolist()
    shares = shares_of(tree).tolist()
    waiting = [(0, 0.0, 1.0)]
    while waiting:
        node, low, high = waiting.pop()
        left, right, direction = lefts[node], rights[node], directions[node]
        shares[node] = min(high, max(low, shares[node]))
        if left == LEAF:
            continue
        if direction == 0:
            waiting += [(left, low, high), (right, low, high)]
            continue
        left_share, right_share = (min(high, max(low, shares[child])) for child in (left, right))
        middle = (left_share + right_share) / 2
        if direction * (right_share - left_share) < 0:
            tree.children_left[node] = tree.children_right[node] = LEAF
        elif direction > 0:
            waiting += [(left, low, middle), (right, middle, high)]
        else:
            waiting += [(left, middle, high), (right, low, middle)]
    weights = tree.value[:, 0].sum(1)
    tree.value[:, 0] = np.transpose([weights * (1 - np.array(shares)), weights * shares])


def arrays_of(tree):
    """The nodes that can be reached, parents first, in plain lists."""
    lefts, rights = tree.children_left.tolist(), tree.children_right.tolist()
    order = [0]
    for node in order:
        if lefts[node] != LEAF:
            order += [lefts[node], rights[node]]
    place = {node: at for at, node in enumerate(order)}
    is_leaf = tree.children_left[order] == LEAF
    # A float32 is at most the threshold exactly when it is at most the next float32 below the threshold.
    threshold = tree.threshold[order].astype(np.float32)
    threshold = np.where(threshold > tree.threshold[order], np.nextafter(threshold, np.float32(-np.inf)), threshold)
    return {
        "feature": np.where(is_leaf, LEAF, tree.feature[order]).tolist(),
        "threshold": np.where(is_leaf, 0, threshold).tolist(),
        "left": [place.get(lefts[node], LEAF) for node in order],
        "right": [place.get(rights[node], LEAF) for node in order],
        "leaf_value": np.where(is_leaf, shares_of(tree)[order], 0).tolist(),
        "cover": tree.weighted_n_node_samples[order].tolist(),
    }


def with_absent_values(tree, middle, marked):
    """The same tree over the columns as they come. An absent value goes where the median goes; the test of an indicator
    becomes a test of its column that every present value passes."""
    tested, thresholds, missing_left = [], [], []
    for feature, threshold in zip(tree["feature"], tree["threshold"]):
        is_indicator = feature >= len(middle)
        tested.append(int(marked[feature - len(middle)]) if is_indicator else feature)
        thresholds.append(ABOVE_ALL if is_indicator else threshold)
        missing_left.append(int(feature != LEAF and not is_indicator and middle[feature] <= threshold))
    return {**tree, "feature": tested, "threshold": thresholds, "missing_left": missing_left}


def predict(trees, rows):
    """The mean share: by scikit-learn itself, and by the arrays where a tree comes from a checkpoint."""
    shares = [walk(exported, rows) if grown is None else grown.predict_proba(rows)[:, 1] for exported, grown in trees]
    return np.mean(shares, 0)


def walk(tree, rows):
    feature, threshold, left, right = (np.array(tree[key]) for key in ("feature", "threshold", "left", "right"))
    node = np.zeros(len(rows), int)
    for _ in range(len(feature)):
        inside = np.flatnonzero(feature[node] != LEAF)
        if not len(inside):
            break
        at = node[inside]
        node[inside] = np.where(rows[inside, feature[at]] <= threshold[at], left[at], right[at])
    return np.array(tree["leaf_value"])[node]


if __name__ == "__main__":
    script_mode.main(train, HYPERPARAMETERS)
