"""The row of controls of a pooling lab."""

from collections.abc import Callable
from functools import partial
from typing import Any

import ipywidgets

from hcnn_widgets.classroom.pooling import POOLINGS
from hcnn_widgets.classroom.windows import PADDINGS
from hcnn_widgets.widgets.classroom.lab_box import labelled, put

from .pooling_given import IMAGES, LARGEST, image_name
from .pooling_shown import VIEWS, PoolingShown

OWN = "own numbers"
CHOICES = ("kind", "size", "stride", "padding", "p")


class PoolingControls:
    """Menus and boxes; each says what it asks for to the lab, and follows what is shown.

    Parameters
    ----------
    lab : PoolingLab
    """

    def __init__(self, lab: Any) -> None:
        self._lab = lab
        self._image = menu("Image", (*IMAGES, OWN), "190px", "The image; its cells can be typed over")
        self._kind = menu("Pooling", POOLINGS, "140px", "What is made of a window (key k)")
        self._size = menu("Window", range(1, LARGEST + 1), "115px", "Side of the window in pixels (key w)")
        self._stride = menu("Stride", range(1, LARGEST + 1), "105px", "Pixels between windows (key s)")
        self._padding = menu("Padding", PADDINGS, "140px", "Padding, which is never counted (key p)")
        self._p = labelled(ipywidgets.BoundedFloatText, "p", "90px", min=1, max=100, step=1, tooltip="Exponent of lp")
        self._number = labelled(
            ipywidgets.FloatText, "Cell", "130px", step=1, tooltip="The number of the cell in front"
        )
        self._views = ipywidgets.ToggleButtons(options=[(words, view) for view, words in VIEWS.items()])
        self._views.style.button_width = "auto"
        self._views.tooltip = "What stands beside the pooled map (key v)"
        self._listen()

    @property
    def row(self) -> list[Any]:
        """All controls in their order."""
        choices = [getattr(self, f"_{name}") for name in CHOICES]
        return [self._image, *choices, self._number, self._views]

    def follow(self, shown: PoolingShown) -> None:
        """Set all controls to what is shown."""
        put(self._image, value=image_name(shown) or OWN)
        for name in CHOICES:
            put(getattr(self, f"_{name}"), value=getattr(shown, name))
        put(self._p.layout, display=None if POOLINGS[shown.kind].has_exponent else "none")
        put(self._views, value=shown.view)
        put(self._number, disabled=shown.focus[0] != "image")
        put(self._number, value=float(shown.boards[shown.focus[0]][shown.focus[1:]]))

    @property
    def shown(self) -> PoolingShown:
        """What the lab shows now."""
        shown: PoolingShown = self._lab.shown
        return shown

    def _listen(self) -> None:
        self._on(self._image, self._take_image)
        for name in CHOICES:
            self._on(getattr(self, f"_{name}"), partial(self._choose, name))
        self._on(self._views, partial(self._choose, "view"))
        self._on(self._number, lambda value: self.shown.with_number(self.shown.focus, float(value)))

    def _on(self, control: Any, change: Callable[[Any], PoolingShown | None]) -> None:
        """Have a control ask the lab for a change."""
        control.observe(lambda told: self._lab.choose(lambda: change(told["new"])), "value")

    def _choose(self, name: str, value: Any) -> PoolingShown:
        return self.shown.changed(**{name: value})

    def _take_image(self, name: str) -> PoolingShown | None:
        if name == OWN:
            return None
        image, source = IMAGES[name]()
        return self.shown.changed(image=image, source=source, focus=("output", 0, 0))


def menu(description: str, options: Any, width: str, tooltip: str) -> Any:
    """Return a menu of a row of controls."""
    return labelled(ipywidgets.Dropdown, description, width, options=list(options), tooltip=tooltip)
