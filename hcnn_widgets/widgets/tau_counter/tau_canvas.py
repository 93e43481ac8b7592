"""Drawing of TauCounter: two small RDMs and the steps of the count taken so far."""

from collections.abc import Callable
from typing import Any

import numpy as np
import traitlets
from numpy.typing import NDArray

from hcnn_widgets.mapping.similarity.comparison.concordance_steps import ConcordanceSteps, concordance_steps
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm
from hcnn_widgets.stimuli.stimulus_set import StimulusSet
from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.image_sheet import HasImageSheet
from hcnn_widgets.widgets.panel.live_panel import LivePanel
from hcnn_widgets.widgets.panel.page_message import hears

from .tau_frame import read_tau, running_words, tau_frame


class TauCanvas(HasImageSheet, LivePanel, page="TauCounter"):
    """Count of tau_A for a few stimuli, step by step: twin of tau_counter.ts.

    Parameters
    ----------
    a, b : Rdm
        RDMs of the same stimuli, in the same order.
    stimuli : StimulusSet, optional
    rows : (n,) int
        Places of the stimuli to count with at first.
    picked : callable
        Called with the places in the sheet of the stimuli picked in the page.
    **traits
        Any trait of an ipywidgets.DOMWidget, and LivePanel's ``clock`` and ``ticker``.
    """

    position = traitlets.Int(0, min=0).tag(sync=True)
    """Number of steps taken: 0 before the first"""

    def __init__(
        self,
        a: Rdm,
        b: Rdm,
        stimuli: StimulusSet | None,
        rows: NDArray[np.intp],
        picked: Callable[[list[int]], object] = lambda _places: None,
        **traits: Any,
    ) -> None:
        self._rdms, self._picked = (a, b), picked
        self.counted: ConcordanceSteps | None = None
        self._rows = rows
        super().__init__(**traits)
        self.show_images(a.stimulus_ids, stimuli)
        self.choose(rows)

    def choose(self, rows: NDArray[np.intp]) -> None:
        """Count with other stimuli, from the beginning.

        Raises
        ------
        ValueError
            If an RDM finds all pairs of these stimuli equally unlike, or there are too many stimuli.
        """
        a, b = (rdm.select(rdm.stimulus_ids[rows]) for rdm in self._rdms)
        self.counted = concordance_steps(a, b)
        self._rows, self._pair, self.position = rows, (a, b), 0
        self.want()
        self.start()

    @property
    def rows(self) -> NDArray[np.intp]:
        """Places in the sheet of the stimuli counted with."""
        return self._rows

    def source_over(self) -> bool:
        """Return True: the RDMs do not change by themselves."""
        return True

    def make_frame(self) -> Frame:
        """Return a frame of both RDMs and all steps."""
        if self.counted is None:
            return self._as_said(final=True)
        names = (self._rdms[0].name or "RDM a", self._rdms[1].name or "RDM b")
        return tau_frame(*self._pair, self.counted, self._rows, names)

    @hears("subset", images=list[int])
    def take_picked(self, images: list[int]) -> None:
        """Pass on the places of the images picked in the page."""
        self._picked(images)

    def picture(self) -> bytes:
        """Draw both RDMs and the count as a PNG."""
        from hcnn_widgets.widgets.scene.scene_panel import USUAL_WIDTH
        from hcnn_widgets.widgets.scene.scene_picture import scene_picture

        from .tau_still import tau_still

        if not self.header:
            return b""
        return scene_picture(tau_still(self.header, self.values, self.position, self._images(), USUAL_WIDTH))

    def _images(self) -> list[tuple[str, NDArray[np.uint8] | None]]:
        """Return name and pixels of each image that is counted with."""
        sheet, rows = self.sheet_header, self.header["rows"]
        shape = tuple(sheet[name] for name in ("n", "height", "width", "n_channels"))
        pixels = np.frombuffer(self.sheet, np.uint8).reshape(shape) if self.sheet else [None] * shape[0]
        return [(sheet["ids"][row], pixels[row]) for row in rows]

    def sentence(self) -> str:
        """Return a sentence on the state of the count."""
        if not self.header:
            return self.message or "Counting tau_A."
        verdicts = read_tau(self.header, self.values)[2]
        both = f"{self.header['name_a']} and {self.header['name_b']}"
        return f"Counting tau_A of {both} for {self.header['n']} images: {running_words(verdicts, self.position)}."
