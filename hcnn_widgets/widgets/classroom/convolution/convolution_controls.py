"""The row of controls of a convolution lab."""

from collections.abc import Callable
from functools import partial
from typing import Any

import ipywidgets
import numpy as np

from hcnn_widgets.classroom.famous_kernels import FAMOUS_KERNELS
from hcnn_widgets.widgets.classroom.boards.photograph import LONGEST
from hcnn_widgets.widgets.classroom.lab_box import labelled, put

from .convolution_given import IMAGES, LARGEST_KERNEL, MOST_CHANNELS, image_name, kernel_name, resized, with_channels
from .convolution_keys import PADDINGS
from .convolution_shown import VIEWS, ConvolutionShown

OWN = "own numbers"
"""Of a menu of presets: what is shown is none of them."""
CHOICES = ("padding", "stride", "dilation", "bias", "turned", "predict")
SIDE = "112px"
Choose = Callable[[Callable[[], ConvolutionShown | None]], None]


class ConvolutionControls:
    """Menus, boxes and switches; each says what it asks for to the lab, and follows what is shown.

    Parameters
    ----------
    lab : ConvolutionLab
    """

    def __init__(self, lab: Any) -> None:
        self._lab = lab
        self._image = menu("Image", (*IMAGES, OWN), "210px", "The image; its cells can be typed over")
        self._side = whole("Side", LONGEST, "Rows and columns of the image")
        self._channels = menu("Channels", range(1, MOST_CHANNELS + 1), "125px", "Images that are summed over")
        self._kernel = menu("Kernel", (*FAMOUS_KERNELS, OWN), "230px", "The kernel; its cells can be typed over")
        self._kernel_side = whole("Side", LARGEST_KERNEL, "Rows and columns of the kernel")
        self._padding = menu(
            "Padding",
            (*PADDINGS, *range(4, 9)),
            "145px",
            "What stands around the image: zeros, or its pixels again (key p)",
        )
        self._stride = menu("Stride", range(1, 9), "105px", "Pixels between windows (key s)")
        self._dilation = menu("Dilation", range(1, 9), "115px", "Pixels between the cells of a window (key d)")
        self._bias = labelled(ipywidgets.FloatText, "Bias", "110px", step=1, tooltip="Added to every sum")
        self._view = menu("Show", tuple(VIEWS.values()), "260px", "What stands below the boards (key v)")
        self._turned = switch("Turn the kernel", "rotate-left", "True convolution: turned by 180 degrees (key f)")
        self._predict = switch("Predict first", "question", "Hide outputs until they are typed (key g)")
        self._number = labelled(
            ipywidgets.FloatText, "Cell", "130px", step=1, tooltip="The number of the cell in front"
        )
        self._listen()

    @property
    def row(self) -> list[Any]:
        """All controls in their order."""
        first = [self._image, self._side, self._channels, self._kernel, self._kernel_side]
        second = [self._padding, self._stride, self._dilation, self._bias, self._view]
        return [*first, *second, self._number, self._turned, self._predict]

    def follow(self, shown: ConvolutionShown) -> None:
        """Set all controls to what is shown."""
        put(self._image, value=image_name(shown) or OWN)
        put(self._kernel, value=kernel_name(shown) or OWN)
        put(self._side, value=max(shown.image.shape[:2]))
        put(self._kernel_side, value=max(shown.size))
        put(self._channels, value=shown.n_channels)
        for name in CHOICES:
            put(getattr(self, f"_{name}"), value=getattr(shown, name))
        put(self._view, value=VIEWS[shown.view])
        self._follow_number(shown)

    def _follow_number(self, shown: ConvolutionShown) -> None:
        closed = shown.focus[0] == "output" and not shown.predict
        put(self._number, disabled=closed)
        hidden = shown.focus[0] == "output" and shown.predict
        value = shown.value_at(shown.focus) if hidden or not closed else float(shown.output[shown.focus[1:]])
        put(self._number, value=0.0 if np.isnan(value) else value)

    def _listen(self) -> None:
        self._on(self._image, self._take_image)
        self._on(self._kernel, self._take_kernel)
        self._on(self._side, lambda side: self.shown.changed(image=resized(self.shown.image, side, side)))
        self._on(self._kernel_side, lambda side: self.shown.changed(kernel=resized(self.shown.kernel, side, side)))
        self._on(self._channels, lambda n: with_channels(self.shown, n))
        for name in CHOICES:
            self._on(getattr(self, f"_{name}"), partial(self._choose, name))
        self._on(self._view, lambda words: self.shown.seen_as(_key_of(words)))
        self._on(self._number, lambda value: self.shown.with_number(self.shown.focus, float(value)))

    @property
    def shown(self) -> ConvolutionShown:
        """What the lab shows now."""
        shown: ConvolutionShown = self._lab.shown
        return shown

    def _on(self, control: Any, change: Callable[[Any], ConvolutionShown | None]) -> None:
        """Have a control ask the lab for a change."""
        control.observe(lambda told: self._lab.choose(lambda: change(told["new"])), "value")

    def _choose(self, name: str, value: Any) -> ConvolutionShown:
        return self.shown.changed(**{name: value})

    def _take_image(self, name: str) -> ConvolutionShown | None:
        if name == OWN:
            return None
        image, source = IMAGES[name]()
        taken = self.shown.with_image(image, source)
        return with_channels(taken, self.shown.n_channels) if name != "photograph" else taken

    def _take_kernel(self, name: str) -> ConvolutionShown | None:
        if name == OWN:
            return None
        values = FAMOUS_KERNELS[name].values
        return self.shown.changed(kernel=np.repeat(values[..., None], self.shown.n_channels, axis=2))


def menu(description: str, options: Any, width: str, tooltip: str) -> Any:
    """Return a menu of a row of controls."""
    return labelled(ipywidgets.Dropdown, description, width, options=list(options), tooltip=tooltip)


def whole(description: str, most: int, tooltip: str) -> Any:
    """Return a box for a whole number from 1 on."""
    return labelled(ipywidgets.BoundedIntText, description, SIDE, min=1, max=most, tooltip=tooltip)


def switch(description: str, icon: str, tooltip: str) -> Any:
    """Return a switch."""
    return ipywidgets.ToggleButton(description=description, icon=icon, tooltip=tooltip, layout={"width": "auto"})


def _key_of(words: str) -> str:
    return next(name for name, said in VIEWS.items() if said == words)
