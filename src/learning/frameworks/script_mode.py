"""SageMaker's script mode, for the training scripts beside this file.

A training job is a folder tree (/opt/ml on SageMaker) that SM_* environment variables point into. A script reads its
channels there, takes hyperparameters as command line arguments, prints metrics, and leaves a model, its own answers to
some rows (golden.json) or, when it fails, one sentence in the file "failure". Where there is a checkpoint folder, a job
that SIGTERM stopped goes on where it was and ends with the same model.
"""

import argparse
import gzip
import hashlib
import json
import os
import signal
import sys
import traceback
from array import array
from pathlib import Path

import numpy as np

FAILURE_CHARACTERS_MAX = 1024  # SageMaker shows no more
CELLS_MAX = 500_000_000
COLUMNS_MAX = 4_096
GOLDEN_ROWS_MAX = 128
EXIT_REFUSED = 2
EXIT_FAULT = 1
EXIT_STOPPED = 128 + signal.SIGTERM


class Refused(Exception):
    """Input that no attempt could use; the text is one sentence for people."""


class Stopped(Exception):
    """SIGTERM came, and what is worth keeping is in the checkpoint folder."""


class Channel:
    """Rows of one channel: float32 inputs with NaN where a cell is empty, labels of 0 and 1, and weights."""

    def __init__(self, inputs, labels, weights):
        self.inputs, self.labels, self.weights = inputs, labels, weights


class StopSignal:
    """Remembers that SIGTERM came: SageMaker stops jobs and takes spot machines back with it, two minutes ahead."""

    def __init__(self):
        self.came = False
        signal.signal(signal.SIGTERM, self.take)
        signal.signal(signal.SIGINT, self.take)

    def take(self, *_):
        self.came = True


class Job:
    """What a script works on. It calls `stop_if_asked` whenever everything so far is in the checkpoint folder."""

    def __init__(self, given, channels, fingerprint, stop_signal):
        self.given, self.fingerprint, self.stop_signal = given, fingerprint, stop_signal
        self.train, self.validation = channels["train"], channels.get("validation")
        self.features = self.train.inputs.shape[1]
        self.cpus = int(os.environ.get("SM_NUM_CPUS", "1"))
        self.model_folder = Path(os.environ["SM_MODEL_DIR"])
        self.data_folder = Path(os.environ["SM_OUTPUT_DATA_DIR"])
        self.checkpoints = checkpoint_folder()

    def monotone(self):
        """1, -1 or 0 for each feature: what monotone_constraints promises."""
        promised = self.given.monotone_constraints
        if promised and len(promised) != self.features:
            raise Refused(
                f"Hyperparameter monotone_constraints names {len(promised)} features; channel train has {self.features}."
            )
        return np.array(promised or [0] * self.features)

    def stop_if_asked(self):
        if self.stop_signal.came:
            raise Stopped()

    def load_checkpoint(self, name):
        """Bytes of a checkpoint of this very job; None without one. Another job's is refused."""
        path = self.checkpoints and self.checkpoints / name
        if not path or not path.exists():
            return None
        fingerprint, found = path.read_bytes().split(b"\n", 1)
        if fingerprint.decode() != self.fingerprint:
            raise Refused(
                f"Checkpoint {name} belongs to other hyperparameters or other data: empty the checkpoint folder first."
            )
        return found

    def save_checkpoint(self, name, content):
        if self.checkpoints:
            write_whole(self.checkpoints / name, self.fingerprint.encode() + b"\n" + content)

    def finish(self, name, model, framework, predict):
        """Leaves the model file, and what the framework itself says to some rows, with and without absent values."""
        for kind, channel in (("train", self.train), ("validation", self.validation)):
            if channel:
                probabilities = predict(channel.inputs)
                report(kind, "logloss", log_loss(probabilities, channel.labels, channel.weights))
                if 0 < channel.labels.sum() < len(channel.labels):
                    report(kind, "auc", roc_auc(probabilities, channel.labels))
        rows = golden_rows((self.validation or self.train).inputs)
        golden = {
            "framework": f"{framework.__name__} {framework.__version__}",
            "rows": [[None if np.isnan(value) else float(value) for value in row] for row in rows],
            "probabilities": [float(value) for value in predict(rows)],
        }
        write_whole(self.data_folder / "golden.json", json.dumps(golden).encode())
        write_whole(self.model_folder / name, model if isinstance(model, bytes) else json.dumps(model).encode())


def whole(least, most):
    """A type of hyperparameter: a whole number in a range."""

    def parse(text):
        value = int(text)
        if not least <= value <= most:
            raise ValueError(text)
        return value

    parse.__name__ = f"whole number from {least} to {most}"
    return parse


def number(least, most, above=None):
    """A type of hyperparameter: a number in a range, or also above a bound that it may not reach."""

    def parse(text):
        value = float(text)
        if not least <= value <= most or (above is not None and value <= above):
            raise ValueError(text)
        return value

    parse.__name__ = f"number {f'above {above:g}' if above is not None else f'from {least:g}'} to {most:g}"
    return parse


def whole_numbers(text):
    """A type of hyperparameter: "64,32" or "(1,0,-1)"."""
    return [int(part) for part in text.strip("()").split(",")] if text else []


whole_numbers.__name__ = "list of whole numbers"


def main(train, hyperparameters):
    """Runs train(job); `hyperparameters` maps names to (type, default). Every end is one that SageMaker understands."""
    output_folder = Path(os.environ.get("SM_OUTPUT_DIR", "/opt/ml/output"))
    code, sentence = EXIT_FAULT, None
    stop_signal = StopSignal()
    report_progress(0)
    try:
        train(open_job(hyperparameters, stop_signal))
        return
    except Refused as refused:
        code, sentence = EXIT_REFUSED, str(refused)
    except Stopped:
        print("stopped; a job with the same checkpoint folder goes on from here", flush=True)
        sys.exit(EXIT_STOPPED)
    except Exception as fault:
        traceback.print_exc()
        sentence = f"{type(fault).__name__}: {fault}"
    print(sentence, file=sys.stderr, flush=True)
    output_folder.mkdir(parents=True, exist_ok=True)
    (output_folder / "failure").write_text(sentence[:FAILURE_CHARACTERS_MAX])
    sys.exit(code)


def open_job(hyperparameters, stop_signal):
    for name in ("SM_CHANNEL_TRAIN", "SM_MODEL_DIR", "SM_OUTPUT_DATA_DIR"):
        if not os.environ.get(name):
            raise Refused(f"{name} is not set: start this script in a SageMaker training job with a channel train.")
    given = parse(hyperparameters)
    digest = hashlib.sha256(json.dumps(vars(given), sort_keys=True).encode())
    names = ["train"] + (["validation"] if os.environ.get("SM_CHANNEL_VALIDATION") else [])
    channels = {name: read_channel(name, given.csv_weights, digest) for name in names}
    widths = [channel.inputs.shape[1] for channel in channels.values()]
    if len(set(widths)) > 1:
        raise Refused(f"Channel validation has {widths[1]} features, channel train {widths[0]}.")
    return Job(given, channels, digest.hexdigest(), stop_signal)


def parse(hyperparameters):
    common = {"seed": (whole(0, 2**31 - 1), 1), "csv_weights": (whole(0, 1), 0), "monotone_constraints": (whole_numbers, [])}
    parser = argparse.ArgumentParser(allow_abbrev=False, add_help=False)

    def refuse(message):
        raise Refused(f"Hyperparameters: {message}.")

    parser.error = refuse
    for name, (kind, default) in {**common, **hyperparameters}.items():
        parser.add_argument(f"--{name}", type=kind, default=default)
    given = parser.parse_args()
    if any(sign not in (-1, 0, 1) for sign in given.monotone_constraints):
        raise Refused("Hyperparameter monotone_constraints holds 1, 0 and -1 alone, one for each feature.")
    return given


def checkpoint_folder():
    """The folder that SageMaker syncs with S3, when the job has one."""
    config = Path(os.environ.get("SM_INPUT_CONFIG_DIR", "/opt/ml/input/config")) / "checkpointconfig.json"
    path = Path(json.loads(config.read_text())["LocalPath"] if config.exists() else "/opt/ml/checkpoints")
    return path if path.is_dir() else None


def read_channel(name, csv_weights, digest):
    """Reads a channel's CSV files in order of their names: label, weight with csv_weights, features; no header."""
    folder = Path(os.environ[f"SM_CHANNEL_{name.upper()}"])
    paths = sorted(path for path in folder.rglob("*") if path.name.endswith((".csv", ".csv.gz")))
    cells, width = array("f"), None
    for path in paths:
        try:
            with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
                for at, line in enumerate(lines, 1):
                    values = line.rstrip("\r\n").split(",")
                    width = width or len(values)
                    place = f"Channel {name}: {path.name} line {at}"
                    if len(values) != width or not 2 + csv_weights <= width <= COLUMNS_MAX:
                        raise Refused(f"{place} has {len(values)} cells; each line holds {layout(csv_weights, width)}.")
                    cells.extend(cell_value(value, place) for value in values)
                    if len(cells) > CELLS_MAX:
                        raise Refused(f"Channel {name} holds more than {CELLS_MAX} cells.")
        except (OSError, EOFError, UnicodeDecodeError) as problem:
            raise Refused(f"Channel {name}: {path.name} cannot be read: {problem}.") from problem
    if not cells:
        raise Refused(f"Channel {name}: {folder} holds no rows in .csv or .csv.gz files.")
    table = np.frombuffer(cells, np.float32).reshape(-1, width)
    digest.update(table.tobytes())
    return check_channel(name, table, 1 + csv_weights)


def layout(csv_weights, width):
    features = max(1, width - 1 - csv_weights)
    return f"the label{', a weight' if csv_weights else ''} and {features} features"


def cell_value(text, place):
    """A number; NaN for an empty cell."""
    try:
        return float(text) if text else np.nan
    except ValueError:
        raise Refused(f"{place} holds {text[:40]!r}, which is no number; there is no header either.") from None


def check_channel(name, table, first_feature):
    labels, inputs = table[:, 0], np.ascontiguousarray(table[:, first_feature:])
    weights = table[:, 1] if first_feature == 2 else np.ones(len(table), np.float32)
    if not np.isin(labels, (0, 1)).all():
        raise Refused(f"Channel {name}: the first column is the label and holds 0 and 1 alone.")
    if np.isinf(inputs).any():
        raise Refused(f"Channel {name} holds an infinite value: leave its cell empty.")
    if not (np.isfinite(weights).all() and (weights >= 0).all()):
        raise Refused(f"Channel {name}: weights, in the second column, are numbers of at least 0.")
    if name == "train" and not all((weights * (labels == label)).sum() > 0 for label in (0, 1)):
        raise Refused(f"Channel {name} has rows of one label alone: there is nothing to tell apart.")
    return Channel(inputs, labels, weights)


def medians(inputs):
    """The upper middle of each column's present values; 0 where there is none."""
    step = max(1, -(-len(inputs) // 200_000))  # as many values as the native preparation looks at
    columns = [np.sort(column[~np.isnan(column)]) for column in inputs[::step].T]
    return np.array([column[len(column) // 2] if len(column) else 0 for column in columns], np.float32)


def golden_rows(inputs):
    """Some rows as they are, and again with every third cell absent."""
    rows = inputs[:: -(-len(inputs) // GOLDEN_ROWS_MAX)]
    thinned = rows.copy()
    thinned.reshape(-1)[::3] = np.nan
    return np.concatenate([rows, thinned])


def log_loss(probabilities, labels, weights):
    likely = np.clip(np.where(labels == 1, probabilities, 1 - probabilities), 1e-15, 1)
    return float(np.average(-np.log(likely), weights=weights))


def roc_auc(probabilities, labels):
    """Share of pairs in which the positive row is ranked above the negative one; a tie counts half."""
    _, inverse, counts = np.unique(probabilities, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    positives = int(labels.sum())
    pairs = positives * (len(labels) - positives)
    return float((ranks[labels == 1].sum() - positives * (positives + 1) / 2) / pairs)


def report(kind, metric, value):
    """One metric, as the regular expressions of metric-definitions.ts read it."""
    print(f"{kind}-{metric}={value:.9g};", flush=True)


def report_progress(share):
    print(f"progress={share:.6g};", flush=True)


def write_whole(path, content):
    """Writes beside the place and renames, so that no half file is ever found or synced."""
    beside = path.with_name(f"{path.name}.partial")
    beside.write_bytes(content)
    os.replace(beside, path)
