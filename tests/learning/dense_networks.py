"""Dense networks on digits, and their gradients by hand, for rules with a way back of their own."""

from typing import Any

import numpy as np
from sklearn.datasets import load_digits

import hcnn_widgets as hw
from hcnn_widgets.architecture import Activate, Filter, area

MIDDLE_GREY = 0.5


def digits(n: int = 1797) -> hw.StimulusSet:
    bunch = load_digits()
    return hw.StimulusSet.from_arrays((bunch.images[:n] / 16).astype(np.float32), labels=bunch.target[:n])


def dense_spec(*n_units: int) -> Any:
    """Return a dense network: a filter as large as the image, then filters of a single position."""
    sizes = [Filter(n, size=1 if number else 8, padding="valid") for number, n in enumerate(n_units)]
    areas = [area(name, [one, Activate("relu")]) for name, one in zip(("V1", "V4", "IT"), sizes, strict=False)]
    return hw.architecture.hcnn(areas=areas, input_shape=(8, 8, 1), background=MIDDLE_GREY)


def trained(rule: Any, stimuli: hw.StimulusSet, spec: Any = None, seed: int = 0, **options: Any) -> Any:
    model = hw.GoalDrivenModel(spec or dense_spec(16, 12), hw.goal.Categorization(dropout=0.0), rule, seed=seed)
    run = model.train(stimuli, seed=seed, **options)
    assert run.join(120)
    assert run.state == "finished", run.state_message
    return model


def weights_of(network: Any, names: tuple[str, ...]) -> dict[str, list[Any]]:
    return {name: [np.asarray(each, np.float64) for each in network.get_layer(name).get_weights()] for name in names}


def passed(model: Any, weights: dict[str, list[Any]], stimuli: hw.StimulusSet) -> tuple[Any, ...]:
    """Return images, both areas' responses and the error at the outputs of a network of two areas."""
    x = stimuli.images.reshape(len(stimuli), -1).astype(np.float64) - MIDDLE_GREY
    (w1, b1), (w2, b2), (w3, b3) = (weights[name][:2] for name in ("V1.filter", "V4.filter", "readout"))
    h1 = np.maximum(x @ w1.reshape(64, -1) + b1, 0)
    h2 = np.maximum(h1 @ w2.reshape(w1.shape[-1], -1) + b2, 0)
    logits = h2 @ w3 + b3
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    error = odds / odds.sum(axis=1, keepdims=True)
    error[np.arange(len(x)), model.goal.targets(stimuli, model.categories)] -= 1
    return x, h1, h2, error / len(x)
