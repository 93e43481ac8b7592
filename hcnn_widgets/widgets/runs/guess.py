"""Panel to guess the final scores of a run before it has them."""

from typing import Any

import traitlets

from hcnn_widgets.goal.quantity import Quantity
from hcnn_widgets.learning.training_run import TrainingRun
from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.known_run import check_run
from hcnn_widgets.widgets.panel.run_hold import RunHold
from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.scene_panel import ScenePanel
from hcnn_widgets.widgets.scores.known_scores import works_of

from .guess_lines import GuessLine, guess_lines, verdict
from .guess_scene import ASK, N_CELLS, guess_scene, value_at

USUAL = Quantity("accuracy", "fraction correct", lowest=0.0, highest=1.0, percent=True)
"""What is guessed where there is no run yet, and no goal is given: the score of Categorization."""
FINE = 0.01


class Guess(ScenePanel):
    """A mark for one's own guess of what a run will have reached at its end; settled by a sentence.

    Triangle: the guess. Bar: what the run has reached, the goal's score on held-out images where there are any, and the
    newest score of the model area that predicts the brain area best, as other panels watch it. Small marks: chance,
    untrained network, noise ceiling. A guess that is made while the training goes on says at which step. Guesses are
    kept with the run, in ``run.guesses`` and by ``run.save``.

    Parameters
    ----------
    run : Run, optional
        None lets guesses be made before there is a run; ``follow`` takes them to it.
    brain : str
        The brain area whose best score is guessed.
    goal : Goal, optional
        What is going to be trained, where there is no run yet; by default Categorization.
    **traits
        Any trait of an ipywidgets.DOMWidget, and LivePanel's ``clock`` and ``ticker``.

    Raises
    ------
    TypeError
        If it is no run.
    """

    title = traitlets.Unicode("Guess first").tag(sync=True)

    def __init__(
        self, run: TrainingRun | None = None, brain: str = "V4", goal: Any | None = None, **traits: Any
    ) -> None:
        if not isinstance(brain, str) or not brain:
            raise TypeError(f"`brain` must be the name of a brain area, such as 'V4'; received {brain!r}.")
        self._brain = brain
        self._quantity = USUAL if goal is None else _first_score(goal, ())
        self._hold: RunHold[TrainingRun] = RunHold(None)
        self._guesses: dict[str, dict[str, Any]] = {}
        self._lines: tuple[GuessLine, ...] = ()
        self._over = False
        super().__init__(**traits)
        if run is not None:
            self.follow(run)

    def follow(self, run: TrainingRun | None) -> None:
        """Hold the guesses against a run; those that were made before there was one go over to it.

        A run that has guesses of its own, such as one from a folder, keeps these.
        """
        before = self._guesses if self._hold.empty else {}
        if run is not None:
            check_run("run", run)
            model = run.model
            self._quantity = _first_score(model.goal, model.categories)
            kept = getattr(run, "guesses", None)
            self._guesses = kept if isinstance(kept, dict) else {}
            if run.alive:
                for key, guess in before.items():
                    self._guesses.setdefault(key, {**guess, "step": int(run.steps_done)})
        else:
            self._guesses = before
        self._hold, self._over = RunHold(run), False
        self._look()
        self.clear()
        self.start()

    @property
    def guesses(self) -> dict[str, float]:
        """The guesses by what is guessed: {"accuracy": 0.9, "V4 r": 0.5}."""
        return {line.key: line.guess for line in self._lines if line.guess is not None}

    def source_over(self) -> bool:
        """Return whether nothing moves any more."""
        run = self._hold.get()
        return run is None or not (run.alive or any(work.alive for work in works_of(run)))

    def make_frame(self) -> Frame:
        """Return the guesses as they stand."""
        final = self.source_over()
        self._look()
        if final and not self._hold.empty:
            self._hold.let_go()
        return self.frame_of_scene(self.scene, final=final, of=self._lines)

    def _look(self) -> None:
        """Renew the lines where anything has changed; a run that is gone leaves them as they were."""
        run = self._hold.get()
        if run is None and not self._hold.empty:
            return
        lines = tuple(guess_lines(run, self._quantity, self._brain, self._guesses))
        self._over = run is not None and not run.alive
        self._lines = self._lines if lines == self._lines else lines

    def scene(self, width: int) -> Scene:
        """Describe the guesses for a width in pixels."""
        return guess_scene(self._lines, self._over, width)

    def pressed(self, place: int, key: str) -> None:
        """Take a guess, or change one by a hundredth of the range."""
        number, cell = divmod(place, N_CELLS)
        run = self._hold.get()
        if self._over or (run is not None and not run.alive):
            self.note("The run is over. Accepted are guesses before its end: the next run can be guessed.")
            return
        line = self._lines[number]
        value = value_at(line, cell)
        if key in "+-":
            fine = FINE * (line.highest - line.lowest) * (1 if key == "+" else -1)
            value = (value if line.guess is None else line.guess) + fine
        value = round(min(line.highest, max(line.lowest, value)), 6)
        self._guesses[line.key] = {"value": value, "step": 0 if run is None else int(run.steps_done)}
        self._look()

    def sentence(self) -> str:
        """Return a sentence on each guess."""
        known = any(line.guess is not None for line in self._lines)
        return " ".join(verdict(line) for line in self._lines) if known else ASK

    def saved_sentence(self) -> str:
        """Return a sentence on each guess, or that there is none, for a saved page."""
        return "Nothing was guessed." if self.sentence() == ASK else self.sentence()

    def close(self) -> None:
        """Take the panel off the page; guesses stay with the run."""
        if hasattr(self, "_hold"):
            self._hold.let_go()
        super().close()


def _first_score(goal: Any | None, categories: Any) -> Quantity | None:
    kinds = () if goal is None else goal.score_kinds(categories)
    return kinds[0] if kinds else None
