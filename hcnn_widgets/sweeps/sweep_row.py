"""One network of a sweep: what it was, how well it did, and how well its areas predict a brain area."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.goal.categorization import Categorization
from hcnn_widgets.learning.backpropagation import Backpropagation
from hcnn_widgets.records.frozen_record import FrozenRecord

Array = NDArray[np.float64]
TEXTS = ("best_area", "error", "source", "architecture", "goal", "rule", "title", "score_name")


@dataclass(frozen=True)
class SweepRow(FrozenRecord):
    """A network, trained and scored; or the error that it ended with.

    Parameters
    ----------
    number : int
        Of the draw.
    options : mapping
        What `hw.architecture.hcnn` makes the network of.
    accuracy : float
        The goal's score on held-out images.
    untrained_accuracy : float
        The same of a linear readout of the untrained network's highest area.
    best, top : float
        Predictivity (median r over sites) of the model area that predicts best, chosen on other images than those of
        the score; and of the highest area, on the same images.
    best_area : str
    untrained_best, untrained_top : float
        The same, untrained.
    areas : mapping of str to float
        Model area -> r on those images, trained.
    n_units : float
        Units of the best area.
    ceiling : float
        r of a perfect model; NaN where it is not known.
    seconds : float
        Of the whole.
    error : str
        Why there are no numbers; "" where there are.
    source : str
        Where sweeps are laid together: whose it is.
    architecture, goal, rule : str
        By their names.
    title : str
        What a person calls it.
    seed : int
        Of its first weights.
    epochs : float
        Passes through the images; NaN where it is not known.
    score, score_name : float, str
        The goal's own score on held-out images, where it has one, and what that is.
    sites : (n_folds, n_sites) float64
        r of the best area in each fold and at each site: what a difference is paired over. Empty where it is not known.
    """

    number: int
    options: Mapping[str, Any] = field(default_factory=dict)
    accuracy: float = math.nan
    untrained_accuracy: float = math.nan
    best: float = math.nan
    top: float = math.nan
    best_area: str = ""
    untrained_best: float = math.nan
    untrained_top: float = math.nan
    areas: Mapping[str, float] = field(default_factory=dict)
    n_units: float = math.nan
    ceiling: float = math.nan
    seconds: float = math.nan
    error: str = ""
    source: str = ""
    architecture: str = "hcnn"
    goal: str = Categorization.name
    rule: str = Backpropagation.name
    title: str = ""
    seed: int = 0
    epochs: float = math.nan
    score: float = math.nan
    score_name: str = ""
    sites: Array = field(default_factory=lambda: np.empty((0, 0)), compare=False, repr=False)

    def __post_init__(self) -> None:
        sites = np.array(self.sites, np.float64)
        sites.setflags(write=False)
        object.__setattr__(self, "sites", sites)

    @property
    def depth(self) -> int:
        """Number of areas."""
        return len(self.options.get("areas", self.areas))

    @property
    def choices(self) -> tuple[str, str, str]:
        """Architecture, goal and rule, by their names."""
        return self.architecture, self.goal, self.rule

    @property
    def label(self) -> str:
        """What sets the network apart, in a few words."""
        options = self.options
        usual = (Categorization.name, Backpropagation.name)
        if not options:
            return "; ".join(self.choices)
        chosen = [] if (self.goal, self.rule) == usual else [self.goal, self.rule]
        kernels = ", ".join(map(str, options.get("n_kernels", ())))
        words = [f"{len(options.get('areas', ()))} areas", f"kernels {kernels}", str(options.get("activation"))]
        words.append(f"{options['pooling']} pooling" if options.get("pooling") else "no pooling")
        words.append("normalised" if options.get("normalisation") else "not normalised")
        return "; ".join([*chosen, *words])

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for JSON, NaN as None."""
        plain = {each.name: getattr(self, each.name) for each in fields(self)}
        plain |= {"options": dict(self.options), "areas": dict(self.areas)}
        plain["sites"] = [[_known(r) for r in fold] for fold in self.sites.tolist()]
        return {name: _known(value) for name, value in plain.items()}

    @classmethod
    def from_dict(cls, data: Any) -> "SweepRow":
        """Make a row of what `to_dict` returned.

        Raises
        ------
        ValueError
            If it is anything else.

        Examples
        --------
        >>> SweepRow.from_dict(SweepRow(3, error="too large").to_dict()).error
        'too large'
        """
        names = {each.name for each in fields(cls)}
        if not isinstance(data, Mapping) or "number" not in data or set(data) - names:
            raise ValueError(f"`data` is no row of a sweep. Accepted are the fields {', '.join(sorted(names))}.")
        given = {name: value for name, value in data.items() if value is not None}
        kinds: dict[str, type] = {"number": int, "seed": int, "options": dict, "areas": dict, "sites": list}
        kinds |= dict.fromkeys(TEXTS, str)
        for name, value in given.items():
            kind = kinds.get(name)
            if not (isinstance(value, kind) if kind else isinstance(value, int | float)):
                raise ValueError(f"`{name}` of a row is of the wrong kind; received {type(value).__name__}.")
        return cls(**given | {"sites": _folds(given.get("sites", []))})


def _known(value: Any) -> Any:
    """Return a value as JSON has it: None for a number that is not known."""
    return None if isinstance(value, float) and math.isnan(value) else value


def _folds(rows: list[Any]) -> Array:
    """Return r of each fold and site; refuse what is no table of numbers."""
    if not rows:
        return np.empty((0, 0))
    numbers = all(
        isinstance(row, list) and all(r is None or isinstance(r, int | float) for r in row) and len(row) == len(rows[0])
        for row in rows
    )
    if not numbers:
        raise ValueError("`sites` of a row is of the wrong kind; a list of lists of numbers is accepted.")
    return np.array([[math.nan if r is None else r for r in row] for row in rows], np.float64)


NUMBERS = tuple(each.name for each in fields(SweepRow) if each.name not in ("options", "areas", "sites"))
"""Fields of a row that are one number or text each: the columns of its table."""
