"""A slider with a name that those who listen hear, too, and a button that plays it where that is wanted."""

import ipywidgets
import traitlets

from .live_panel import MODULE, MODULE_VERSION


class Slider(ipywidgets.DOMWidget):
    """A slider of the page's own kind: its handle has a name, and its value is said in words.

    Parameters
    ----------
    description : str
        Its name.
    **traits
        Any of the traits below, and any of an ipywidgets.DOMWidget.
    """

    _model_module = traitlets.Unicode(MODULE, read_only=True).tag(sync=True)
    _model_module_version = traitlets.Unicode(MODULE_VERSION, read_only=True).tag(sync=True)
    _model_name = traitlets.Unicode("SliderModel", read_only=True).tag(sync=True)
    _view_name = traitlets.Unicode("SliderView").tag(sync=True)
    _view_module = traitlets.Unicode(MODULE).tag(sync=True)
    _view_module_version = traitlets.Unicode(MODULE_VERSION).tag(sync=True)

    description = traitlets.Unicode().tag(sync=True)
    """Its name, which stands before it."""

    min = traitlets.Float(0).tag(sync=True)
    max = traitlets.Float(100).tag(sync=True)
    step = traitlets.Float(1).tag(sync=True)
    value = traitlets.Float(0).tag(sync=True)

    text = traitlets.Unicode().tag(sync=True)
    """What the value means, in words: "step 340"; "" for the number itself."""

    disabled = traitlets.Bool(False).tag(sync=True)

    interval = traitlets.Int(0).tag(sync=True)
    """Milliseconds from value to value while it is played; 0 for no button that plays it."""

    playing = traitlets.Bool(False).tag(sync=True)
    """Whether the page goes from value to value by itself, up to the last."""

    def __init__(self, description: str = "", **traits: object) -> None:
        super().__init__(description=description, **traits)
