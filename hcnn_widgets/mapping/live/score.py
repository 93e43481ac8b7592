"""Brain score of a network in training, computed beside the training thread."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hcnn_widgets.learning.training_run import MeasuredRun
from hcnn_widgets.mapping.live.saved_score import SavedScore, saved_score
from hcnn_widgets.mapping.live.score_table import ScoreTable, frame_of_tables
from hcnn_widgets.mapping.live.scorer import LiveScorer
from hcnn_widgets.mapping.live.work import LiveWork, shared_work, shared_works
from hcnn_widgets.mapping.recordings.several import Recordings, fingerprint, recordings_tuple
from hcnn_widgets.records.keywords import checks_keywords


class LiveScore(LiveWork[ScoreTable]):
    """Scores of every area of a model in training against recordings, renewed every second or two.

    A separate thread asks the training thread for activations at a step boundary, and computes the scores. All scores
    of a training are on the same images, a part of those that were recorded, so that what moves is the network; after
    training they are computed once more on all of them, which stands apart (`ScoreTable.whole`). A run that is over
    before anybody looks is scored on all images alone.

    Parameters
    ----------
    run : Run
        Training under way, or over.
    recordings : RecordingSet, or sequence or mapping of them
        Each with its images.
    n_units : int
        Units drawn at random from every model area that has more.
    n_stimuli : int or None
        Images drawn for the scores of a training; None takes all, which is slower and steadier.
    interval_s : float
        Shortest time between two scores.
    share : float
        Largest share of the training time that scoring may cost, preparation excluded: the time for which training
        waits, plus the scorer's processor time divided by the number of processors. Scores come less often where the
        share would be exceeded by more than `LiveWork.HEAD_START_S`.
    seed : int
        Seed of the drawn units and images.
    match : bool
        Whether each score is to hold a layer-to-area match, too; see `want_match`.
    before : sequence of ScoreTable
        Scores that the same run had already, from work that was cut off or a fit before: what comes is added to those
        of them that are on the same images.

    Attributes
    ----------
    recordings : tuple of RecordingSet
    latest : ScoreTable or None
        The newest scores.
    history : list of ScoreTable
        The scores so far, oldest first; of more than `LiveScore.KEPT` every second, fourth, ... and the newest, which
        alone has its details.
    error : str or None
        The failure, in a sentence, after which no more scores come; else None.
    alive : bool
        Whether another score may come.

    Raises
    ------
    ValueError
        If there are no recordings, some lack their images, a number is out of range, or a match is wanted of too few
        images.
    """

    WORK = "Scoring"

    def __init__(
        self,
        run: MeasuredRun,
        recordings: Recordings,
        n_units: int = 4096,
        n_stimuli: int | None = 256,
        interval_s: float = 1.5,
        share: float = 0.04,
        seed: int = 0,
        match: bool = False,
        before: Sequence[ScoreTable] = (),
    ) -> None:
        self.recordings = recordings_tuple(recordings)
        if n_units < 1:
            raise ValueError(f"`n_units` leaves none to score. Accepted is 1 or more; received {n_units}.")
        self._n_stimuli = n_stimuli
        self._scorer = LiveScorer(self.recordings, n_units, n_stimuli, seed)
        if match:
            self.want_match()
        super().__init__(run, interval_s, share, self._to_go_on_from(list(before)))

    def want_match(self) -> None:
        """Add a layer-to-area match to each score from the next on; it takes nearly as long again.

        Raises
        ------
        ValueError
            If a half of the images would be too small.
        """
        if not self._scorer.matches:
            self._scorer.check_match()
            self._scorer.matches = True

    def to_dataframe(self) -> Any:
        """Return all scores so far as a pandas DataFrame, a row per step, brain area and model area.

        Returns
        -------
        pandas.DataFrame
            As `ScoreTable.to_dataframe`; all on the same images (`whole` of the last table stands apart).

        Raises
        ------
        ImportError
            If pandas is not installed.
        """
        return frame_of_tables(self.history)

    def _get_ready(self, model: Any, final: bool) -> None:
        unseen = final and self.latest is None
        self._scorer.use(None if unseen else self._n_stimuli)
        self._scorer.get_ready(model)

    def _measure(self, run: MeasuredRun, final: bool) -> tuple[ScoreTable, float] | None:
        table = self._scorer.score(run, self._closed)
        return None if table is None else (table, self._scorer.cost_s)

    def _complete(self, model: Any, measured: ScoreTable, final: bool) -> ScoreTable:
        if self._scorer.knows_untrained and not final:
            return measured
        return self._scorer.with_untrained(model, measured, final)

    def _at_the_end(self, run: MeasuredRun) -> None:
        super()._at_the_end(run)
        last, model = self.latest, run.model
        if last is None or model is None or self._scorer.on_all_images or self._closed.is_set():
            return
        # On all images, and so with baselines of their own.
        self._scorer.use(None)
        self._scorer.get_ready(model)
        measured = self._measure(run, True)
        if measured is not None:
            whole = self._complete(model, measured[0], True)
            self._history = [*self._history[:-1], replace(last, whole=whole)]

    def _let_go(self) -> None:
        self._scorer.let_go()

    def _to_go_on_from(self, history: list[ScoreTable]) -> list[ScoreTable]:
        if not history:  # a first fit, whose images the scorer has chosen already
            return []
        self._scorer.use(self._n_stimuli)
        n_stimuli = self._scorer.n_stimuli
        return [
            replace(table, final=False, gains=None, whole=None) for table in history if table.n_stimuli == n_stimuli
        ]

    def _kept(self, history: list[ScoreTable]) -> list[ScoreTable]:
        """Return the tables, thinned where there are many; only the newest keeps its details, which are large."""
        *earlier, newest = super()._kept(history)
        return [*(replace(table, details=None) for table in earlier), newest]


@checks_keywords
def live_score(run: MeasuredRun, recordings: Recordings, match: bool = False) -> LiveScore | SavedScore:
    """Return the live score of a run against recordings: the same object for every caller.

    Parameters
    ----------
    run : Run
    recordings : RecordingSet, or sequence or mapping of them
        Recordings with equal numbers are the same, even if loaded twice.
    match : bool
        Whether the scores are to hold a layer-to-area match, too. A live score that ended without a match is replaced.

    Returns
    -------
    LiveScore
        Kept as long as the training is; where panels show it, the last of them to close ends it, and the next to ask
        has it go on from the scores that there were. Of a run from a folder, without a match, the scores that were
        saved against these recordings.
    """
    key = ("score", *(fingerprint(recording) for recording in recordings_tuple(recordings)))
    saved = None if match else saved_score(run, key[1:])
    if saved is not None:
        return saved
    before = _had_before(run, shared_works(run).get(key))
    score = shared_work(run, key, lambda: LiveScore(run, recordings, before=before))
    if not match:
        return score
    if not score.alive and (score.latest is None or score.latest.match is None):
        score.close()
        return shared_work(run, key, lambda: LiveScore(run, recordings, match=True, before=before))
    score.want_match()
    return score


def _had_before(run: MeasuredRun, score: LiveScore | None) -> list[ScoreTable]:
    """Return the scores to go on from: those of work that was cut off, or of a fit that goes on after its end.

    Of what is over and done nothing is taken: it is computed anew.
    """
    if score is None or (score.complete and not run.alive):
        return []
    return [table for table in score.history if score.complete or not table.final]
