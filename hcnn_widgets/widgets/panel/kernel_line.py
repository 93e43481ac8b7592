"""A line of words, and what stands in its place once the kernel is gone: twin of kernel_line.ts."""

from typing import Any

import traitlets

from .comm_routing import OneThreadHolds, heard_where_it_arrives
from .live_panel import MODULE, MODULE_VERSION


class KernelLine(OneThreadHolds):
    """A line of words on what the kernel does, which the page replaces when the kernel has gone.

    Words such as "Training: step 340" would otherwise stand there as if it were still so.

    Parameters
    ----------
    value : str
        Words to show.
    **traits
        Any trait of an ipywidgets.DOMWidget.
    """

    _model_module = traitlets.Unicode(MODULE, read_only=True).tag(sync=True)
    _model_module_version = traitlets.Unicode(MODULE_VERSION, read_only=True).tag(sync=True)
    _model_name = traitlets.Unicode("KernelLineModel", read_only=True).tag(sync=True)
    _view_name = traitlets.Unicode("KernelLineView").tag(sync=True)
    _view_module = traitlets.Unicode(MODULE).tag(sync=True)
    _view_module_version = traitlets.Unicode(MODULE_VERSION).tag(sync=True)

    value = traitlets.Unicode().tag(sync=True)
    """Words to show: "Training: step 340 of 1,200" """

    lost = traitlets.Unicode().tag(sync=True)
    """Words to show without a kernel, or "" for the same: "Lost at step 340 of 1,200: run the cell again." """

    saved = traitlets.Unicode().tag(sync=True)
    """Words to show on a saved page, or "" for the same: "No training was shown here when the page was saved." """

    def __init__(self, value: str = "", **traits: object) -> None:
        self._pages: dict[str, bool] = {}
        super().__init__(value=value, **traits)
        self.on_msg(self._on_page_message)
        heard_where_it_arrives(self)

    @property
    def seen(self) -> bool:
        """Whether a page has said that the line is on screen there."""
        return any(list(self._pages.values()))

    def _on_page_message(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if isinstance(content, dict) and content.get("kind") == "visible":
            self._pages[str(content.get("page", ""))] = bool(content.get("visible"))

    def tell(self, value: str, lost: str = "", saved: str = "") -> None:
        """Show these words; nothing is sent where all are as before.

        Parameters
        ----------
        value : str
        lost : str
            Words for a page whose kernel has gone.
        saved : str
            Words for a saved page, on which nobody can do what the words ask for.
        """
        with self.hold_sync():
            self.value, self.lost, self.saved = value, lost, saved
