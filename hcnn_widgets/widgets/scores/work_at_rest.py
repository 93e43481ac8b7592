"""Computation in a thread of scores of a source that does not train, for the choices of a panel."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from hcnn_widgets.mapping.live.at_rest.source import AtRest
from hcnn_widgets.mapping.noise.corrections import CORRECTIONS
from hcnn_widgets.mapping.recordings.several import recordings_tuple
from hcnn_widgets.widgets.panel.latest_job import LatestJob
from hcnn_widgets.widgets.panel.words import duration, in_words

from .score_measure import NO_CORRECTION

T = TypeVar("T")
Asked = tuple[str, str, tuple[str, ...], int]
"""Map, splits, the corrections that need separate maps, and how many other choices came before."""


class WorkAtRest(Generic[T]):
    """Scores or match of given activations and recordings, with the interface of a LiveScore.

    Parameters
    ----------
    compute : callable
        `scores_at_rest`, `match_at_rest`, or a function with the same arguments: source, recordings, map, splits,
        corrections, and a callable to report progress to; it returns None when told to give up.
    source : AtRest
        Source of the activations.
    recordings : RecordingSet, or sequence or mapping of them

    Attributes
    ----------
    recordings : tuple of RecordingSet
    """

    def __init__(self, compute: Callable[..., T | None], source: AtRest, recordings: Any) -> None:
        self.recordings = recordings_tuple(recordings)
        self._compute, self._source, self._job = compute, source, LatestJob()
        self._asked: Asked | None = None
        self._n_asked = 0
        self._known: Asked | None = None
        self._latest: T | None = None
        self._stage = ""

    def use(self, method: str, splits: str, correction: str = NO_CORRECTION) -> None:
        """Compute with other choices; work under way is given up, the latest result stays until the new one is done."""
        needs_trials = correction in CORRECTIONS and CORRECTIONS[correction].needs_trials
        choices = method, splits, (correction,) if needs_trials else ()
        if self._asked is not None and self._asked[:3] == choices:
            return
        # Choices that come back are asked for anew: their work may just have been given up.
        self._n_asked += 1
        self._asked = asked = (*choices, self._n_asked)
        self._job.ask(asked, lambda tell: self._computed(asked, tell))

    def go_back(self) -> None:
        """Return to the choices of the latest result and give up the request that came after them."""
        self._asked = self._known

    @property
    def settled(self) -> bool:
        """Whether the latest result belongs to the latest request."""
        self._look()
        return self._asked is not None and self._asked == self._known

    @property
    def latest(self) -> T | None:
        """Latest result, or None before the first."""
        self._look()
        return self._latest

    @property
    def error(self) -> str | None:
        """Error of the current choices in a sentence, or None."""
        return self._look()

    @property
    def alive(self) -> bool:
        """Whether a result that is still wanted is being computed."""
        return self._asked is not None and self._job.busy

    @property
    def words(self) -> str:
        """Stage of the computation and the time it may still take, in words; empty when all is done."""
        if not self.alive:
            return ""
        done, total = self._job.progress
        left = f", {duration(self._job.seconds / done * (total - done))} left" if done else ""
        part = f": {done + 1} of {total}{left}" if total else ""
        return f"{self._stage or 'scoring'}{part}…"

    def close(self) -> None:
        """Stop the work under way."""
        self._asked = None

    def wait(self, timeout: float) -> bool:
        """Wait until the computation ends, at most ``timeout`` seconds; return whether it has ended."""
        return self._job.wait(timeout)

    def _computed(self, asked: Asked, tell: Callable[[int, int], None]) -> T | None:
        """Return the result, computed on the job's thread; None when another request has come meanwhile."""

        def progress(stage: str, done: int, total: int) -> bool:
            self._stage = stage
            if total:
                tell(done, total)
            return self._asked == asked

        return self._compute(self._source, self.recordings, *asked[:3], progress)

    def _look(self) -> str | None:
        """Store a result that is ready; return the error of the computation, or None."""
        try:
            answer = self._job.answer(self._asked) if self._asked is not None else None
        except Exception as error:  # every error must reach the panel as a sentence
            return in_words(error)
        if answer is not None:
            self._latest, self._known = answer, self._asked
        return None
