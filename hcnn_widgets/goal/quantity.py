"""A number that training measures: its name, unit and range, which way is better, and what guessing gives."""

from dataclasses import dataclass

HELD_OUT = "validation "
"""What the names of curves begin with that are measured on held-out stimuli."""


@dataclass(frozen=True)
class Quantity:
    """A score of a goal, or what a learning rule measures besides the loss.

    Parameters
    ----------
    name : str
        As it stands at the curve and in the history, for instance "accuracy".
    unit : str
        In words, for instance "fraction correct"; empty where there is none.
    higher_is_better : bool
        Which way is better.
    lowest, highest : float or None
        Range of the values; None where there is no bound.
    chance : float or None
        What guessing gives; None where that is not known.
    percent : bool
        Whether a fraction is written in percent.

    Raises
    ------
    ValueError
        If the name is that of the loss or of a held-out curve, or the range is empty.

    Examples
    --------
    >>> Quantity("accuracy", "fraction correct", lowest=0.0, highest=1.0, percent=True).in_words(0.6125)
    '61.3 %'
    >>> Quantity("angle", "degrees", lowest=0.0, highest=180.0).in_words(71.23456)
    '71.2'
    >>> Quantity("R2", "of variance", highest=1.0).in_words(-0.09309)
    '−0.09'
    """

    name: str
    unit: str = ""
    higher_is_better: bool = True
    lowest: float | None = None
    highest: float | None = None
    chance: float | None = None
    percent: bool = False

    def __post_init__(self) -> None:
        if not self.name or self.name == "loss" or self.name.startswith(HELD_OUT):
            raise ValueError(
                f"`name` of a quantity is taken; accepted is any but 'loss' and {HELD_OUT + '...'!r}; "
                f"received {self.name!r}."
            )
        if self.lowest is not None and self.highest is not None and not self.lowest < self.highest:
            raise ValueError(
                f"`lowest` of {self.name} must be below `highest`; received {self.lowest} and {self.highest}."
            )

    def in_words(self, value: float) -> str:
        """Return a value as it is written: to 0.1 %, to 0.01 of what is 1 at most, else with three digits."""
        if self.percent:
            text = f"{100 * value:.1f} %"
        elif self.highest == 1.0:
            text = f"{round(value, 2) + 0.0:.2f}"  # no minus before a 0
        else:
            text = f"{value:.3g}"
        return text.replace("-", "\u2212")
