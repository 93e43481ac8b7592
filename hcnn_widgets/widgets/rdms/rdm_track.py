"""RDMs of a model in order of training, for the slider of RdmExplorer."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.learning.training_run import TrainingRun
from hcnn_widgets.mapping.live.at_rest.source import ActivationsAtRest, AtRest
from hcnn_widgets.mapping.live.given_rdms import GivenRdms
from hcnn_widgets.mapping.live.rdm_moment import RdmMoment
from hcnn_widgets.mapping.live.rdms import LiveRdms, live_rdms
from hcnn_widgets.mapping.similarity.comparison.rdm_comparison import RdmComparison
from hcnn_widgets.mapping.similarity.rdms.brain_rdms import brain_stimuli, labels_inferred
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm
from hcnn_widgets.records.joining import rows_of
from hcnn_widgets.stimuli.stimulus_set import StimulusSet
from hcnn_widgets.widgets.panel.run_hold import RunHold

from .rdm_source import given_source, ids_of_brain, rows_of_arrays

MOST_STIMULI = 1000
"""Most stimuli in a matrix: more cannot be told apart, and make a frame of megabytes."""


UNTRAINED = "untrained"
SLIDER_STOPS = 64


@dataclass(frozen=True, eq=False)
class Shown:
    """RDMs of a training step, with the name of the step.

    Attributes
    ----------
    moment : RdmMoment
    words : str
        "step 340", "untrained", "trained"; empty for a source that neither trains nor has an untrained network.
    """

    moment: RdmMoment
    words: str


class RdmTrack:
    """RDMs of a model, in order of training.

    Parameters
    ----------
    rdms : LiveRdms or GivenRdms
    n_steps : int or None
        Number of training steps in all; None for a source that does not train.
    areas : tuple of str
        Model areas.
    stimuli : StimulusSet or None
        Images to show in the page.
    inferred : bool
        Whether the categories were not named by the authors of the recordings.
    of_model : bool
        Whether the areas belong to a model; False for a single RDM, which is shown by its name.
    run : Run, optional
        Training run; held until `let_go`, then weakly.
    """

    def __init__(
        self,
        rdms: LiveRdms | GivenRdms,
        n_steps: int | None,
        areas: tuple[str, ...],
        stimuli: StimulusSet | None,
        inferred: bool = False,
        of_model: bool = True,
        run: TrainingRun | None = None,
    ) -> None:
        self.rdms, self.n_steps, self.areas, self.stimuli, self.inferred = rdms, n_steps, areas, stimuli, inferred
        self.of_model = of_model
        self._hold = RunHold(run)
        self.comparison: RdmComparison = rdms.comparison

    @property
    def labels(self) -> list[str]:
        """Category of each stimulus in the order of the comparison; "" where it is not known.

        Labels of the images are preferred to labels of the recordings.
        """
        ids = self.comparison.stimulus_ids
        for labelled in (self.stimuli, *(brain.recordings for brain in self.comparison.brains())):
            if labelled is not None and labelled.labels is not None:
                return labelled.labels[rows_of(ids, labelled.stimulus_ids, "stimuli")].tolist()
        return [""] * len(ids)

    @property
    def categories(self) -> list[str]:
        """Categories of two stimuli or more, in the order of their first stimulus."""
        counts = Counter(self.labels)
        return [name for name, count in counts.items() if name and count > 1]

    @property
    def stops(self) -> int:
        """Last stop of the slider through training, for dragging; keys move between measurements instead."""
        return min(SLIDER_STOPS, self._last)

    def place(self, stop: int) -> int:
        """Return the training step of a stop of the slider."""
        return round(min(max(0, stop), self.stops) * self._last / self.stops)

    def stop(self, shown: "Shown") -> int:
        """Return the stop of the slider nearest to a moment."""
        return min(round(self._place_of(shown) * self.stops / self._last), self.stops)

    def _place_of(self, shown: "Shown") -> int:
        """Return the training step of a moment; for a source that does not train, 0 if untrained and 1 if trained."""
        return shown.moment.step if self.trains else int(shown.words != UNTRAINED)

    def walked(self, place: int | None, way: str) -> int | None:
        """Return the place of the previous, next, first or last measurement.

        Parameters
        ----------
        place : int or None
            Current place, as for `at`.
        way : str
            "previous", "next", "first" or "last".

        Returns
        -------
        int or None
            None, for the newest, where `way` is "last"; the current place where there is no such measurement.
        """
        shown = self.at(place)
        if way == "last" or shown is None:
            return None if way == "last" else place
        now = self._place_of(shown)
        places = [] if self.rdms.untrained is None else [0]
        places += [moment.step for moment in self.rdms.history] if self.trains else [1]
        ways = {
            "previous": [step for step in places if step < now][-1:],
            "next": [step for step in places if step > now][:1],
            "first": places[:1],
        }
        return next(iter(ways.get(way, [])), place)

    @property
    def has_past(self) -> bool:
        """Whether the slider has another moment to go to."""
        return self.trains or self.rdms.untrained is not None

    @property
    def _last(self) -> int:
        """Last training step; for a source that does not train 1, with the untrained network at 0."""
        return max(1, self.n_steps) if self.n_steps is not None else 1

    @property
    def trains(self) -> bool:
        """Whether the RDMs are of a training run."""
        return self.n_steps is not None

    @property
    def training(self) -> bool:
        """Whether training is under way."""
        run = self._hold.get()
        return run is not None and run.alive

    def let_go(self) -> None:
        """Hold the run weakly from now on."""
        self._hold.let_go()

    def at(self, place: int | None) -> Shown | None:
        """Return the RDMs measured nearest to a place of the slider.

        Parameters
        ----------
        place : int or None
            Training step; 0 is the untrained network, None the newest measurement.

        Returns
        -------
        Shown or None
            None before the first measurement.
        """
        history = self.rdms.history
        untrained = self.rdms.untrained
        if place is not None and untrained is not None and self._is_before(place, history):
            return Shown(untrained, UNTRAINED)
        if not history:
            return None
        if not self.trains:
            return Shown(history[-1], "trained" if untrained is not None else "")
        nearest = history[-1] if place is None else min(history, key=lambda moment: abs(moment.step - place))
        return Shown(nearest, f"step {nearest.step:,}")

    def _is_before(self, place: int, history: list[RdmMoment]) -> bool:
        """Return whether the untrained network is nearer to a place than the first measurement."""
        first = history[0].step if self.trains and history else 1
        return place < first / 2 or place == 0


def rdm_track(
    source: Any,
    brain: Any,
    stimuli: StimulusSet | None = None,
    references: Mapping[str, Any] | None = None,
    untrained: ActivationSet | None = None,
    stimulus_ids: Any | None = None,
) -> RdmTrack:
    """Return the RDMs of a model, joined to the RDMs of the brain by stimulus id.

    Parameters
    ----------
    source : Run, GoalDrivenModel, ActivationSet, Rdm, or mapping of str to Rdm or array
        Arrays are (n_stimuli, n_stimuli) RDMs, or else (n_stimuli, n_units) activations.
    brain : Kriegeskorte2008, RecordingSet, Rdm, array, sequence or mapping of these
        As for `brain_rdms`.
    stimuli : StimulusSet, optional
        Images; by default the images that come with `brain`.
    references : mapping of str to Rdm or array, optional
        RDMs of other models.
    untrained : ActivationSet, optional
        Activations of the network before training, where `source` is an ActivationSet.
    stimulus_ids : (n_stimuli,) str, optional
        Ids of the rows of a mapping's arrays; by default the ids of `stimuli`. Needed where `brain` has ids.

    Raises
    ------
    TypeError, ValueError
        If `source` is none of these, stimuli or ids are missing, or there are more than 1,000 stimuli.
    """
    comparison = RdmComparison(brain, references, ids_of_brain(source, stimuli, stimulus_ids))
    _check_size(len(comparison.stimulus_ids))
    shown = stimuli if stimuli is not None else brain_stimuli(brain)
    inferred = (stimuli is None or stimuli.labels is None) and labels_inferred(brain)
    run = source if hasattr(source, "at_boundary") else getattr(source, "run", None)
    if run is not None:
        rdms: LiveRdms | GivenRdms = live_rdms(run, brain, stimuli, references)
        return RdmTrack(rdms, run.n_steps, tuple(run.model.areas), shown, inferred, run=run)
    if hasattr(source, "recorder"):
        _check_images(shown, comparison)
        return RdmTrack(LiveRdms(AtRest(source), shown, comparison), None, tuple(source.areas), shown, inferred)
    given = given_source(source, comparison.stimulus_ids, rows_of_arrays(stimuli, stimulus_ids))
    if isinstance(given, ActivationSet):
        rdms = LiveRdms(ActivationsAtRest(given, untrained), None, comparison)
        return RdmTrack(rdms, None, given.areas, shown, inferred)
    of_model = not isinstance(source, Rdm)
    return RdmTrack(GivenRdms(given, comparison), None, tuple(map(str, given)), shown, inferred, of_model)


def _check_images(stimuli: StimulusSet | None, comparison: RdmComparison) -> None:
    if stimuli is None:
        raise ValueError(
            "`stimuli` are missing: a network must be shown what the brain saw. Accepted is a StimulusSet with the ids "
            f"of the RDMs, such as {comparison.stimulus_ids[0]}; received None, and RDMs without images."
        )


def _check_size(n_stimuli: int) -> None:
    if n_stimuli > MOST_STIMULI:
        raise ValueError(
            f"`brain` has more stimuli than can be seen. Accepted is {MOST_STIMULI:,} at most; received {n_stimuli:,}. "
            "Take some with .select(...)."
        )
