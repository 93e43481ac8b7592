"""Whether the choices of Lab go together: worked out beside the page from a few images, before anything is made."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hcnn_widgets.widgets.panel.kernel_line import KernelLine
from hcnn_widgets.widgets.panel.latest_job import LatestJob

from .lab_choices import LabChoices
from .lab_menu import LabMenu, LabSetting

FEW = 64
"""Images that are enough to say what a set has."""


class LabFit:
    """A sentence on why what is chosen does not go together, as far as a few images tell.

    Parameters
    ----------
    menu : LabMenu
    choices : LabChoices
        Asked anew whenever something else is chosen.
    on_choice : callable
        Called then, so that somebody calls `tell`.

    Attributes
    ----------
    line : KernelLine
        Shows the words.
    """

    def __init__(self, menu: LabMenu, choices: LabChoices, on_choice: Callable[[], object]) -> None:
        self._menu, self._choices, self._job = menu, choices, LatestJob()
        self._few: dict[str, Any] = {}
        self.line = KernelLine()
        self.line.add_class("hcnn-lab-fit")
        choices.on_choice(self._ask)
        choices.on_choice(on_choice)

    @property
    def busy(self) -> bool:
        """Whether anything is being worked out."""
        return self._job.busy

    def wait(self, timeout: float) -> bool:
        """Wait until nothing is being worked out; say whether that is so."""
        return self._job.wait(timeout)

    @property
    def words(self) -> str:
        """Why network, goal, rule, images and recordings do not go together; empty where they do, or nobody knows."""
        why = self._refusal or self._menu.recordings_refusal(self._choices.setting)
        return f"Does not fit: {why}" if why else ""

    @property
    def told(self) -> bool:
        """Whether the line has the words of now."""
        return self.line.value == self.words

    def tell(self) -> None:
        """Put the words of now into the line."""
        self.line.tell(self.words)

    def check(self) -> None:
        """Refuse a training that is known to be none.

        Raises
        ------
        ValueError
            If network, goal, rule and images do not go together.
        """
        if self._refusal:
            raise ValueError(self._refusal)

    @property
    def _refusal(self) -> str:
        try:
            return self._job.answer(_named(self._choices.setting)) or ""
        except Exception:  # what a few images say badly, Train says well
            return ""

    def _ask(self) -> None:
        setting = self._choices.setting
        if setting.images in self._menu.at_hand:
            self._job.ask(_named(setting), lambda _tell: self._looked_at(setting))

    def _looked_at(self, setting: LabSetting) -> str:
        from hcnn_widgets.sweeps.design import Choices, Design

        menu, images = self._menu, setting.images
        if images not in self._few:
            self._few[images] = menu.images[images](FEW)
        choices = Choices(menu.architectures, menu.goals, menu.rules)
        design = Design(setting.architecture, setting.goal, setting.rule, choices=choices)
        return design.refusal(self._few[images])


def _named(setting: LabSetting) -> LabSetting:
    """Return a setting without its numbers, which do not matter to what fits."""
    return replace(setting, n_images=0, epochs=0.0)
