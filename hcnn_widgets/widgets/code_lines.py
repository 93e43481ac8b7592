"""The lines of code that do what a panel does, for a person who wants to do it alone."""

from typing import Any

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

weights = keras.ops.convert_to_numpy(network.get_layer("{layer}").kernel)  # (height, width, n_channels, n_kernels)
kernels = weights.transpose(3, 0, 1, 2)
"""

PREDICTIVITY = """\
import keras
import numpy as np
from sklearn.linear_model import RidgeCV
from sklearn.model_selection import KFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

# responses: (n_stimuli, n_sites), averaged over trials, to the same images
tap = keras.Model(network.input, network.get_layer("{layer}").output)
units = tap.predict(images, verbose=0).reshape(len(images), -1)
units = units[:, np.random.default_rng(0).permutation(units.shape[1])[:256]]
line = make_pipeline(StandardScaler(), RidgeCV(np.logspace(0, 6, 13)))
predicted = cross_val_predict(line, units, responses, cv=KFold(5, shuffle=True, random_state=0))
r = [np.corrcoef(predicted[:, site], responses[:, site])[0, 1] for site in range(responses.shape[1])]
print(np.median(r))
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
    """Give the lines that read the kernels of this layer."""
    return KERNELS.format(layer=layer)


def predictivity_code(layer: str) -> str:
    """Give the lines that score this layer against recorded sites."""
    return PREDICTIVITY.format(layer=layer)
