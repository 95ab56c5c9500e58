"""A dense network of PyTorch 1.13, as a SageMaker training script. Leaves network.json.

It does what our own trainer does: absent values become medians with indicators, inputs are standardised and cut, ReLUs,
log-loss by Adam with decoupled decay of weights alone, early stopping on the validation channel, and promises
(monotone_constraints) kept by the signs of weights.
"""

import io
import math

import numpy as np
import script_mode

HYPERPARAMETERS = {
    "hidden_units": (script_mode.whole_numbers, [64, 64]),
    "epochs": (script_mode.whole(1, 10_000), 40),
    "patience": (script_mode.whole(0, 10_000), 0),  # 0: never stops early
    "batch_size": (script_mode.whole(1, 65_536), 256),
    "lr": (script_mode.number(0, 1, above=0), 1e-3),
    "weight_decay": (script_mode.number(0, 1), 0.01),
    "clip": (script_mode.number(0, 1e6, above=0), 10.0),
}
LAYERS_MAX = 8
UNITS_MAX = 1_024
CHECKPOINT = "network.pt"


def train(job):
    units = job.given.hidden_units
    if len(units) > LAYERS_MAX or not all(1 <= count <= UNITS_MAX for count in units):
        raise script_mode.Refused(
            f"Hyperparameter hidden_units is at most {LAYERS_MAX} whole numbers from 1 to {UNITS_MAX}."
        )
    monotone = job.monotone()
    import torch

    torch.set_num_threads(job.cpus)
    torch.use_deterministic_algorithms(True)
    preparation = fit_preparation(job.train.inputs, job.given.clip)
    signs = np.concatenate([monotone, np.zeros(len(preparation["indicators"]), int)])
    state = State(torch, job, signs)
    rows = tensors(torch, job.train, preparation)
    validation = None if job.validation is None else tensors(torch, job.validation, preparation)
    state.restore(job.load_checkpoint(CHECKPOINT))
    while not state.is_over(job.given):
        run_epoch(torch, state, rows, job.given.batch_size)
        state.end_epoch(validation)
        job.save_checkpoint(CHECKPOINT, state.to_bytes())
        script_mode.report_progress(state.epoch / job.given.epochs)
        job.stop_if_asked()
    state.take_best()

    def predict(inputs):
        with torch.no_grad():
            return torch.sigmoid(state.model(torch.from_numpy(prepare(inputs, preparation)))[:, 0]).double().numpy()

    job.finish("network.json", export(job, state.model, preparation), torch, predict)


def fit_preparation(inputs, clip):
    """Medians, means and deviations by the definition of fit-preparation.ts."""
    middle = script_mode.medians(inputs)
    filled = np.where(np.isnan(inputs), middle, inputs).astype(np.float64)
    deviation = filled.std(0).astype(np.float32)
    return {
        "median": middle,
        "mean": filled.mean(0).astype(np.float32),
        "deviation": np.where((deviation > 0) & np.isfinite(deviation), deviation, np.float32(1)),
        "clip": clip,
        "indicators": np.flatnonzero(np.isnan(inputs).any(0)),
    }


def prepare(inputs, preparation):
    absent = np.isnan(inputs)
    filled = np.where(absent, preparation["median"], inputs)
    standard = (filled - preparation["mean"]) / preparation["deviation"]
    cut = np.clip(standard, np.float32(-preparation["clip"]), np.float32(preparation["clip"]))
    return np.hstack([cut, absent[:, preparation["indicators"]].astype(np.float32)])


def tensors(torch, channel, preparation):
    """Prepared rows, labels, and weights whose mean is 1."""
    even = channel.weights / channel.weights.mean(dtype=np.float64)
    arrays = (prepare(channel.inputs, preparation), channel.labels, even.astype(np.float32))
    return [torch.from_numpy(np.ascontiguousarray(array)) for array in arrays]


class State:
    """Everything that changes from epoch to epoch, and so everything that a checkpoint holds."""

    def __init__(self, torch, job, signs):
        self.torch = torch
        self.random = torch.Generator().manual_seed(job.given.seed)
        sizes = [len(signs), *job.given.hidden_units, 1]
        layers = [torch.nn.Linear(*pair) for pair in zip(sizes, sizes[1:])]
        self.model = torch.nn.Sequential(
            *[part for layer in layers[:-1] for part in (layer, torch.nn.ReLU())], layers[-1]
        )
        self.promises = promises_of(torch, layers, signs)
        self.draw_weights()
        biases = [layer.bias for layer in layers]
        self.optimizer = torch.optim.AdamW(
            [
                {"params": [layer.weight for layer in layers], "weight_decay": job.given.weight_decay},
                {"params": biases, "weight_decay": 0.0},
            ],
            lr=job.given.lr,
        )
        self.epoch, self.best_epoch, self.best_loss, self.best = 0, 0, math.inf, None

    def draw_weights(self):
        """Evenly from ± 1 / √inputs, as PyTorch does; a promised weight on its own side of 0, so that it is not dead."""
        with self.torch.no_grad():
            for layer, directions in self.promises:
                most = 1 / math.sqrt(layer.in_features)
                for values in (layer.weight, layer.bias):
                    values.uniform_(-most, most, generator=self.random)
                if directions is not None:
                    layer.weight.copy_(self.torch.where(directions == 2, layer.weight, directions * layer.weight.abs()))

    def keep_promises(self):
        with self.torch.no_grad():
            for layer, directions in self.promises:
                if directions is not None:
                    allowed = directions * (directions * layer.weight).clamp(min=0)
                    layer.weight.copy_(self.torch.where(directions == 2, layer.weight, allowed))

    def is_over(self, given):
        waited = self.epoch - 1 - self.best_epoch
        is_patience_over = self.best is not None and 0 < given.patience <= waited
        return self.epoch >= given.epochs or is_patience_over

    def end_epoch(self, validation):
        if validation is not None:
            inputs, labels, weights = validation
            with self.torch.no_grad():
                loss = float(loss_of(self.torch, self.model, inputs, labels, weights))
            if loss < self.best_loss:
                self.best_loss, self.best_epoch = loss, self.epoch
                self.best = {name: value.clone() for name, value in self.model.state_dict().items()}
        self.epoch += 1

    def take_best(self):
        if self.best is not None:
            self.model.load_state_dict(self.best)

    def to_bytes(self):
        """Tensors alone, so that `restore` can refuse everything else."""
        numbers = [self.epoch, self.best_epoch, self.best_loss]
        content = {
            "model": self.model.state_dict(),
            "moments": self.optimizer.state_dict()["state"],
            "random": self.random.get_state(),
            "numbers": self.torch.tensor(numbers, dtype=self.torch.float64),
            "best": self.best or {},
        }
        written = io.BytesIO()
        self.torch.save(content, written)
        return written.getvalue()

    def restore(self, found):
        if found is None:
            return
        # weights_only: a checkpoint holds numbers, never code to run.
        content = self.torch.load(io.BytesIO(found), weights_only=True)
        self.model.load_state_dict(content["model"])
        groups = self.optimizer.state_dict()["param_groups"]
        self.optimizer.load_state_dict({"state": content["moments"], "param_groups": groups})
        self.random.set_state(content["random"])
        epoch, best_epoch, self.best_loss = content["numbers"].tolist()
        self.epoch, self.best_epoch, self.best = int(epoch), int(best_epoch), content["best"] or None


def promises_of(torch, layers, signs):
    """For each layer its weights' directions: 1 and -1 may only be on that side of 0, 0 stays 0, 2 is free.

    Half of the units of a hidden layer never see the promised inputs, the others rise and fall in turn with them.
    """
    promises, before = [], signs
    for layer in layers:
        units = layer.out_features
        after = np.array([0 if 2 * unit < units else 1 if unit % 2 == 0 else -1 for unit in range(units)])
        after = after if layer is not layers[-1] else np.ones(1, int)
        directions = np.where(before == 0, 2, after[:, None] * before)
        promises.append((layer, torch.from_numpy(directions.astype(np.float32)) if signs.any() else None))
        before = after
    return promises


def loss_of(torch, model, inputs, labels, weights):
    odds = model(inputs)[:, 0]
    return torch.nn.functional.binary_cross_entropy_with_logits(odds, labels, weights)


def run_epoch(torch, state, rows, batch_size):
    inputs, labels, weights = rows
    for batch in torch.randperm(len(inputs), generator=state.random).split(batch_size):
        state.optimizer.zero_grad()
        loss_of(torch, state.model, inputs[batch], labels[batch], weights[batch]).backward()
        state.optimizer.step()
        state.keep_promises()


def export(job, model, preparation):
    layers = [part for part in model if hasattr(part, "weight")]
    return {
        "format": "emberwatch-pytorch-network/1",
        "features": job.features,
        "preparation": {**{key: np.asarray(value).tolist() for key, value in preparation.items()}},
        "layers": [
            {
                "inputs": layer.in_features,
                "outputs": layer.out_features,
                "weights": layer.weight.detach().numpy().T.ravel().tolist(),
                "bias": layer.bias.detach().tolist(),
            }
            for layer in layers
        ],
    }


if __name__ == "__main__":
    script_mode.main(train, HYPERPARAMETERS)
