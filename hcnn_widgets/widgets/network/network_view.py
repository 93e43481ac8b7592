"""An image on its way through a network, area by area, while the network trains."""

from collections.abc import Callable
from typing import Any

import traitlets

from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.panel.panel_box import PanelBox

from .network_panel import NetworkPanel


class NetworkView(PanelBox):
    """The network drawn: an image, the maps that each area makes of it, and the answer; live, or at rest.

    Above stand images to choose from: one of each category first. Each area is a stack of its maps, the strongest in
    front; arrows are the network's own links. One area is opened: all its maps lie below, in shades from black, no
    response, to white, or, where there are responses below zero, from brown over white to teal. A click on a map, or
    Enter, shows the images that drive it most.

    Parameters
    ----------
    source : Run, GoalDrivenModel or keras.Model, optional
    stimuli : StimulusSet, optional
        Images to show; by default those that the training holds out.
    area : str, optional
        The area that is opened first; by default the first one.
    seed : int
        The same seed draws the same images.
    **options
        ``clock`` and ``ticker`` of the panel within.

    Raises
    ------
    ValueError
        If the network has no such area.

    Attributes
    ----------
    area : str
        The opened area. It can be set, observed, and linked to other widgets, as can the others.
    image : int
        Number of the image that is sent through.
    number : int or None
        The chosen map.
    """

    area = traitlets.Unicode()
    image = traitlets.Int(0, min=0)
    number = traitlets.Int(None, allow_none=True)

    def __init__(
        self,
        source: Any | None = None,
        stimuli: Any | None = None,
        area: str | None = None,
        *,
        seed: int = 0,
        **options: Any,
    ) -> None:
        check_options(options, NetworkView, NetworkPanel)
        panel = NetworkPanel(source, stimuli, seed=seed, **options)
        if area is not None:
            panel.area = area
        super().__init__(panel)
        for name in ("area", "image", "number"):
            traitlets.link((panel, name), (self, name))

    def follow(self, source: Any | None, stimuli: Any | None = None) -> None:
        """Show another run or model; the arguments are those of the panel."""
        self.panel.follow(source, stimuli)

    def on_area(self, action: Callable[[str], object]) -> None:
        """Have this called with the name of the area whenever another one is opened."""
        self.observe(lambda change: action(change["new"]), "area")

    def on_image(self, action: Callable[[int], object]) -> None:
        """Have this called with the number of the image whenever another one is sent through."""
        self.observe(lambda change: action(change["new"]), "image")

    @property
    def code(self) -> str:
        """Lines of Keras that give the same maps."""
        from .network_code import network_code

        return network_code(self.panel.taps, self.panel.area, self.panel.comment)
