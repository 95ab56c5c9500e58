"""A random forest of scikit-learn 1.2, as a SageMaker training script. Leaves forest.json.

scikit-learn's trees know no absent values and no promises. So an absent value becomes the lowest float32: trees can tell
it from all others, and it goes left at every test. In a column without absent values in training, where nothing can be
learnt about them, it becomes the median. Where a split runs against a promise (monotone_constraints), the tree is cut
off, and shares below a split are kept within its limits, as our own trainer does.
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
TREES_AT_ONCE = 10  # between two checkpoints
LEAF = -1


def train(job):
    was_absent = np.isnan(job.train.inputs).any(0)
    stand_ins = np.where(was_absent, np.finfo(np.float32).min, script_mode.medians(job.train.inputs))
    monotone = job.monotone()

    def prepare(rows):
        return np.where(np.isnan(rows), stand_ins, rows)

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
        "trees": [with_absent_values(tree, stand_ins) for tree in exported],
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


def with_absent_values(tree, stand_ins):
    """Adds to each test where absent values go: where what stands for them goes."""
    tests = zip(tree["feature"], tree["threshold"])
    return {**tree, "missing_left": [int(feature != LEAF and stand_ins[feature] <= bound) for feature, bound in tests]}


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
