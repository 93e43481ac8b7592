"""What does not train, computed beside the page for whatever map, splits and correction a person chooses."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from hcnn_widgets.mapping.live.at_rest.source import AtRest
from hcnn_widgets.mapping.noise.corrections import CORRECTIONS
from hcnn_widgets.mapping.recordings.several import recordings_tuple
from hcnn_widgets.widgets.panel.latest_job import LatestJob
from hcnn_widgets.widgets.panel.words import duration, in_words

from .score_measure import NO_CORRECTION

T = TypeVar("T")
Asked = tuple[str, str, tuple[str, ...]]
"""Map, splits, and the corrections that need maps of their own."""


class WorkAtRest(Generic[T]):
    """What is computed of given or recorded activations and recordings; in the form of a LiveScore, for panels of both.

    Parameters
    ----------
    compute : callable
        `scores_at_rest`, `match_at_rest`, or what takes the same: source, recordings, map, splits, corrections, and
        whom to tell how far it is; gives None when told to give up.
    source : AtRest
        Gives the activations.
    recordings : RecordingSet, or sequence or mapping of them

    Attributes
    ----------
    recordings : tuple of RecordingSet
    """

    def __init__(self, compute: Callable[..., T | None], source: AtRest, recordings: Any) -> None:
        self.recordings = recordings_tuple(recordings)
        self._compute, self._source, self._job = compute, source, LatestJob()
        self._asked: Asked | None = None
        self._known: Asked | None = None
        self._latest: T | None = None
        self._stage = ""

    def use(self, method: str, splits: str, correction: str = NO_CORRECTION) -> None:
        """Compute with these choices; what was under way is given up, what was there last stays until it is done."""
        needs_trials = correction in CORRECTIONS and CORRECTIONS[correction].needs_trials
        asked = method, splits, (correction,) if needs_trials else ()
        self._asked = asked
        self._job.ask(asked, lambda tell: self._computed(asked, tell))

    def go_back(self) -> None:
        """Ask for what was computed last again, which is there; the wish that came after it is given up."""
        self._asked = self._known

    @property
    def settled(self) -> bool:
        """Whether what was computed last is what was asked for last."""
        self._look()
        return self._asked is not None and self._asked == self._known

    @property
    def latest(self) -> T | None:
        """What the last choices that could be computed gave, or None before the first."""
        self._look()
        return self._latest

    @property
    def error(self) -> str | None:
        """What is wrong with the choices, in a sentence, or None."""
        return self._look()

    @property
    def alive(self) -> bool:
        """Whether something is being computed that is still wanted."""
        return self._asked is not None and self._job.busy

    @property
    def words(self) -> str:
        """What is being computed, and how long the rest may take; empty when all is done."""
        if not self.alive:
            return ""
        done, total = self._job.progress
        left = f", {duration(self._job.seconds / done * (total - done))} left" if done else ""
        part = f": {done + 1} of {total}{left}" if total else ""
        return f"{self._stage or 'scoring'}{part}…"

    def close(self) -> None:
        """Cancel the work under way."""
        self._asked = None

    def wait(self, timeout: float) -> bool:
        """Wait until nothing is being computed; say whether that is so."""
        return self._job.wait(timeout)

    def _computed(self, asked: Asked, tell: Callable[[int, int], None]) -> T | None:
        """Compute on the job's thread; None when something else has been asked for meanwhile."""

        def progress(stage: str, done: int, total: int) -> bool:
            self._stage = stage
            if total:
                tell(done, total)
            return self._asked == asked

        return self._compute(self._source, self.recordings, *asked, progress)

    def _look(self) -> str | None:
        """Take up what has been computed; return what went wrong."""
        try:
            answer = self._job.answer(self._asked) if self._asked is not None else None
        except Exception as error:  # whatever it was, a panel must be able to say it
            return in_words(error)
        if answer is not None:
            self._latest, self._known = answer, self._asked
        return None
