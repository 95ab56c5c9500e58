"""A random forest of scikit-learn 1.2, as a SageMaker training script. Leaves forest.json.

scikit-learn's trees know no absent values and no promises. So each absent value becomes its column's training median
and is marked in an indicator column of its own, as dense networks see it; and where a split runs against a promise
(monotone_constraints), the tree is cut off there and the shares below are kept within limits, as our own trainer does.
"""

import json

import numpy as np
import script_mode

HYPERPARAMETERS = {
    "n_estimators": (script_mode.whole(1, 5_000), 200),
    "max_depth": (script_mode.whole(1, 40), 16),
    "min_samples_leaf": (script_mode.whole(1, 2**31 - 1), 1),
    "max_features": (script_mode.whole(0, 4_096), 0),  # 0: the square root of their number
    "max_leaf_nodes": (script_mode.whole(0, 2**31 - 1), 0),  # 0: no limit
}
TREES_AT_ONCE = 10  # between two checkpoints; more with many cores would make checkpoints depend on the machine
LEAF = -1
ABOVE_ALL = np.finfo(np.float32).max


def train(job):
    middle = script_mode.medians(job.train.inputs)
    marked = np.flatnonzero(np.isnan(job.train.inputs).any(0))
    monotone = np.concatenate([job.monotone(), np.zeros(len(marked), int)])

    def prepare(rows):
        absent = np.isnan(rows)
        return np.hstack([np.where(absent, middle, rows), absent[:, marked].astype(np.float32)])

    inputs = prepare(job.train.inputs)
    estimators, exported = [], []
    for first in range(0, job.given.n_estimators, TREES_AT_ONCE):
        name = f"trees-{first:05d}.json"
        found = job.load_checkpoint(name)
        if found is None:
            grown = grow(job, inputs, first)
            for tree in grown:
                keep_promises(tree.tree_, monotone)
            estimators += grown
            found = json.dumps([arrays_of(tree.tree_) for tree in grown]).encode()
            job.save_checkpoint(name, found)
        exported += json.loads(found)
        script_mode.report_progress(len(exported) / job.given.n_estimators)
        job.stop_if_asked()
    model = {
        "format": "emberwatch-sklearn-forest/1",
        "features": job.features,
        "trees": [with_absent_values(tree, middle, marked, job.features) for tree in exported],
    }
    import sklearn

    job.finish("forest.json", model, sklearn, lambda rows: predict(exported, estimators, prepare(rows)))


def grow(job, inputs, first):
    """The next trees. Each lot has a seed of its own, so that it does not matter which lots came before an interrupt."""
    from sklearn.ensemble import RandomForestClassifier

    given = job.given
    forest = RandomForestClassifier(
        n_estimators=min(TREES_AT_ONCE, given.n_estimators - first),
        max_depth=given.max_depth,
        min_samples_leaf=given.min_samples_leaf,
        max_features=given.max_features or "sqrt",
        max_leaf_nodes=max(2, given.max_leaf_nodes) if given.max_leaf_nodes else None,
        random_state=int(np.random.SeedSequence([given.seed, first]).generate_state(1)[0]),
        n_jobs=job.cpus,
    )
    forest.fit(inputs, job.train.labels, job.train.weights)
    return forest.estimators_


def share(tree, node):
    negative, positive = tree.value[node, 0]
    return positive / (negative + positive)


def keep_promises(tree, monotone):
    """Cuts the tree off at splits against a promise; keeps every leaf within the limits that splits above it set."""
    if not monotone.any():
        return
    waiting = [(0, 0.0, 1.0)]
    while waiting:
        node, low, high = waiting.pop()
        left, right = tree.children_left[node], tree.children_right[node]
        if left != LEAF:
            left_share, right_share = np.clip([share(tree, left), share(tree, right)], low, high)
            direction = monotone[tree.feature[node]]
            if direction * (right_share - left_share) >= 0:
                middle = (left_share + right_share) / 2
                below, above = ((low, middle), (middle, high)) if direction else ((low, high), (low, high))
                waiting += [(left, *(above if direction < 0 else below)), (right, *(below if direction < 0 else above))]
                continue
            tree.children_left[node] = tree.children_right[node] = LEAF
            tree.feature[node] = -2
        weight, kept = tree.value[node, 0].sum(), np.clip(share(tree, node), low, high)
        tree.value[node, 0] = weight * (1 - kept), weight * kept


def arrays_of(tree):
    """The nodes that can be reached, parents first, in plain lists."""
    order = [0]
    for node in order:
        if tree.children_left[node] != LEAF:
            order += [tree.children_left[node], tree.children_right[node]]
    place = {node: at for at, node in enumerate(order)}
    is_leaf = tree.children_left[order] == LEAF
    # A float32 is at most the threshold exactly when it is at most the next float32 below the threshold.
    threshold = tree.threshold[order].astype(np.float32)
    threshold = np.where(threshold > tree.threshold[order], np.nextafter(threshold, np.float32(-np.inf)), threshold)
    return {
        "feature": np.where(is_leaf, LEAF, tree.feature[order]).tolist(),
        "threshold": np.where(is_leaf, 0, threshold).tolist(),
        "left": [place.get(node, LEAF) for node in tree.children_left[order]],
        "right": [place.get(node, LEAF) for node in tree.children_right[order]],
        "leaf_value": [share(tree, node) if leaf else 0 for node, leaf in zip(order, is_leaf)],
        "cover": tree.weighted_n_node_samples[order].tolist(),
    }


def with_absent_values(tree, middle, marked, features):
    """The same tree over the columns as they come. An absent value goes where the median would; the test of an
    indicator becomes a test of its column that every present value passes."""
    tested, threshold, missing_left = [], [], []
    for feature, bound in zip(tree["feature"], tree["threshold"]):
        is_indicator = feature >= features
        tested.append(int(marked[feature - features]) if is_indicator else feature)
        threshold.append(float(ABOVE_ALL) if is_indicator else bound)
        missing_left.append(int(feature >= 0 and not is_indicator and middle[feature] <= bound))
    return {**tree, "feature": tested, "threshold": threshold, "missing_left": missing_left}


def predict(exported, estimators, rows):
    """The mean share: by scikit-learn itself, and by the arrays where trees come from a checkpoint."""
    restored = exported[: len(exported) - len(estimators)]
    said = [tree.predict_proba(rows)[:, 1] for tree in estimators] + [walk(tree, rows) for tree in restored]
    return np.mean(said, 0)


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
