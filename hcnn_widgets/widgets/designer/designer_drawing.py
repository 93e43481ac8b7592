"""The drawing of a designer: cards and runs are chosen in it by a click or the keys."""

from typing import Any

import traitlets

from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.scene_panel import ScenePanel

from .design_board import DesignBoard
from .designer_scene import BUILD, COMPARE, designer_scene
from .fitting import Fitting
from .places import places_of
from .told import Told
from .words import sentence_of

STILL = (1100, 720)
"""Pixels: width and height of a still picture."""


class DesignerDrawing(ScenePanel):
    """Drawing of GoalDrivenDesigner.

    Parameters
    ----------
    board : DesignBoard
    fitting : Fitting
    cards : mapping of str to tuple of Card
    **traits
        Any trait of an ipywidgets.DOMWidget, and LivePanel's ``clock`` and ``ticker``.
    """

    knows_height = True
    title = traitlets.Unicode("Goal-driven designer").tag(sync=True)

    asked_to_build = traitlets.Int(0)
    """How often the key that builds was pressed: 2"""

    changed = traitlets.Int(0)
    """Grows when a person has chosen something in the drawing: 4"""

    def __init__(self, board: DesignBoard, fitting: Fitting, cards: Any, **traits: Any) -> None:
        self.board, self._fitting, self._cards = board, fitting, cards
        self._told: Told | None = None
        super().__init__(**traits)

    def source_over(self) -> bool:
        """Return whether nothing is being built or looked at."""
        return not (self.board.busy or self._fitting.busy)

    def training_goes_on(self) -> bool:
        """Return whether a run is being built."""
        return self.board.busy

    def told(self) -> Told:
        """Return what is shown; the object before where nothing has changed."""
        sweep, related = self.board.plotted()
        told = Told(
            design=self.board.design,
            cards=self._cards,
            refusals=self._fitting.known,
            sweep=sweep,
            rows=sweep.rows,
            related=related,
            selected=self.board.selected,
            held=self.board.held,
            now=self.board.now,
            ghost=self.board.ghost,
            way=self.board.way,
        )
        self._told = self._told if self._told == told else told
        return self._told

    def make_frame(self) -> Frame:
        """Return the designer as it is now."""
        over, told = self.source_over(), self.told()
        return self.frame_of_scene(self.scene, final=over, of=told)

    def scene(self, width: int, height: int | None = None) -> Scene:
        """Describe the designer for a width in pixels, and for the most height."""
        return designer_scene(self.told(), width, height)

    def pressed(self, place: int, key: str) -> None:
        """Choose a card or a run, compare with a run, or build."""
        told = self.told()
        at = places_of(told)[0][place]
        self._asked(self.board.look_again, None)
        if key == BUILD:
            self.asked_to_build += 1
        elif at.kind == "run":
            act = self.board.hold if key == COMPARE else self.board.choose
            act(told.rows[at.number].number)
        elif key == "Enter":
            self.board.design = self.board.design.changed(**{at.kind: told.cards[at.kind][at.number].name})
            self._fitting.ask(self.board.design)
        self.changed += 1

    def _call_back(self, looked_at: bool) -> None:
        """Look, too, for what other notebooks have put into the folder while nobody looked here."""
        if looked_at:
            self._asked(self.board.look_again, None)
        super()._call_back(looked_at)

    def sentence(self) -> str:
        """Return what is seen."""
        told = self.told()
        return " ".join(part for part in (sentence_of(told), told.now.moment) if part)

    def picture(self) -> bytes:
        """Draw the designer as a PNG."""
        from hcnn_widgets.widgets.scene.scene_picture import scene_picture

        return scene_picture(self.scene(*STILL))
