"""Responses as dynamics: what every area of a network in time answers at each of its time steps."""

from typing import Any

from hcnn_widgets.records.keywords import checks_keywords

from .activation_set import ActivationSet
from .network_graph import NetworkGraph, Tap
from .recorder import Recorder
from .taps import tapped_tensors

STEP = "@"
"""Between an area and a time step, where both name a recording."""


@checks_keywords
def over_time(model: Any, stimuli: Any, units: int | None = None, seed: int = 0) -> tuple[ActivationSet, ...]:
    """Record every area's response at each time step: the same units, step after step.

    Parameters
    ----------
    model : GoalDrivenModel
        Built, of an architecture in time such as ``hw.architecture.recurrent_hcnn()``.
    stimuli : StimulusSet or SequenceSet
        As the network takes them; a still image is shown at every step.
    units : int, optional
        Record this many units per area, drawn by ``seed``; by default all.
    seed : int

    Returns
    -------
    tuple of ActivationSet
        One a time step, the first step first. The last is what ``model.record`` returns.

    Raises
    ------
    ValueError
        If the network has a single time step, or areas without a state, whose earlier steps nothing depends on.

    Examples
    --------
    >>> import numpy as np
    >>> import hcnn_widgets as hw
    >>> images = hw.StimulusSet.from_arrays(np.zeros((5, 16, 16, 1), np.float32))
    >>> model = hw.GoalDrivenModel(hw.architecture.recurrent_hcnn(areas=("V1", "IT"), input_shape=(16, 16, 1)))
    >>> model.build(("cat", "dog")).name
    'recurrent-hcnn'
    >>> [step["IT"].shape for step in over_time(model, images, units=10)]
    [(5, 10), (5, 10), (5, 10), (5, 10)]
    """
    if model.network is None:
        raise ValueError(f"`model` {model.name!r} has no network yet; a built model is accepted; received one without.")
    steps = taps_over_time(model.network, model.taps)
    taps = {f"{area}{STEP}{step}": tap for step, of in enumerate(steps) for area, tap in of.items()}
    recorded = _StepsRecorder(model.network, taps, stimuli, units, seed, pixels=model.pixels)()
    return tuple(
        ActivationSet(
            {area: recorded[f"{area}{STEP}{step}"] for area in model.taps}, recorded.stimulus_ids, recorded.notes
        )
        for step in range(len(steps))
    )


class _StepsRecorder(Recorder):
    """A recorder of the same units of an area at each time step, all in one pass."""

    def drawn_as(self, area: str) -> str:
        """Return the name of the area, without the time step behind it."""
        return area.rpartition(STEP)[0]


def taps_over_time(network: Any, taps: Any) -> list[dict[str, str]]:
    """Return the taps of the areas at each time step: area -> application of its last layer, "V1.recur#0".

    Parameters
    ----------
    network : keras.Model
        Built of an architecture.
    taps : mapping of str to str
        Area -> layer, at the last time step.
    """
    graph = NetworkGraph(network)
    ends = {area: _end(tap) for area, tap in tapped_tensors(graph, taps).items()}
    counts = {area: end.application.times for area, end in ends.items()}
    n_steps = set(counts.values())
    if len(n_steps) > 1 or n_steps == {1}:
        came = ", ".join(f"{area} {count}" for area, count in counts.items())
        raise ValueError(
            "`model` has no responses over time. Accepted is a network of which each area runs at several time steps, "
            f"as hw.architecture.recurrent_hcnn() has them; received time steps that the outputs depend on: {came}."
        )
    names = {area: end.application.path.partition("#")[0] for area, end in ends.items()}
    return [{area: f"{name}#{step}" for area, name in names.items()} for step in range(n_steps.pop())]


def _end(tap: Tap) -> Tap:
    """Return the tensor that an area's tap hands on: that of its last layer at the last time step."""
    before = list(tap.application.inputs.values())
    return before[0] if len(before) == 1 else tap
