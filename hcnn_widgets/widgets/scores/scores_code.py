"""The lines of code that do what panels of scores do, for a person who wants to do it alone."""

from typing import Any

from hcnn_widgets.mapping.noise.corrections import CORRECTIONS

USUAL_FOLDS = 10
"""What `predictivity` and its like take where nobody says otherwise."""

OPTIMIZERS = {
    "adam": "keras.optimizers.Adam(rate)",
    "adamw": "keras.optimizers.AdamW(rate, weight_decay=0.01)",
    "sgd": "keras.optimizers.SGD(rate)",
    "momentum": "keras.optimizers.SGD(rate, momentum=0.9, nesterov=True)",
}

TRAINING = """\
import keras

# network: a keras.Model from images to logits, here model.network; targets: the index of each image's category
rate = {rate}
network.compile(
    optimizer={optimizer},
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
held_out = (held_out_images, held_out_targets)
network.fit(images, targets, batch_size={batch_size}, epochs={epochs:g}, validation_data=held_out)
"""

SCORES = """\
import hcnn_widgets as hw

# activations: hw.ActivationSet({{"{area}": units, ...}}, stimulus_ids); recordings: hw.RecordingSet
scores = hw.mapping.predictivity(activations, recordings, method="{method}", splits="{splits}"{more})
score = scores["{area}"]
print(score)
print({shown})
recorded, predicted = score.responses, score.predictions  # (n_stimuli, n_sites), rows score.stimulus_ids
"""


def training_code(run: Any | None) -> str:
    """Give the lines of Keras that train as this run does; of no run, with the usual settings.

    Parameters
    ----------
    run : Run or None
    """
    rule = getattr(getattr(run, "model", None), "rule", None)
    rate = f"{getattr(run, 'learning_rate', getattr(rule, 'learning_rate', 2e-3)):g}"
    if run is not None and getattr(rule, "schedule", "constant") == "cosine":
        rate = f"keras.optimizers.schedules.CosineDecay({rate}, decay_steps={run.n_steps})"
    return TRAINING.format(
        rate=rate,
        optimizer=OPTIMIZERS.get(getattr(rule, "optimizer", "adam"), OPTIMIZERS["adam"]),
        batch_size=getattr(rule, "batch_size", 64),
        epochs=run.n_steps / run.steps_per_epoch if run is not None else 8,
    )


def scores_code(area: str, method: str, splits: str, correction: str | None, n_folds: int = USUAL_FOLDS) -> str:
    """Return the lines that score activations of this model area, and correct the score for noise.

    Parameters
    ----------
    area, method, splits : str
    correction : str or None
        None shows r of each site.
    n_folds : int
    """
    folds = folds_argument(n_folds)
    needed = f', corrections=["{correction}"]' if correction and CORRECTIONS[correction].needs_trials else ""
    shown = f'score.corrected("{correction}")' if correction else "score.per_site"
    return SCORES.format(area=area, method=method, splits=splits, more=folds + needed, shown=shown)


def folds_argument(n_folds: int) -> str:
    """Return the argument that says how many folds there are; nothing where they are as many as usual."""
    return "" if n_folds == USUAL_FOLDS else f", n_folds={n_folds}"
