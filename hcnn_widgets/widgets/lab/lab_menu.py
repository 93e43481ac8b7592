"""Menu of Lab: names of the choices and the functions that make them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from hcnn_widgets.widgets.panel.words import in_words

from .lab_ahead import MadeAhead

IMAGES_SEEN_BY_THE_CORTEX = 640
SEED_OF_THE_CORTEX = 1001
"""Seed of the images shown to the simulated cortex, other than that of the training images: the network has not seen
them."""


@dataclass(frozen=True)
class LabSetting:
    """A complete choice: the setting of an experiment.

    Attributes
    ----------
    architecture, goal, rule, images, recordings : str
        Names in the menu.
    n_images : int
    epochs : float
    """

    architecture: str
    goal: str
    rule: str
    images: str
    recordings: str
    n_images: int = 12_000
    epochs: float = 12.0


@dataclass(frozen=True)
class LabMenu:
    """Names of the choices, with the functions that make them.

    Attributes
    ----------
    architectures : mapping of str to callable
        ``(input_shape=, degrees=)`` -> ArchitectureSpec.
    goals, rules : mapping of str to callable
        ``()`` -> goal or rule.
    images : mapping of str to callable
        ``(n_images)`` -> StimulusSet.
    recordings : mapping of str to callable
        ``()`` -> list of RecordingSet; an empty list for no comparison, `RecordingsAtHand` where some may be missing.
        As `MadeAhead` they are made while the dashboard waits for Train, where they are the first.
    model : callable
        ``(spec, goal, rule)`` -> GoalDrivenModel.
    n_images : int
        Number of images chosen at first.
    suited : mapping of str to mapping of str to str
        Images -> what goes with them, by the names in `LabSetting`: {"sounds": {"architecture": "auditory hcnn"}}. It
        is chosen with them. Where it says that no recordings go with them, others are refused.
    at_hand : collection of str
        Images of which a few are made in a moment, without a network: they are asked whether all choices go together.
    """

    architectures: Mapping[str, Callable[..., Any]]
    goals: Mapping[str, Callable[[], Any]]
    rules: Mapping[str, Callable[[], Any]]
    images: Mapping[str, Callable[[int], Any]]
    recordings: Mapping[str, Callable[[], list[Any]]]
    model: Callable[[Any, Any, Any], Any]
    n_images: int = 12_000
    suited: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    at_hand: Collection[str] = ()

    def recordings_refusal(self, setting: LabSetting) -> str:
        """Return why recordings say nothing of a network for such images; empty where they do."""
        none = self.suited.get(setting.images, {}).get("recordings")
        if none is None or setting.recordings == none:
            return ""
        return (
            f"Recordings of the visual brain are of still images, and {setting.images} are none. Accepted is "
            f"{none!r}; received {setting.recordings!r}."
        )

    @property
    def first(self) -> LabSetting:
        """Setting made of the first entry of every list."""
        return LabSetting(
            architecture=next(iter(self.architectures)),
            goal=next(iter(self.goals)),
            rule=next(iter(self.rules)),
            images=next(iter(self.images)),
            recordings=next(iter(self.recordings)),
            n_images=self.n_images,
        )


class RecordingsAtHand(list[Any]):
    """Recordings that could be had, with a word on those that could not.

    Attributes
    ----------
    missing : str
        What is missing, and why; empty where nothing is.
    """

    missing = ""


def standard_menu() -> LabMenu:
    """Return the menu of everything in the package."""
    import hcnn_widgets as hw

    objects = hw.stimuli.objects  # loaded now rather than when Train is pressed

    def rendered(variation: Any) -> Callable[[int], Any]:
        return lambda n: objects(n, variation=variation, seed=0, wait=False)

    drawn = {f"objects, {v} variation": rendered(v) for v in ("medium", "low", "high")}
    others = _sounds() | _sequences()
    suited = {
        "sounds": HEARD,
        "vowels": HEARD,
        "delayed match, sequences": MATCHED,
        "moving digits, sequences": FOLLOWED,
    }
    return LabMenu(
        architectures=hw.architecture.ARCHITECTURES,
        goals=hw.goal.GOALS,
        rules=hw.learning.RULES,
        images=drawn | hw.stimuli.SETS | others,
        recordings={
            "V4 recorded, V1 V2 IT simulated": MadeAhead(lambda: _around_v4(hw.mapping.cowley2023_v4)),
            "V4 recorded (Cowley 2023)": lambda: [hw.mapping.cowley2023_v4()],
            "all areas simulated": lambda: _simulated("V1", "V2", "V4", "IT"),
            "none": list,
        },
        model=hw.GoalDrivenModel,
        suited=suited,
        at_hand=(*drawn, "digits", *others),
    )


HEARD = {"architecture": "auditory hcnn", "recordings": "none"}
MATCHED = {"architecture": "recurrent hcnn", "goal": "delayed match", "recordings": "none"}
FOLLOWED = {"architecture": "recurrent hcnn", "goal": "next frame", "recordings": "none"}
"""What goes with sounds, and with sequences in which the last frame is to be matched, or the next one foreseen."""


def _sounds() -> dict[str, Callable[[int], Any]]:
    import hcnn_widgets as hw

    return {"sounds": lambda n: hw.stimuli.sounds(n), "vowels": lambda n: hw.stimuli.vowels(n)}


def _sequences() -> dict[str, Callable[[int], Any]]:
    import hcnn_widgets as hw

    return {
        "delayed match, sequences": lambda n: hw.stimuli.delayed_match(n=n),
        "moving digits, sequences": lambda n: hw.stimuli.moving_digits(n=n),
    }


def _simulated(*areas: str) -> list[Any]:
    return list(_simulated_on(IMAGES_SEEN_BY_THE_CORTEX, areas))


@cache
def _simulated_on(n_images: int, areas: tuple[str, ...]) -> tuple[Any, ...]:
    """Return recordings of simulated areas, always the same: another dashboard of the kernel need not wait for them."""
    import hcnn_widgets as hw

    seen = hw.stimuli.objects(n_images, variation="medium", seed=SEED_OF_THE_CORTEX)
    return tuple(hw.mapping.simulated_cortex(seen, areas=areas).values())


def _around_v4(read_v4: Callable[[], Any]) -> RecordingsAtHand:
    """Return recordings of the ventral stream in its order, V1, V2 and IT simulated around the recorded V4.

    The simulated areas need neither a network nor files: they stand without V4 where it cannot be had.
    """
    at_hand = RecordingsAtHand(_simulated("V1", "V2", "IT"))
    try:
        at_hand.insert(2, read_v4())
    except (OSError, ValueError) as error:  # no network, no file, or a file other than the published one
        at_hand.missing = f"V4 is missing; V1, V2 and IT, which are simulated, are shown without it. {in_words(error)}"
    return at_hand
