"""The brain score that moves while the network learns: computed beside the training thread, never in it."""

import atexit
import threading
import time
import weakref
from collections import deque
from dataclasses import replace
from typing import Any

from hcnn_widgets.mapping.live_recordings import Recordings, fingerprint, recordings_tuple
from hcnn_widgets.mapping.live_scorer import LiveScorer
from hcnn_widgets.mapping.score_table import ScoreTable


class LiveScore:
    """Scores of every area of a model in training against recordings, renewed every second or two.

    A thread of its own asks the training thread for activations at a step boundary, and computes the scores itself. It
    scores a part of the images while training goes on, and all of them when it is over.

    Parameters
    ----------
    run : Run
        Training under way, or over.
    recordings : RecordingSet, or sequence or mapping of them
        Each with its images.
    n_units : int
        Units drawn at random from every model area that has more.
    n_stimuli : int or None
        Images drawn for the scores during training; None takes all, which is slower and steadier.
    interval_s : float
        Shortest time between two scores.
    share : float
        Most of the training time that scoring may cost, getting ready apart: the time for which training waits, and the
        scorer's processor time as a part of the machine's. Scores come less often where it would be exceeded.
    seed : int
        Of the units and the images drawn.

    Attributes
    ----------
    recordings : tuple of RecordingSet
    latest : ScoreTable or None
        The newest scores.
    history : list of ScoreTable
        The last `LiveScore.KEPT` scores, oldest first; only the newest has its details.
    error : str or None
        What went wrong, in a sentence; then no more scores come.
    alive : bool
        Whether another score may come.

    Raises
    ------
    ValueError
        If there are no recordings, some lack their images, or a number is out of range.
    """

    KEPT = 512

    def __init__(
        self,
        run: Any,
        recordings: Recordings,
        n_units: int = 4096,
        n_stimuli: int | None = 192,
        interval_s: float = 1.5,
        share: float = 0.04,
        seed: int = 0,
    ) -> None:
        self.recordings = recordings_tuple(recordings)
        if n_units < 1 or not interval_s >= 0 or not 0 < share <= 1:
            raise ValueError(
                "`n_units`, `interval_s` or `share` makes no schedule. Accepted are 1 unit or more, 0 s or more, and "
                f"a share above 0 and at most 1; received {n_units}, {interval_s} and {share}."
            )
        self._interval_s, self._share, self._n_stimuli = interval_s, share, n_stimuli
        self._scorer = LiveScorer(self.recordings, n_units, n_stimuli, seed)
        self._history: deque[ScoreTable] = deque(maxlen=self.KEPT)
        self._error: str | None = None
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._work, args=(run,), name="hcnn-live-score", daemon=True)
        _alive.add(self)
        self._thread.start()

    @property
    def latest(self) -> ScoreTable | None:
        """The newest scores, or None before the first."""
        return self._history[-1] if self._history else None

    @property
    def history(self) -> list[ScoreTable]:
        """The scores so far, oldest first; the oldest are dropped beyond `KEPT`."""
        return list(self._history)

    @property
    def error(self) -> str | None:
        """What went wrong, in a sentence, or None."""
        return self._error

    @property
    def alive(self) -> bool:
        """Whether another score may come."""
        return self._thread.is_alive() and not self._closed.is_set()

    def close(self) -> None:
        """End the scoring; what is under way is dropped."""
        self._closed.set()

    def join(self, timeout: float | None = None) -> bool:
        """Wait until no more scores come; say whether that is so."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    # --- the scorer's own thread --------------------------------------------------------------------------------
    def _work(self, run: Any) -> None:
        try:
            self._score_while_training(run)
            if not self._closed.is_set() and run.state != "failed":
                self._score_at_the_end(run)
        except Exception as error:  # a panel must be able to say it
            if not self._closed.is_set():
                self._error = f"Scoring stopped: {type(error).__name__}: {error}"
        finally:
            self._scorer.let_go()

    def _score_while_training(self, run: Any) -> None:
        if not run.alive:
            return
        self._scorer.get_ready(run.model)
        while run.alive and not self._closed.is_set():
            began, before = time.perf_counter(), self.latest
            if before is None or before.step != run.steps_done:  # while paused there is nothing new
                table = self._scorer.score(run, self._closed)
                if table is None:
                    return
                self._add(table)
            if not self._scorer.knows_untrained:
                self._history[-1] = self._scorer.with_untrained(run.model, self._history[-1])
            pause = max(self._interval_s, self._scorer.cost_s / self._share)
            while run.alive and time.perf_counter() - began < pause and not self._closed.wait(0.1):
                pass

    def _score_at_the_end(self, run: Any) -> None:
        # On all images, and so with baselines of their own.
        self._scorer.use(None)
        self._scorer.get_ready(run.model)
        table = self._scorer.score(run, self._closed)
        if table is not None:
            self._add(self._scorer.with_untrained(run.model, table, final=True))

    def _add(self, table: ScoreTable) -> None:
        """Keep a table; the details, which are large, of the newest one only."""
        self._history.append(table)
        if len(self._history) > 1:
            self._history[-2] = replace(self._history[-2], details=None)


def live_score(run: Any, recordings: Recordings) -> LiveScore:
    """Give the live score of a run against recordings: the same one to everyone who asks.

    Parameters
    ----------
    run : Run
    recordings : RecordingSet, or sequence or mapping of them
        The same numbers are the same recordings, loaded twice or not.

    Returns
    -------
    LiveScore
        Kept as long as the run is.
    """
    scores = _shared.setdefault(run, {})
    key = tuple(fingerprint(one) for one in recordings_tuple(recordings))
    if key not in scores or scores[key]._closed.is_set():
        scores[key] = LiveScore(run, recordings)
    return scores[key]


_shared: "weakref.WeakKeyDictionary[Any, dict[tuple[str, ...], LiveScore]]" = weakref.WeakKeyDictionary()
_alive: "weakref.WeakSet[LiveScore]" = weakref.WeakSet()


@atexit.register
def _close_all() -> None:
    """Let no thread be inside compiled code while the interpreter goes away."""
    scores = list(_alive)
    for score in scores:
        score.close()
    for score in scores:
        score.join(5)
