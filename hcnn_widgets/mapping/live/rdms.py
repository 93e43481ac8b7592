"""RDMs of a network in training, compared with those of the brain."""

import hashlib
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.learning.training_run import MeasuredRun
from hcnn_widgets.mapping.live.moment_scores import MomentScores
from hcnn_widgets.mapping.live.rdm_moment import RdmMoment, model_distances, rdm_moment, thinned
from hcnn_widgets.mapping.live.work import LiveWork, Recorder, record_at_boundary, shared_work, shared_works
from hcnn_widgets.mapping.numerics.blas_threads import one_blas_thread
from hcnn_widgets.mapping.prediction.notes import notes_of_untrained
from hcnn_widgets.mapping.similarity.comparison.rdm_comparison import RdmComparison
from hcnn_widgets.mapping.similarity.rdms.brain_rdms import brain_stimuli
from hcnn_widgets.records.joining import rows_of
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.records.no_control import NoControl
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

N_UNITS = 4096


class LiveRdms(LiveWork[RdmMoment]):
    """RDMs of every area of a model in training, for the slider through training, compared with the brain's.

    A separate thread asks the training thread for activations at a step boundary and computes the RDMs. The history is
    thinned evenly over the steps; the first and the newest moment are kept.

    Parameters
    ----------
    run : Run
        Training under way, or over; or AtRest.
    stimuli : StimulusSet or None
        Images to show, with every id of the comparison; None only for activations that are recorded already.
    comparison : RdmComparison
        The brain's side.
    n_units : int
        Units drawn at random from every model area that has more.
    interval_s : float
        Shortest time between two moments.
    share : float
        Largest share of the training time that measuring may cost, as for LiveScore.
    seed : int
        Seed of the drawn units.
    before : sequence of RdmMoment
        Moments that the same run had already, in a fit before: what comes is added to them.

    Attributes
    ----------
    distances : tuple of str
        Names of the available distances.
    compared : MomentScores
        Scores of the moments: ``live.compared.of(live.latest, "correlation", "tau_a")``.
    watched : tuple of str
        Distance and method compared as soon as a moment is measured; to be set before others are read.
    latest : RdmMoment or None
    history : list of RdmMoment
        Oldest first; at most `KEPT`, and no more than fit `KEPT_BYTES`.
    untrained : RdmMoment or None
        Of the network before any training.
    error : str or None
        The failure, in a sentence, after which no more moments come; else None.
    alive : bool
        Whether another moment may come.

    Raises
    ------
    ValueError
        If a stimulus of the comparison has no image, or a number is out of range.
    """

    KEPT = 64
    KEPT_BYTES = 64_000_000
    WORK = "Comparing RDMs"

    def __init__(
        self,
        run: MeasuredRun,
        stimuli: StimulusSet | None,
        comparison: RdmComparison,
        n_units: int = N_UNITS,
        interval_s: float = 1.0,
        share: float = 0.04,
        seed: int = 0,
        before: Sequence[RdmMoment] = (),
    ) -> None:
        if n_units < 2:
            raise ValueError(f"`n_units` leaves no pattern. Accepted is 2 or more; received {n_units}.")
        self.comparison = comparison
        self._stimuli = None if stimuli is None else _shown(stimuli, comparison.stimulus_ids)
        self._n_units, self._seed = n_units, seed
        self._recorder: Recorder | None = None
        self._untrained: RdmMoment | None = None
        self._has_no_untrained = False
        self._notes: tuple[str, ...] = ()
        self._about_control: tuple[str, ...] = ()
        self.compared = MomentScores(comparison)
        self.distances = model_distances()  # a distance added later would be missing from earlier moments
        self.watched: tuple[str, str] = (self.distances[0], "tau_a")
        super().__init__(run, interval_s, share, self._to_go_on_from(list(before)))

    @property
    def untrained(self) -> RdmMoment | None:
        """The untrained network's RDMs, once they are known."""
        return self._untrained

    @property
    def convention(self) -> str:
        """How the RDMs are computed, in words."""
        words = f"RDM of at most {self._n_units:,} random units per model area"
        return "; ".join([words, *self._notes, *self._about_control])

    # --- the work -----------------------------------------------------------------------------------------------
    def _get_ready(self, model: Any, final: bool) -> None:
        if self._recorder is None:
            self._recorder = model.recorder(self._stimuli, units=self._n_units, seed=self._seed)

    def _measure(self, run: MeasuredRun, final: bool) -> tuple[RdmMoment, float] | None:
        assert self._recorder is not None
        recorded = record_at_boundary(run, [self._recorder], self._closed)
        if recorded is None:
            return None
        step, (activations,), waited_s = recorded
        began = time.thread_time()
        self._notes = activations.notes
        moment = self._moment(activations, step, final)
        self.compared.of(moment, *self.watched)
        return moment, waited_s + (time.thread_time() - began) / (os.cpu_count() or 1)

    def _complete(self, model: Any, measured: RdmMoment, final: bool) -> RdmMoment:
        if self._untrained is None and not self._has_no_untrained:
            try:
                recorder = model.untrained().recorder(self._stimuli, units=self._n_units, seed=self._seed)
            except ValueError as error:  # activations may come without those of the untrained network
                self._has_no_untrained = True
                self._about_control = (error.words,) if isinstance(error, NoControl) else ()
                return measured
            activations = recorder()
            self._about_control = notes_of_untrained(activations.notes, self._notes)
            untrained = self._moment(activations, 0, False)
            self.compared.of(untrained, *self.watched)
            self._untrained = untrained  # once it is compared: others look at any moment
        return measured

    def _moment(self, activations: ActivationSet, step: int, final: bool) -> RdmMoment:
        with one_blas_thread():
            in_order = activations.select(self.comparison.stimulus_ids.tolist())
            return rdm_moment(in_order, step, self.distances, final)

    def _let_go(self) -> None:
        self._recorder = None

    def _to_go_on_from(self, history: list[RdmMoment]) -> list[RdmMoment]:
        return [replace(moment, final=False) if moment.final else moment for moment in history]

    def _kept(self, history: list[RdmMoment]) -> list[RdmMoment]:
        return thinned(history, min(self.KEPT, self.KEPT_BYTES // max(1, history[-1].n_bytes)))


@checks_keywords
def live_rdms(
    run: MeasuredRun, brain: Any, stimuli: StimulusSet | None = None, references: Mapping[str, Any] | None = None
) -> LiveRdms:
    """Return the live RDMs of a run beside those of brain areas: the same object for every caller.

    Parameters
    ----------
    run : Run
    brain : Kriegeskorte2008, RecordingSet, Rdm, array, sequence or mapping of these
        As for `brain_rdms`.
    stimuli : StimulusSet, optional
        The images; by default those that come with the brain's side.
    references : mapping of str to Rdm, optional
        As for `RdmComparison`.

    Returns
    -------
    LiveRdms
        Kept as long as the training is; where panels show it, the last of them to close ends it, and the next to ask
        begins anew. Of a fit that goes on after its end, it goes on from the moments before.

    Raises
    ------
    ValueError
        If there are no images.
    """
    comparison = RdmComparison(brain, references, None if stimuli is None else stimuli.stimulus_ids)
    shown = stimuli if stimuli is not None else brain_stimuli(brain)
    if shown is None:
        raise ValueError(
            "`stimuli` are missing: a network must be shown what the brain saw. Accepted is a StimulusSet with the ids "
            f"of the RDMs, such as {comparison.stimulus_ids[0]}; received None, and RDMs without images."
        )
    pictures = hashlib.blake2b(shown.images.tobytes(), digest_size=16).hexdigest()
    key = ("rdms", *model_distances(), comparison.fingerprint, pictures, *shown.stimulus_ids.tolist())
    done = shared_works(run).get(key)
    before = done.history if run.alive and done is not None and done.complete else []
    return shared_work(run, key, lambda: LiveRdms(run, shown, comparison, before=before))


def _shown(stimuli: StimulusSet, ids: NDArray[np.str_]) -> StimulusSet:
    """Return the images in the order of the RDMs."""
    return stimuli.select(rows_of(ids, stimuli.stimulus_ids, "stimuli"))
