"""The HCNN layer of the lecture as tiles: moved into any order, doubled or left out, with a map after each."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import ipywidgets

from hcnn_widgets.classroom.motif import Motif
from hcnn_widgets.widgets.classroom.control_lab import ControlLab, ControlPanel
from hcnn_widgets.widgets.classroom.lab_box import labelled, put
from hcnn_widgets.widgets.classroom.lab_steps import takes_state
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.panel.slider import Slider
from hcnn_widgets.widgets.scene.scene import Scene

from .motif_code import motif_code
from .motif_hand import Hand
from .motif_keys import after_key
from .motif_scene import motif_scene
from .motif_shown import LECTURE, MOST_CONTRAST, MotifShown, pattern_of, shown_of
from .motif_words import percent

MENU = {"Grating": "grating", "Object (rendered)": "object", "Own image": "own"}
CONTRAST_STEP = 0.01


class MotifPanel(ControlPanel):
    """The scene of a motif lab, which knows what to leave out where it is low, as on the stage."""

    knows_height = True

    def scene(self, width: int, height: int | None = None) -> Scene:
        """Describe the lab for a width in pixels, and for the most height where there is one."""
        lab: Any = self._lab
        described: Scene = lab.scene(width, height)
        return described


class MotifLab(ControlLab[MotifShown]):
    """Filter, activate, pool and normalise as tiles in any order: what each makes of an image, and of contrast.

    Tiles are dragged to other places, and chips below them into the row; buttons on a tile move, double and remove it,
    a click on the tile changes what it does. By keyboard, arrow keys walk and with Shift they move a tile, Enter
    changes it, "d" doubles it, "x" takes it away; "+" and "-" change the contrast, "m" adds a second grating across the
    first, "l" takes the lecture's order, "u" takes a change back, "r" all of them. Below the tiles, or on the stage
    beside them, stands how the unit that answers most responds to contrast, alone and with the second grating, beside
    the formula of normalisation.

    Parameters
    ----------
    image : str or array
        "grating", "object" (rendered), or an image of one's own, (height, width) or (height, width, 3), uint8 or in
        [0, 1], of which the square in the middle is taken at 32 x 32. A ``lab.state`` in its place is shown again.
    stages : sequence of str
        Names in ``hw.classroom.STAGES``, at most six.
    contrast, mask : float
        Of the image and of the second grating, between 0 and 0.5.
    activation, pooling, n_orientations, sigma
        As in ``hw.classroom.Motif``.
    **options
        ``clock`` and ``ticker`` of the panel within.

    Raises
    ------
    TypeError, ValueError
        If these are no motif or no image.
    """

    panel_kind = MotifPanel
    _slid: tuple[str, MotifShown] | None = None

    @takes_state
    def __init__(
        self,
        image: Any = "grating",
        stages: Sequence[str] = LECTURE,
        *,
        contrast: float = MOST_CONTRAST,
        mask: float = 0.0,
        activation: str = "relu",
        pooling: str = "max",
        n_orientations: int = 4,
        sigma: float = 0.03,
        **options: Any,
    ) -> None:
        check_options(options, MotifLab, MotifPanel)
        self._hand = Hand()
        motif = Motif(stages, n_orientations, activation, pooling, sigma=sigma)
        shown = shown_of(image, contrast, mask, motif)
        super().__init__(shown, self._made_controls(shown), **options)

    def _made_controls(self, shown: MotifShown) -> list[ipywidgets.Widget]:
        names = {name: kind for name, kind in MENU.items() if kind != "own" or shown.own is not None}
        self._image = labelled(ipywidgets.Dropdown, "Image", "165px", options=names, tooltip="What is shown")
        self._contrast = _slider("Contrast", "270px", "Of the image (keys + and -)")
        self._mask = _slider("Second grating", "315px", "Contrast of a grating across the image (key m)")
        self._image.observe(lambda change: self.choose(lambda: self._with_image(change["new"])), "value")
        self._contrast.observe(lambda change: self._slide("contrast", change["new"]), "value")
        self._mask.observe(lambda change: self._slide("mask", change["new"]), "value")
        return [self._image, self._contrast, self._mask]

    @property
    def code(self) -> str:
        """Lines of NumPy and Keras that make the same of the same image."""
        return motif_code(self.shown)

    def scene(self, width: int, height: int | None = None) -> Scene:
        """Describe the tiles for a width in pixels, and for the most height where there is one."""
        return replace(motif_scene(self.shown, width, height), moved=self.moved)

    def pressed(self, place: int, key: str) -> None:
        """Act on a key at a place, or on a pointer that is held down there."""
        if key == "Draw":
            self._hand.take(self.shown, place)
        elif key == "Drag":
            goes_on = self._hand.has_moved
            self.go_to(self._hand.moved(self.shown, place), same_step=goes_on)
        elif key != "Enter" or not self._hand.lets_go():
            self._act_on_key(place, key)

    def _act_on_key(self, place: int, key: str) -> None:
        shown, marked = after_key(self.shown, place, key)
        self.has_moved(place, marked if marked != place else None)
        self.go_to(shown)

    def mirror(self) -> None:
        """Set the controls to what is shown."""
        shown = self.shown
        put(self._image, value=shown.image)
        put(self._contrast, value=shown.contrast, text=percent(shown.contrast))
        put(self._mask, value=shown.mask, text=percent(shown.mask))

    def _with_image(self, kind: str) -> MotifShown:
        return replace(self.shown, image=kind, pattern=pattern_of(kind, self.shown.own))

    def _slide(self, name: str, value: float) -> None:
        """Follow a slider: all its moves one after the other are one step."""
        changes: dict[str, Any] = {name: round(float(value), 2)}
        goes_on = self._slid is not None and self._slid[0] == name and self._slid[1] is self.shown
        self.choose(lambda: replace(self.shown, **changes), same_step=goes_on)
        self._slid = name, self.shown


def _slider(name: str, width: str, tooltip: str) -> Slider:
    """Return a slider of a contrast, read in percent."""
    return Slider(name, max=MOST_CONTRAST, step=CONTRAST_STEP, tooltip=tooltip, layout={"width": width})
