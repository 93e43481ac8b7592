"""The lines of code that do what a panel does, for a person who wants to do it alone."""

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

KERNELS = """\
import keras

weights = keras.ops.convert_to_numpy(network{layer}.kernel)  # (height, width, n_channels, n_kernels)
kernels = weights.transpose(3, 0, 1, 2)
"""

PREDICTIVITY = """\
import keras
import numpy as np
from sklearn.linear_model import RidgeCV
from sklearn.model_selection import KFold

# responses: (n_stimuli, n_sites), averaged over trials, to the same images; both in the order of the stimulus ids
tap = keras.Model(network.input, network.get_layer("{layer}").output)
units = tap.predict(images, verbose=0).reshape(len(images), -1)
units = units[:, np.random.default_rng(0).permutation(units.shape[1])[:4096]]
predicted = np.empty_like(responses)
for train, test in KFold(5, shuffle=True, random_state=0).split(units):
    centred = units - units[train].mean(axis=0)
    scale = centred[train].std()  # one for all units: one that hardly ever answers stays small
    ridge = RidgeCV(np.logspace(0, 6, 13)).fit(centred[train] / scale, responses[train])
    predicted[test] = ridge.predict(centred[test] / scale)
r = [np.corrcoef(predicted[:, site], responses[:, site])[0, 1] for site in range(responses.shape[1])]
print(np.median(r))
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


MATCH = """\
import hcnn_widgets as hw

{source}
match = hw.mapping.layer_area_match(activations, recordings, method="{method}", splits="{splits}"{folds})
print(match)  # chosen on one half of the images, reported on the other
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


def kernels_code(layer: str) -> str:
    """Return the lines that read the kernels of this layer, which may lie in a model inside: "backbone/conv1"."""
    return KERNELS.format(layer="".join(f'.get_layer("{name}")' for name in layer.split("/")))


def predictivity_code(layer: str) -> str:
    """Give the lines that score this layer against recorded sites."""
    return PREDICTIVITY.format(layer=layer)


def scores_code(
    area: str, method: str, splits: str, pooled: bool, correction: str | None, n_folds: int = USUAL_FOLDS
) -> str:
    """Give the lines that score activations of this model area, and correct the score for noise.

    Parameters
    ----------
    area, method, splits : str
    pooled : bool
        Whether r is over the held-out predictions of all folds together.
    correction : str or None
        None shows r of each site.
    n_folds : int
    """
    folds = _folds(n_folds)
    pooling = ', pooling="pooled"' if pooled else ""
    needed = f', corrections=["{correction}"]' if correction and CORRECTIONS[correction].needs_trials else ""
    shown = f'score.corrected("{correction}")' if correction else "score.per_site"
    return SCORES.format(area=area, method=method, splits=splits, more=folds + pooling + needed, shown=shown)


def match_code(
    method: str = "ridgecv", splits: str = "kfold", n_folds: int = USUAL_FOLDS, *, recorded: bool = False
) -> str:
    """Give the lines that choose a model area for each brain area, and report its score on other images.

    Parameters
    ----------
    method, splits : str
    n_folds : int
    recorded : bool
        Whether the activations are recorded from a model first, with as many units as the live score draws. That one
        chooses its penalties by generalised cross-validation from fewer of them, so its values are near, not equal.
    """
    source = "# recordings: a list of hw.RecordingSet to the same images\n" + (
        "# the live score takes 13 penalties instead of 99, and is near this, not equal\n"
        "activations = model.record(recordings[0].stimuli, units=4096)"
        if recorded
        else '# activations: hw.ActivationSet({"V1": units, ...}, stimulus_ids)'
    )
    return MATCH.format(source=source, method=method, splits=splits, folds=_folds(n_folds))


def _folds(n_folds: int) -> str:
    return "" if n_folds == USUAL_FOLDS else f", n_folds={n_folds}"
