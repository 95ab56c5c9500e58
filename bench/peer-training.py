"""The peers of our trainers: scikit-learn, XGBoost and PyTorch at the same task on the same rows, on one thread.

Usage: peer-training.py FOLDER TRAIN_ROWS TEST_ROWS FEATURES KIND RUNS HYPERPARAMETERS
FOLDER holds train.bin and test.bin (float32, row by row) and labels.bin (uint8); the probabilities of the test rows are
written to predictions.bin there. HYPERPARAMETERS is a JSON object. Prints one JSON object.
"""

import json
import os
import sys
import time

import numpy as np


def forest(x, y, given):
    from sklearn.ensemble import RandomForestClassifier

    model = RandomForestClassifier(
        n_estimators=given["trees"], max_depth=given["depthMax"], max_features="sqrt", n_jobs=1, random_state=1
    )
    model.fit(x, y)
    return lambda rows: model.predict_proba(rows)[:, 1]


def boosting(x, y, given):
    import xgboost

    parameters = {
        "objective": "binary:logistic",
        "tree_method": "hist",
        "max_bin": 256,
        "max_depth": given["depthMax"],
        "eta": given["learningRate"],
        "lambda": given["l2"],
        "min_child_weight": given["leafHessianMin"],
        "nthread": 1,
    }
    model = xgboost.train(parameters, xgboost.DMatrix(x, y, nthread=1), given["rounds"])
    return model.inplace_predict


def network(x, y, given):
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(1)
    mean, deviation = x.mean(0), x.std(0)

    def prepare(rows):
        return torch.from_numpy(np.clip((rows - mean) / deviation, -given["clip"], given["clip"]))

    sizes = [x.shape[1], *given["hiddenUnits"]]
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
    model = torch.nn.Sequential(*layers, torch.nn.Linear(sizes[-1], 1))
    optimizer = torch.optim.AdamW(model.parameters(), lr=given["learningRate"], weight_decay=given["weightDecay"])
    loss_of = torch.nn.BCEWithLogitsLoss()
    inputs, labels = prepare(x), torch.from_numpy(y.astype(np.float32))[:, None]
    for _ in range(given["epochsMax"]):
        for batch in torch.randperm(len(inputs)).split(given["batchRows"]):
            optimizer.zero_grad()
            loss_of(model(inputs[batch]), labels[batch]).backward()
            optimizer.step()

    def predict(rows):
        with torch.no_grad():
            return torch.sigmoid(model(prepare(rows)))[:, 0].numpy()

    return predict


FITS = {"forest": forest, "boosting": boosting, "network": network}


def row_seconds(predict, rows):
    """Median time of a call with one row, after some to warm up."""
    times = []
    for k in range(60):
        row = rows[k : k + 1]
        start = time.perf_counter()
        predict(row)
        times.append(time.perf_counter() - start)
    return float(np.median(times[10:]))


def main():
    folder, train_rows, test_rows, features, kind, runs, given = sys.argv[1:]
    shape = (int(train_rows), int(features))
    x = np.fromfile(os.path.join(folder, "train.bin"), np.float32).reshape(shape)
    test = np.fromfile(os.path.join(folder, "test.bin"), np.float32).reshape(int(test_rows), shape[1])
    y = np.fromfile(os.path.join(folder, "labels.bin"), np.uint8)
    given = json.loads(given)
    FITS[kind](x[:500], y[:500], {**given, "trees": 1, "rounds": 1, "epochsMax": 1})  # libraries are loaded before
    wall, cpu = [], []
    for _ in range(int(runs)):
        wall_start, cpu_start = time.perf_counter(), time.process_time()
        predict = FITS[kind](x, y, given)
        wall.append(time.perf_counter() - wall_start)
        cpu.append(time.process_time() - cpu_start)
    np.asarray(predict(test), np.float32).tofile(os.path.join(folder, "predictions.bin"))
    print(json.dumps({"wallSeconds": wall, "cpuSeconds": cpu, "rowSeconds": row_seconds(predict, test)}))


main()
