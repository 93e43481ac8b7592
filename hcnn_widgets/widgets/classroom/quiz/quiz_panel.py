"""A quiz: questions that are answered cell by cell, whose wrong answers are explained."""

from dataclasses import replace
from typing import Any

from hcnn_widgets.widgets.classroom.control_lab import ControlLab, ControlPanel
from hcnn_widgets.widgets.classroom.lab_box import button, put
from hcnn_widgets.widgets.classroom.lab_steps import takes_state
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.scene.scene import Scene

from .quiz_keys import after_key, checked
from .quiz_scene import quiz_scene
from .quiz_shown import QuizShown, shown_of
from .quiz_words import answers_of

UNCHECKED = "# The lines that give the answer stand here once you have checked yours.\n"


class Quiz(ControlLab[QuizShown]):
    """Questions on the arithmetic of the lecture, answered cell by cell; the lecture's pop quiz is the first.

    Digits are typed into the cells, or clicked on the pad. Enter goes on to the next empty cell and, once all are
    filled, says which are right, and for wrong ones which mistake gives just these numbers; so do "check" and the key
    "c" at any time. "h" shows the window or the sum behind a cell. Nothing is sent anywhere: the panel's own button
    saves the answers as CSV, and `answers` has them as plain data.

    Parameters
    ----------
    n : int
        Number of questions, at most 40. A ``quiz.state`` in its place is shown again.
    seed : int
        The same seed gives the same questions: those of ``hw.classroom.quiz``.
    kinds : str or sequence of str, optional
        Names in ``hw.classroom.QUESTIONS``; all by default.
    at : int
        The question in front, from 0.
    filled : list, optional
        What was typed, as a state has it.
    **options
        ``clock`` and ``ticker`` of the panel within.

    Raises
    ------
    TypeError, ValueError
        If these are no quiz.
    """

    @takes_state
    def __init__(
        self, n: int = 5, *, seed: int = 0, kinds: Any = None, at: int = 0, filled: Any = None, **options: Any
    ) -> None:
        check_options(options, Quiz, ControlPanel)
        shown = shown_of(n, seed, kinds, at, filled)
        self._back = button("Back", "arrow-left", "The question before (key b)", lambda _: self._turn(-1))
        self._next = button("Next", "arrow-right", "The next question (key n)", lambda _: self._turn(1))
        self._check = button("Check", "check", "Say which cells are right (key c)", lambda _: self._do_check())
        self._new = button("New questions", "random", "The questions of the next seed", lambda _: self._renewed())
        super().__init__(shown, [self._back, self._next, self._check, self._new], **options)

    @property
    def answers(self) -> list[dict[str, Any]]:
        """What was answered, a question a row, as plain data; ``pandas.DataFrame(quiz.answers)`` is a table of them."""
        return answers_of(self.shown)

    @property
    def code(self) -> str:
        """Lines of NumPy that give the answer of the question in front, once it has been checked."""
        return self.shown.question.code if self.shown.filled.n_checks else UNCHECKED

    def scene(self, width: int) -> Scene:
        """Describe the question in front for a width in pixels."""
        return replace(quiz_scene(self.shown, width), moved=self.moved)

    def pressed(self, place: int, key: str) -> None:
        """Act on a key at a place; who goes on to the next empty cell by Enter is marked there."""
        shown = after_key(self.shown, place, key)
        goes_on = shown is not None and key == "Enter" and self.shown.cell == place and shown.at == self.shown.at
        self.has_moved(place, shown.cell if shown is not None and goes_on and shown.cell != place else None)
        self.go_to(shown)

    def mirror(self) -> None:
        """Set the buttons to what is shown."""
        shown = self.shown
        put(self._back, disabled=shown.at == 0)
        put(self._next, disabled=shown.at == len(shown.sheet) - 1)
        put(self._check, disabled=shown.filled.checked == shown.filled.cells)

    def _turn(self, by: int) -> None:
        self.act(lambda: self.go_to(self.shown.going_to(self.shown.at + by)))

    def _do_check(self) -> None:
        self.act(lambda: self.go_to(checked(self.shown)))

    def _renewed(self) -> None:
        """Draw other questions of the same kinds; the pop quiz is the first again."""
        shown = self.shown
        other = shown_of(len(shown.sheet), shown.sheet.seed + 1, shown.kinds, 0, None)
        self.act(lambda: self.go_to(replace(other)))
