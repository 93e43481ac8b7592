"""What a designer shows, as one frozen record: the choices, what does not fit, the runs, and what is under way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from hcnn_widgets.sweeps.design import Design
from hcnn_widgets.sweeps.relations import Relation
from hcnn_widgets.sweeps.running_sweep import Sweep
from hcnn_widgets.sweeps.sweep_row import SweepRow
from hcnn_widgets.widgets.goal_driven.moving_dot import NO_WAY, Way
from hcnn_widgets.widgets.panel.words import short_name

KINDS = ("architecture", "goal", "rule")
"""The three columns of Figure 3: fields of a `Design`."""
HEADS = {"architecture": "Architecture", "goal": "Goal", "rule": "Learning rule"}
Names = tuple[str, str, str]


class Card(NamedTuple):
    """A choice of a column.

    Attributes
    ----------
    name, line : str
        Its name, and a sentence on it.
    drawn : object
        What its drawing is made of: a spec, an `Example`, or the way of an error; None where there is none.
    """

    name: str
    line: str
    drawn: Any


class Curve(NamedTuple):
    """A score over a training.

    Attributes
    ----------
    title : str
    name : str
        What is measured.
    epochs, values : tuple of float
    """

    title: str
    name: str
    epochs: tuple[float, ...]
    values: tuple[float, ...]


class UnderWay(NamedTuple):
    """What is being built.

    Attributes
    ----------
    words : str
        "Epoch 1.2 of 4: run 3"; empty where nothing is.
    share : float
        Of all that is to be done, in [0, 1].
    curve : Curve or None
        Of the run that trains, or the latest one.
    title : str
        What is built; empty where nothing is.
    way : Way
        Through the plot.
    moment : str
        Where it stands there now: "r 0.31, accuracy 28 %".
    """

    words: str = ""
    share: float = 0.0
    curve: Curve | None = None
    title: str = ""
    way: Way = NO_WAY
    moment: str = ""


NOTHING = UnderWay()


@dataclass(frozen=True)
class Told:
    """All that a designer shows.

    Attributes
    ----------
    design : Design
        What is chosen.
    cards : mapping of str to tuple of Card
        Kind -> its column.
    refusals : mapping of (str, str, str) to str
        Names of three choices -> why they do not go together, "" where they do; those that are known by now.
    sweep : Sweep
        The runs.
    rows : tuple of SweepRow
        Those that there were when this was told.
    related : (Relation, Relation)
        How accuracy and predictivity go together, trained and untrained.
    selected, held : int or None
        Numbers of the run that is chosen, and of the one that it is compared with.
    now : UnderWay
    ghost : Curve or None
        Of the run that is compared with.
    way : Way
        Of the network that trains, or else of the run that is chosen, where it was built in this kernel.
    """

    design: Design
    cards: Mapping[str, tuple[Card, ...]] = field(compare=False)
    refusals: Mapping[Names, str]
    sweep: Sweep = field(compare=False)
    rows: tuple[SweepRow, ...]
    related: tuple[Relation, Relation]
    selected: int | None = None
    held: int | None = None
    now: UnderWay = NOTHING
    ghost: Curve | None = None
    way: Way = NO_WAY

    @property
    def names(self) -> Names:
        """Names of what is chosen."""
        return self.design.architecture, self.design.goal, self.design.rule

    def with_choice(self, kind: str, name: str) -> Names:
        """Return the three names with another one in a column."""
        chosen = [name if each == kind else getattr(self.design, each) for each in KINDS]
        return chosen[0], chosen[1], chosen[2]

    def refusal(self, kind: str, name: str) -> str:
        """Return why a choice does not go with the two others; empty where it does, or where that is not known yet."""
        return self.refusals.get(self.with_choice(kind, name), "")

    def row(self, number: int | None) -> SweepRow | None:
        """Return a run by its number."""
        return next((row for row in self.rows if row.number == number), None)

    @property
    def brain(self) -> str:
        """The brain area in words: "V4 (simulated)"."""
        return short_name(str(self.sweep.settings.get("area", "the brain area")), 24)


def title_of(row: SweepRow) -> str:
    """Return what a run is called."""
    return row.title or f"run {row.number}"
