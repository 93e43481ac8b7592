"""Different histories with the same end: what the state of units keeps of a sample when the same image ends it all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.activations.over_time import over_time
from hcnn_widgets.model import GoalDrivenModel
from hcnn_widgets.records.checks import check_count, check_seed
from hcnn_widgets.records.frozen_record import FrozenRecord
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.handwritten_digits import digits
from hcnn_widgets.stimuli.sequences.sequence_set import SequenceSet

from .delay_scores import _check
from .unrolling import unrolled

Responses = Mapping[str, NDArray[np.float32]]
"""Area -> (n_frames, n_histories, n_units)."""


@dataclass(frozen=True, eq=False)
class Histories(FrozenRecord):
    """Sequences that differ in their first frame alone, and what networks answer frame by frame.

    Parameters
    ----------
    sequences : SequenceSet
        One a history; the delay and the last frame are the same in all.
    states : mapping of str to mapping
        Network -> area -> responses, (n_frames, n_histories, n_units) float32.
    """

    sequences: SequenceSet
    states: Mapping[str, Responses]

    @property
    def networks(self) -> tuple[str, ...]:
        """Names of the networks."""
        return tuple(self.states)

    @property
    def areas(self) -> tuple[str, ...]:
        """Areas that all networks have, from the input up."""
        first, *others = self.states.values()
        return tuple(area for area in first if all(area in other for other in others))

    def units_by_memory(self, network: str, area: str) -> NDArray[np.intp]:
        """Return an area's units in order of how much their last state differs between histories, most first."""
        return np.argsort(-self.states[network][area][-1].std(axis=0), kind="stable")


@checks_keywords
def histories(
    models: Mapping[str, GoalDrivenModel],
    images: Any = None,
    delay: int = 2,
    n: int = 8,
    noise: float = 0.25,
    seed: int = 0,
) -> Histories:
    """Show networks sequences with different samples, the same delay and the same test image; record all frames.

    Parameters
    ----------
    models : mapping of str to GoalDrivenModel
        As in `accuracy_over_delays`.
    images : StimulusSet, optional
        What sample and test are drawn from; by default all digits.
    delay : int
        Frames of noise, the same in all histories.
    n : int
        Number of histories: samples of as many categories as there are, in turn. The first is of the test's category.
    noise : float
        Standard deviation of the pixels of the delay.
    seed : int
        Of the images and the noise.
    """
    _check(models)
    check_count("n", n)
    check_seed(seed)
    size = next(iter(models.values())).spec.input_shape[1]  # type: ignore[union-attr]  # which _check has seen
    sequences = _with_one_end(digits() if images is None else images, delay, n, noise, seed, size)
    return Histories(
        sequences, {name: _recorded(unrolled(model, delay + 2), sequences) for name, model in models.items()}
    )


def _with_one_end(images: Any, delay: int, n: int, noise: float, seed: int, size: int) -> SequenceSet:
    rng = np.random.default_rng(seed)
    shown = images.adapted_to((size, size, images.image_shape[2]))
    order = rng.permutation(len(shown))
    test, rest = order[0], order[1:]
    categories = [shown.labels[test], *(each for each in shown.categories if each != shown.labels[test])]
    queues = {each: iter(rest[shown.labels[rest] == each]) for each in categories}
    samples = [next(queues[categories[number % len(categories)]]) for number in range(n)]
    frames = np.empty((n, delay + 2, *shown.image_shape), np.float32)
    frames[:, 0], frames[:, -1] = shown.images[samples], shown.images[test]
    frames[:, 1:-1] = (0.5 + noise * rng.standard_normal((delay, *shown.image_shape))).clip(0, 1)
    of = shown.labels[samples]
    return SequenceSet(
        frames,
        labels=np.where(of == shown.labels[test], "same", "different"),
        latents={"sample": of, "test": np.full(n, shown.labels[test])},
        latent_units={"sample": "", "test": ""},
        degrees=shown.degrees,
        name="histories",
    )


def _recorded(model: GoalDrivenModel, sequences: SequenceSet) -> dict[str, NDArray[np.float32]]:
    """Return the responses of all areas frame by frame; of areas without a state, those to each frame by itself."""
    assert model.spec is not None
    if any(operation.keeps_state for area in model.spec.stack for operation in area.operations):
        steps = over_time(model, sequences)
    else:
        n_frames = sequences.image_shape[0]
        alone = [np.repeat(sequences.frames[:, [frame]], n_frames, axis=1) for frame in range(n_frames)]
        steps = tuple(model.record(SequenceSet(frames)) for frames in alone)
    return {area: np.stack([step[area] for step in steps]) for area in model.areas}
