"""What AreaSampler asks of a model: its areas' activations, drawn sites, preferred images, the claim tested."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.activations.gradient_ascent import PreferredImage, prepared_ascent
from hcnn_widgets.mapping.numerics.correlation import varying_columns
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.sampled.generative_table import GenerativeTest
from hcnn_widgets.mapping.sampled.generative_test import Claim, generative_steps
from hcnn_widgets.mapping.sampled.sample_area import sample_area, unit_numbers
from hcnn_widgets.mapping.sampled.tuning_comparison import TuningComparison, tuning_comparison
from hcnn_widgets.records.checks import checked_row_ids
from hcnn_widgets.records.joining import rows_of
from hcnn_widgets.records.no_control import NoControl
from hcnn_widgets.widgets.network.network_source import images_for
from hcnn_widgets.widgets.panel.given_source import source_given
from hcnn_widgets.widgets.panel.run_hold import RunHold

MAX_UNITS = 4096
"""Most units that are recorded of an area, drawn at random."""
CONTROLS = ("pixels",)
"""What stands in beside the model."""


class Drawn(NamedTuple):
    """Sites drawn from an area, beside the recorded ones.

    Attributes
    ----------
    sites : RecordingSet
    comparison : TuningComparison
    units : tuple of int
        Of each site, its unit's column in the activations.
    step : int, optional
        Of the training, where there was one.
    """

    sites: RecordingSet
    comparison: TuningComparison
    units: tuple[int, ...]
    step: int | None


class AreaSource:
    """A model, its run, or activations, with the recordings that its areas are held against.

    Parameters
    ----------
    source : Run, GoalDrivenModel, keras.Model, ActivationSet or mapping of model area to array
    recordings : RecordingSet
    stimulus_ids : (n_stimuli,) str, optional
        Ids of the rows of a mapping's arrays.

    Raises
    ------
    TypeError, ValueError
        If there is no network, or the recordings have no images to show to it.
    """

    def __init__(self, source: Any, recordings: RecordingSet, stimulus_ids: Any = None) -> None:
        if isinstance(source, Mapping) and not isinstance(source, ActivationSet):
            source = ActivationSet(source, checked_row_ids(stimulus_ids))
        self.recordings = recordings
        self.of_rates = not bool(np.nanmin(recordings.responses) < 0)
        self._given = source if isinstance(source, ActivationSet) else None
        model: Any = None if self._given is not None else _model_of(source_given(source))
        if model is not None and recordings.stimuli is None:
            raise ValueError(
                f"`recordings` of {recordings.area} cannot be shown to a model. Accepted are recordings with their "
                "images (stimuli=...); received none."
            )
        self.areas: tuple[str, ...] = self._given.areas if self._given is not None else tuple(model.areas)
        self._model: RunHold[Any] = RunHold(model)
        self._recorder: Any = None
        self._recorded: tuple[int | None, ActivationSet] | None = None
        self._untrained: ActivationSet | None = None
        self.about_control = "" if model is not None else "activations have no untrained network"
        self._ascents: dict[str, Callable[..., PreferredImage]] = {}

    @property
    def has_network(self) -> bool:
        """Whether there is a network that images can be shown to."""
        return self._model.get() is not None

    @property
    def training(self) -> bool:
        """Whether the network may still change."""
        run = getattr(self._model.get(), "run", None)
        return run is not None and bool(run.alive)

    @property
    def step(self) -> int | None:
        """Training steps taken so far; None where nothing trains."""
        run = getattr(self._model.get(), "run", None)
        return None if run is None else int(run.steps_done)

    def draw(self, area: str, n_sites: int, seed: int) -> Drawn:
        """Draw sites of an area with the weights of the moment, all where there are fewer, and compare their tuning."""
        step, activations = self._activations()
        sites = sample_area(
            activations, self.recordings, max(1, min(n_sites, _n_varying(activations, area))), area=area, seed=seed
        )
        units = tuple(unit_numbers(sites))
        return Drawn(sites, tuning_comparison(sites, self.recordings), units, step)

    def test(self, area: str, seed: int, tell: Callable[[int, int], bool]) -> GenerativeTest | None:
        """Test the claim on an area; None where it was told to give up."""
        _, activations = self._activations()
        before = self._before()
        controls = tuple(CONTROLS) if self.recordings.stimuli is not None else ()
        size = min(
            self.recordings.n_sites // 2, *(_n_varying(each, area) for each in (activations, before or activations))
        )
        claim = Claim(area=area, controls=controls, n_stand_ins=max(1, size), seed=seed)
        return generative_steps(activations, self.recordings, before, claim, tell)

    def ascend(self, area: str, unit: int, start: int) -> PreferredImage | None:
        """Return an image that drives a unit, from noise or else from an image of this row; None without a network."""
        model = self._model.get()
        if model is None or self._recorder is None or self.recordings.stimuli is None:
            return None
        shown = images_for(model, self.recordings.stimuli.select([start]))
        if area not in self._ascents:
            self._ascents[area] = prepared_ascent(model.network, model.taps, area, shown.image_shape, model.pixels)
        ascend, number = self._ascents[area], int(self._recorder.units[area][unit])
        found: PreferredImage = _quietly(model, lambda: ascend(number))
        if found.responses.max() > found.responses[0] or found.responses[0] > 0:
            return found
        again: PreferredImage = _quietly(model, lambda: ascend(number, start=shown.images[0]))
        return again

    def best_images(self, responses: np.ndarray, most: int) -> list[int]:
        """Return the rows of the images of the recordings with the highest responses, the highest first."""
        return [int(row) for row in np.argsort(-responses, kind="stable")[:most]]

    def close(self) -> None:
        """Hold the model no more."""
        self._model.let_go()
        self._ascents.clear()

    def _activations(self) -> tuple[int | None, ActivationSet]:
        if self._given is not None:
            rows_of(self.recordings.stimulus_ids, self._given.stimulus_ids, "activations")
            return None, self._given
        model, step = self._model.get(), self.step
        if model is None:
            raise RuntimeError("The model of this panel is no longer in the kernel.")
        if self._recorder is None:
            self._recorder = model.recorder(self.recordings.stimuli, units=MAX_UNITS)
        if self._recorded is None or self._recorded[0] != step:
            self._recorded = step, _quietly(model, self._recorder)
        return self._recorded

    def _before(self) -> ActivationSet | None:
        model = self._model.get()
        if self._untrained is None and model is not None and not self.about_control:
            try:
                self._untrained = model.untrained().record(self.recordings.stimuli, units=MAX_UNITS)
            except NoControl as error:
                self.about_control = error.words
        return self._untrained


def _n_varying(activations: ActivationSet, area: str) -> int:
    """Return how many units of an area respond to some images more than to others, as rates do."""
    return int(varying_columns(np.maximum(activations[area], 0)).sum())


def _quietly(model: Any, job: Callable[[], Any]) -> Any:
    run = getattr(model, "run", None)
    return job() if run is None else run.at_boundary(job).result()


def _model_of(source: Any) -> Any:
    """Return the model of a run, or the model; refuse what has no network."""
    model = source.model if hasattr(source, "at_boundary") else source
    if not hasattr(model, "recorder") or not hasattr(model, "untrained"):
        raise TypeError(
            "`source` has no areas to draw from. Accepted are a Run, a GoalDrivenModel, a Keras model, an ActivationSet"
            f", or a mapping of model area to array with stimulus_ids=...; received {type(source).__name__}."
        )
    if model.network is None:
        raise ValueError(
            f"`source` has no network yet. Accepted is a model that is trained or built; received {model.name!r}: call "
            "model.train(stimuli) or model.build(categories) first."
        )
    return model
