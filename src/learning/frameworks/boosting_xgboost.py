"""Gradient boosting of XGBoost 1.7, as a SageMaker training script. Leaves xgboost-model.json, XGBoost's own format."""

import numpy as np
import script_mode

HYPERPARAMETERS = {
    "num_round": (script_mode.whole(1, 5_000), 300),
    "max_depth": (script_mode.whole(1, 12), 6),
    "eta": (script_mode.number(0, 1, above=0), 0.1),
    "lambda": (script_mode.number(0, 1e9), 1.0),
    "min_child_weight": (script_mode.number(0, 1e9), 1.0),
    "subsample": (script_mode.number(0, 1, above=0), 1.0),
    "colsample_bytree": (script_mode.number(0, 1, above=0), 1.0),
    "early_stopping_rounds": (script_mode.whole(0, 5_000), 0),  # 0: never
}
CHECKPOINT = "boosting.ubj"
# XGBoost does not save the state of its random numbers. So training goes in legs, and each begins as a resumed one does:
# with the model so far and a seed of its own. What an interrupt costs is the leg it falls into.
ROUNDS_OF_A_LEG = 25
ROUNDS_OF_A_PROGRESS_LINE = 5


def train(job):
    import xgboost

    rows = matrix(xgboost, job.train, job.cpus)
    validation = None if job.validation is None else matrix(xgboost, job.validation, job.cpus)
    model = job.load_checkpoint(CHECKPOINT)
    booster, is_over = None, False
    while not is_over:
        booster = begin_leg(xgboost, job, [rows] + ([validation] if validation else []), model)
        is_over = run_leg(job, booster, rows, validation)
        model = bytes(booster.save_raw("ubj"))
        job.save_checkpoint(CHECKPOINT, model)
        if not is_over:
            job.stop_if_asked()
    best = int(booster.attr("best_rounds") or 0)
    booster = booster[:best] if best else booster
    job.finish(
        "xgboost-model.json",
        bytes(booster.save_raw("json")),
        xgboost,
        lambda inputs: booster.predict(xgboost.DMatrix(inputs, nthread=job.cpus)),
    )


def matrix(xgboost, channel, cpus):
    return xgboost.DMatrix(channel.inputs, channel.labels, weight=channel.weights, nthread=cpus)


def begin_leg(xgboost, job, matrices, model):
    given = job.given
    rounds = xgboost.Booster(model_file=bytearray(model)).num_boosted_rounds() if model else 0
    parameters = {
        "objective": "binary:logistic",
        "base_score": float(np.average(job.train.labels, weights=job.train.weights)),
        "tree_method": "hist",
        "max_bin": 256,
        "max_depth": given.max_depth,
        "eta": given.eta,
        "lambda": vars(given)["lambda"],
        "min_child_weight": given.min_child_weight,
        "subsample": given.subsample,
        "colsample_bytree": given.colsample_bytree,
        "nthread": job.cpus,
        "seed": int(np.random.SeedSequence([given.seed, rounds]).generate_state(1)[0] >> 1),
    }
    if given.monotone_constraints:
        parameters["monotone_constraints"] = "(" + ",".join(map(str, job.monotone())) + ")"
    return xgboost.Booster(parameters, matrices, model_file=bytearray(model) if model else None)


def run_leg(job, booster, rows, validation):
    """Boosts to the end of the leg; whether training is over. What early stopping remembers is kept in the booster."""
    given, first = job.given, booster.num_boosted_rounds()
    for done in range(first + 1, min(first + ROUNDS_OF_A_LEG, given.num_round) + 1):
        booster.update(rows, done - 1)
        if done % ROUNDS_OF_A_PROGRESS_LINE == 0:
            script_mode.report_progress(done / given.num_round)
        if validation is not None and is_patience_over(job, booster, validation, done):
            return True
    return booster.num_boosted_rounds() >= given.num_round


def is_patience_over(job, booster, validation, done):
    channel = job.validation
    loss = script_mode.log_loss(booster.predict(validation), channel.labels, channel.weights)
    if loss < float(booster.attr("best_loss") or "inf"):
        booster.set_attr(best_loss=repr(loss), best_rounds=str(done))
    patience = job.given.early_stopping_rounds
    return patience > 0 and done - int(booster.attr("best_rounds")) >= patience


if __name__ == "__main__":
    script_mode.main(train, HYPERPARAMETERS)
