"""Row of drop-downs and numbers to choose an experiment in Lab."""

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets

from hcnn_widgets.widgets.panel.comm_routing import heard_where_it_arrives

from .lab_menu import LabMenu, LabSetting

FIELDS = {
    "architecture": ("Architecture", "Which network"),
    "goal": ("Goal", "What the network is trained to do"),
    "rule": ("Rule", "How its weights change"),
    "images": ("Images", "What it sees"),
    "recordings": ("Recordings", "What its areas are compared with"),
}
LIST = {"width": "auto", "min_width": "0"}
WIDTHS = {"architecture": 145, "images": 245}
NUMBER = {"width": "auto", "flex": "0 0 auto"}
STYLE = {"description_width": "initial"}


class LabChoices(ipywidgets.HBox):
    """Drop-downs for the menu's entries, and fields for the numbers of images and epochs.

    A drop-down with a single entry leaves nothing to choose, and is not shown.

    Parameters
    ----------
    menu : LabMenu
    """

    def __init__(self, menu: LabMenu) -> None:
        lists = (menu.architectures, menu.goals, menu.rules, menu.images, menu.recordings)
        self._drops = {
            field: ipywidgets.Dropdown(
                options=list(entries), description=label, tooltip=told, layout=_shown(field, len(entries)), style=STYLE
            )
            for (field, (label, told)), entries in zip(FIELDS.items(), lists, strict=True)
        }
        self._n_images = ipywidgets.BoundedIntText(
            description="How many",
            min=64,
            max=100_000,
            step=500,
            tooltip="How many images it sees",
            layout=NUMBER,
            style=STYLE,
        )
        self._epochs = ipywidgets.BoundedFloatText(
            description="Epochs", min=0.1, max=1000, tooltip="Passes through the images", layout=NUMBER, style=STYLE
        )
        drops = list(self._drops.values())
        fields = [*drops[:4], self._n_images, drops[4], self._epochs]
        super().__init__(fields, layout={"flex_flow": "row wrap"})
        self.add_class("hcnn-lab-choices")
        self._suited: Mapping[str, Mapping[str, str]] = {
            images: {field: name for field, name in fit.items() if name in self._drops[field].options}
            for images, fit in menu.suited.items()
        }
        self._replaced: dict[str, tuple[str, str]] = {}
        self._setting_all = False
        for field in fields:
            heard_where_it_arrives(field)
        self._drops["images"].observe(self._on_images, "value")
        self.setting = menu.first

    @property
    def setting(self) -> LabSetting:
        """Current choices; set it to change them."""
        chosen: dict[str, Any] = {field: drop.value for field, drop in self._drops.items()}
        return LabSetting(**chosen, n_images=self._n_images.value, epochs=self._epochs.value)

    @setting.setter
    def setting(self, setting: LabSetting) -> None:
        self._setting_all, self._replaced = True, {}
        try:
            for field, drop in self._drops.items():
                drop.value = getattr(setting, field)
            self._n_images.value, self._epochs.value = setting.n_images, setting.epochs
        finally:
            self._setting_all = False

    def on_choice(self, action: Callable[[], object]) -> None:
        """Have this called whenever something else is chosen in a drop-down."""
        for drop in self._drops.values():
            drop.observe(lambda _change: action(), "value")

    def _on_images(self, change: Any) -> None:
        """Choose what goes with other images; what that replaced comes back with images that it goes with again."""
        if self._setting_all:
            return
        for field, (before, chosen) in self._replaced.items():
            if self._drops[field].value == chosen:  # nobody has chosen something else since
                self._drops[field].value = before
        self._replaced = {}
        for field, name in self._suited.get(change["new"], {}).items():
            self._replaced[field] = self._drops[field].value, name
            self._drops[field].value = name


def _shown(field: str, n_entries: int) -> dict[str, str]:
    """Return the layout of a drop-down with so many entries, about as wide as these are long."""
    layout = {**LIST, "flex": f"1 1 {WIDTHS.get(field, 160)}px"}
    return layout if n_entries > 1 else {**layout, "display": "none"}
