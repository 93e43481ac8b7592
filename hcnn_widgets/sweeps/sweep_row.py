"""One network of a sweep: what it was, how well it did, and how well its areas predict a brain area."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from hcnn_widgets.records.frozen_record import FrozenRecord


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

    @property
    def label(self) -> str:
        """What sets the network apart, in a few words."""
        options = self.options
        kernels = ", ".join(map(str, options.get("n_kernels", ())))
        words = [f"{len(options.get('areas', ()))} areas", f"kernels {kernels}", str(options.get("activation"))]
        words.append(f"{options['pooling']} pooling" if options.get("pooling") else "no pooling")
        words.append("normalised" if options.get("normalisation") else "not normalised")
        return "; ".join(words)

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for JSON, NaN as None."""
        plain = asdict(self) | {"options": dict(self.options), "areas": dict(self.areas)}
        return {
            name: None if isinstance(value, float) and math.isnan(value) else value for name, value in plain.items()
        }

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
        kinds = {"number": int, "options": dict, "areas": dict, "best_area": str, "error": str, "source": str}
        for name, value in given.items():
            kind = kinds.get(name)
            if not (isinstance(value, kind) if kind else isinstance(value, int | float)):
                raise ValueError(f"`{name}` of a row is of the wrong kind; received {type(value).__name__}.")
        return cls(**given)


NUMBERS = tuple(each.name for each in fields(SweepRow) if each.name not in ("options", "areas"))
"""Fields of a row that are one number or text each: the columns of its table."""
