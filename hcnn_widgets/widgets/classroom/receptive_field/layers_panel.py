"""The panel of the table of layers, beneath the picture."""

from typing import Any

from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.scene_panel import ScenePanel


class LayersPanel(ScenePanel):
    """The table of the layers beneath the picture.

    Parameters
    ----------
    lab : ReceptiveFieldLab
    **traits
        Any trait of an ipywidgets.DOMWidget, and LivePanel's ``clock`` and ``ticker``.
    """

    def __init__(self, lab: Any, **traits: Any) -> None:
        self._lab = lab
        super().__init__(**traits)

    def scene(self, width: int) -> Scene:
        """Describe the table for a width in pixels."""
        return self._lab.table_scene(width)

    def pressed(self, place: int, key: str) -> None:
        """Have the lab act on a key."""
        self._lab.act(lambda: self._lab.pressed_in_table(place, key))

    def at_end(self) -> None:
        """Leave no picture: that of the lab has the table, too."""
