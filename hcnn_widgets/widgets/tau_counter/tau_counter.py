"""Panel for a class that counts tau_A of two RDMs step by step."""

from collections.abc import Iterable
from typing import Any

import ipywidgets
import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.similarity.comparison.concordance_steps import ConcordanceSteps
from hcnn_widgets.records.joining import rows_of
from hcnn_widgets.stimuli.stimulus_set import StimulusSet
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.panel.panel_box import PanelBox
from hcnn_widgets.widgets.panel.words import shows_errors

from .tau_canvas import TauCanvas
from .tau_stimuli import drawn_rows, joined_rdms, labels_of

FEWEST, MOST = 3, 8
"""Fewest and most images: 8 images have 28 dissimilarities, which form 378 pairs, the most that a class will watch."""

CODE = """\
from itertools import combinations

import numpy as np

# a, b: dissimilarities of the same pairs of images, strict upper triangles of two RDMs
a = {a}
b = {b}
count = 0
for p, q in combinations(range(len(a)), 2):
    count += np.sign(a[p] - a[q]) * np.sign(b[p] - b[q])  # concordant +1, discordant -1, tied 0
print(count / (len(a) * (len(a) - 1) / 2))
"""


class TauCounter(PanelBox):
    """Kendall's tau_A of two RDMs, counted over every two pairs of images.

    A step takes two pairs of images, A and B. If both RDMs find the same pair more unlike, the step is concordant and
    counts +1; if they disagree, it is discordant and counts -1; if an RDM finds both pairs equally unlike, it is tied
    and counts 0. tau_A is the count divided by the number of steps. Buttons or keys step forward and back, play, and go
    to the end, where tau_A equals ``hw.mapping.compare(a, b, "tau_a")``.

    Parameters
    ----------
    a, b : Rdm, (n_stimuli, n_stimuli) float or (k,) float
        Two Rdms are joined by stimulus id; an array is taken to be in the order of the other RDM.
    stimuli : StimulusSet, optional
        Images; without images the panel shows names.
    n : int
        Number of stimuli to count with, 3 to 8.
    stimulus_ids : iterable of str, optional
        Stimuli to count with; by default `n` are drawn, from as many categories as possible.
    seed : int
        Seed of the draw.
    **options
        ``clock`` and ``ticker`` of the panel within.

    Raises
    ------
    TypeError, ValueError
        If `a` or `b` is not an RDM, their stimuli differ, there are fewer than 3 or more than 8 stimuli to count with,
        or an RDM finds all their pairs equally unlike.
    """

    def __init__(
        self,
        a: Any,
        b: Any,
        stimuli: StimulusSet | None = None,
        *,
        n: int = 5,
        stimulus_ids: Iterable[str] | None = None,
        seed: int = 0,
        **options: Any,
    ) -> None:
        check_options(options, type(self), TauCanvas)
        first, second = joined_rdms(a, b)
        self._rdms, self._seed = (first, second), seed
        self._labels = labels_of(first, stimuli)
        self._past: list[NDArray[np.intp]] = []
        most = min(MOST, len(first))
        if stimulus_ids is None:
            rows = drawn_rows(self._rdms, self._labels, _checked_number(n, most), seed)
        else:
            rows = rows_of(np.asarray(list(stimulus_ids), np.str_), first.stimulus_ids, "rdm")
            _checked_number(len(rows), most)
        self._number = ipywidgets.BoundedIntText(
            value=len(rows), min=FEWEST, max=most, description="Images", tooltip="How many images to count with",
            layout={"width": "150px"}, style={"description_width": "initial"},
        )  # fmt: skip
        self._draw = _button("Draw others", "random", "Draw other images at random")
        self._undo = _button("Undo", "undo", "Take the last choice of images back")
        self._undo.disabled = True
        super().__init__(
            TauCanvas(first, second, stimuli, rows, self._take_picked, **options),
            [self._number, self._draw, self._undo],
        )
        self._number.observe(self._change_number, "value")
        self._draw.on_click(self._draw_others)
        self._undo.on_click(lambda _: self.undo())
        self.panel.observe(self._end_reached, "position")

    @property
    def stimulus_ids(self) -> tuple[str, ...]:
        """Ids of the stimuli counted with; set it to 3 to 8 other stimuli of the RDMs."""
        return tuple(self._rdms[0].stimulus_ids[self.panel.rows].tolist())

    @stimulus_ids.setter
    def stimulus_ids(self, ids: Iterable[str]) -> None:
        rows = rows_of(np.asarray(list(ids), np.str_), self._rdms[0].stimulus_ids, "rdm")
        _checked_number(len(rows), self._number.max)
        self._choose(rows)

    @property
    def position(self) -> int:
        """Number of steps taken; set it to move to another step."""
        return int(self.panel.position)

    @position.setter
    def position(self, position: int) -> None:
        self.panel.position = min(max(0, position), len(self.steps))

    @property
    def steps(self) -> ConcordanceSteps:
        """All steps of the count."""
        return self.panel.counted

    @property
    def tau_a(self) -> float:
        """Value of tau_A at the end of the count."""
        return self.steps.tau_a

    def undo(self) -> None:
        """Undo the last choice of images."""
        if self._past:
            self._show(self._past.pop())

    @property
    def code(self) -> str:
        """Code that counts tau_A of the same stimuli."""
        a, b = (rdm.select(self.stimulus_ids).vector for rdm in self._rdms)
        return CODE.format(a=_listed(a), b=_listed(b))

    @shows_errors
    def _end_reached(self, _change: Any) -> None:
        # Drawing the still picture takes too long for every step of playback.
        if self.position == len(self.steps):
            self.leave_picture()

    # --- images -------------------------------------------------------------------------------------------------
    @shows_errors
    def _change_number(self, _change: Any) -> None:
        if self._number.value != len(self.panel.rows):
            self._choose(drawn_rows(self._rdms, self._labels, self._number.value, self._seed))

    @shows_errors
    def _draw_others(self, _button: Any) -> None:
        self._seed += 1
        self._choose(drawn_rows(self._rdms, self._labels, self._number.value, self._seed))

    @shows_errors
    def _take_picked(self, places: list[int]) -> None:
        rows = np.array(places, dtype=np.intp)
        _checked_number(len(rows), self._number.max)
        if len(set(rows.tolist())) < len(rows) or rows.min() < 0 or rows.max() >= len(self._rdms[0]):
            raise ValueError(f"`images` must be different ones of the {len(self._rdms[0])}; received {rows.tolist()}.")
        self._choose(rows)

    def _choose(self, rows: NDArray[np.intp]) -> None:
        before = self.panel.rows
        if rows.tolist() != before.tolist():
            self._show(rows)
            self._past.append(before)
            self._undo.disabled = False

    def _show(self, rows: NDArray[np.intp]) -> None:
        self.panel.note("")
        self.panel.choose(rows)
        self._number.value = len(rows)
        self._undo.disabled = not self._past


def _checked_number(n: int, most: int) -> int:
    if not FEWEST <= n <= most:
        raise ValueError(f"`n` is no number of images to count with. Accepted are {FEWEST} to {most}; received {n}.")
    return n


def _button(words: str, icon: str, tooltip: str) -> ipywidgets.Button:
    return ipywidgets.Button(description=words, icon=icon, tooltip=tooltip, layout={"width": "auto"})


def _listed(vector: NDArray[np.float64]) -> str:
    return f"np.array({vector.tolist()})"
