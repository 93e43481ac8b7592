"""Delayed match over delays, those that were never trained among them: who is right, sequence by sequence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.goal.delayed_match import DelayedMatch
from hcnn_widgets.keras_door import keras
from hcnn_widgets.model import GoalDrivenModel
from hcnn_widgets.records.checks import known_name
from hcnn_widgets.records.frozen_record import FrozenRecord
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.sequences.delayed_pairs import SAME, delayed_match

from .unrolling import unrolled

CHANCE = 0.5
N_RESAMPLES = 2000


class Estimate(NamedTuple):
    """A number and its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class DelayScores(FrozenRecord):
    """Who is right at which delay.

    Parameters
    ----------
    right : mapping of str to (n_delays, n_stimuli) bool
        Network -> whether it was right; row by row on the same pairs of images for all networks.
    delays : tuple of int
        In frames.
    trained_delay : int or None
        That of the training, where all networks had the same.
    """

    right: Mapping[str, NDArray[np.bool_]]
    delays: tuple[int, ...]
    trained_delay: int | None = None

    @property
    def networks(self) -> tuple[str, ...]:
        """Names of the networks."""
        return tuple(self.right)

    @property
    def n_stimuli(self) -> int:
        """Number of sequences at each delay."""
        return int(next(iter(self.right.values())).shape[1])

    def accuracy(self, network: str, delay: int) -> Estimate:
        """Return the fraction right, with Wilson's interval."""
        from scipy.stats import binomtest

        right = self._of(network, delay)
        interval = binomtest(int(right.sum()), len(right)).proportion_ci(method="wilson")
        return Estimate(float(right.mean()), float(interval.low), float(interval.high))

    def difference(self, network: str, other: str, delay: int) -> Estimate:
        """Return by how much the first of two networks is right more often, with a bootstrap interval over sequences.

        The networks see the same sequences, and are compared sequence by sequence.
        """
        apart = self._of(network, delay).astype(float) - self._of(other, delay)
        drawn = np.random.default_rng(0).integers(len(apart), size=(N_RESAMPLES, len(apart)))
        low, high = np.quantile(apart[drawn].mean(axis=1), [0.025, 0.975])
        return Estimate(float(apart.mean()), float(low), float(high))

    def _of(self, network: str, delay: int) -> NDArray[np.bool_]:
        known_name("network", network, self.networks)
        if delay not in self.delays:
            accepted = ", ".join(map(str, self.delays))
            raise ValueError(f"`delay` was not tested; accepted are {accepted}; received {delay!r}.")
        return self.right[network][self.delays.index(delay)]


@checks_keywords
def accuracy_over_delays(
    models: Mapping[str, GoalDrivenModel],
    images: Any = None,
    delays: Sequence[int] = (0, 1, 2, 4, 6, 8),
    n: int = 400,
    seed: int = 0,
) -> DelayScores:
    """Test networks on delayed match over delays; each is unrolled for as many frames as there are.

    Parameters
    ----------
    models : mapping of str to GoalDrivenModel
        Name -> model in time with the goal `DelayedMatch`, trained on sequences.
    images : StimulusSet, optional
        What samples and tests are drawn from: images that the networks were not trained on. By default all digits.
    delays : sequence of int
        Frames between sample and test.
    n : int
        Sequences at each delay; the pairs of images are the same at all.
    seed : int
        Of the pairs and the noise.

    Raises
    ------
    TypeError, ValueError
        If a model has another goal or does not run in time.
    """
    _check(models)
    right: dict[str, list[Any]] = {name: [] for name in models}
    for delay in delays:
        for name, model in models.items():
            assert model.spec is not None
            size = model.spec.input_shape[1]
            pairs = delayed_match(images, n, delay, size, seed=seed)
            network = unrolled(model, delay + 2).network
            answers = keras.ops.convert_to_numpy(network(pairs.frames, training=False)).argmax(axis=1)
            right[name].append(np.array(model.categories)[answers] == pairs.labels)
    trained = {model.spec.time_steps - 2 for model in models.values() if model.spec is not None}
    found = {name: np.array(rows) for name, rows in right.items()}
    return DelayScores(found, tuple(int(delay) for delay in delays), trained.pop() if len(trained) == 1 else None)


def _check(models: Any) -> None:
    if not isinstance(models, Mapping) or not models:
        raise TypeError(
            "`models` are no networks by name. Accepted is a mapping such as {'gated': model}; received "
            f"{type(models).__name__}."
        )
    for name, model in models.items():
        in_time = getattr(model, "spec", None) is not None and len(model.spec.input_shape) == 4
        if not in_time or not isinstance(model.goal, DelayedMatch) or SAME not in model.categories:
            raise ValueError(
                f"`models[{name!r}]` does not match over a delay. Accepted is a built model of sequences with the goal "
                f"DelayedMatch; received {model!r}."
            )
