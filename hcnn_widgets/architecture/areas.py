"""An area before any network exists: its name, its operations, and what it takes in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from hcnn_widgets.records.keywords import checks_keywords

from .checked_fields import input_name, one_of, plain_name, shown
from .operation import Operation

MOST_OPERATIONS = 64
JOINS = ("concatenate", "add")


@checks_keywords
@dataclass(frozen=True)
class Area:
    """One cortical area of a model.

    Parameters
    ----------
    name : str
        Name of the area, and of the layer that is its tap.
    operations : tuple of Operation
        What the area does, in order.
    inputs : tuple of str
        Names of the areas, and of the network's inputs, that it takes in. Those that stand before it in the stack are
        taken as they are; one that stands after it, or the area itself, as it was at the time step before, which needs
        an architecture of several time steps. Empty: the area before, or, in the first area, the network's first input.
    join : str
        How several maps become one: "concatenate" (channels side by side, in the order of `inputs`) or "add" (unit by
        unit).

    Raises
    ------
    ValueError
        When the name, an input's name or the join cannot be, or there are no operations.
    """

    name: str
    operations: tuple[Operation, ...]
    inputs: tuple[str, ...] = ()
    join: str = "concatenate"

    def __post_init__(self) -> None:
        plain_name("area", self.name)
        operations = tuple(self.operations)
        if not 1 <= len(operations) <= MOST_OPERATIONS or not all(isinstance(op, Operation) for op in operations):
            raise ValueError(
                f"`operations` of area {self.name!r} are no operations; 1 to {MOST_OPERATIONS} of filter(...), "
                f"activate(...), pool(...) and normalise(...) are accepted; received {shown(operations)}."
            )
        object.__setattr__(self, "operations", operations)
        object.__setattr__(self, "inputs", _checked_inputs(self.name, self.inputs))
        one_of(f"area {self.name!r}", "join", self.join, JOINS)


@checks_keywords
def area(name: str, operations: Iterable[Operation], inputs: Sequence[str] = (), join: str = "concatenate") -> Area:
    """Return an area that does these operations in this order; the arguments are those of `Area`.

    Examples
    --------
    >>> from hcnn_widgets.architecture import activate, filter, normalise
    >>> area("V1", [normalise(size=9), filter(16, size=7, stride=2), activate("softplus")]).name
    'V1'
    >>> area("V4", [filter(16, size=3)], inputs=("V2", "V1"), join="add").inputs
    ('V2', 'V1')
    """
    return Area(name, tuple(operations), inputs, join)  # type: ignore[arg-type]  # a tuple once it is checked


def _checked_inputs(area: str, inputs: Any) -> tuple[str, ...]:
    """Return the names as a tuple; refuse text, what is no name, and a name that comes twice."""
    if not isinstance(inputs, list | tuple):
        raise TypeError(
            f"`inputs` of area {area!r} are no names; a list or tuple of names of areas and of the network's inputs is "
            f"accepted; received {shown(inputs)}."
        )
    names = tuple(input_name(f"`inputs` of area {area!r}", name) for name in inputs)
    if len(set(names)) < len(names):
        raise ValueError(
            f"`inputs` of area {area!r} hold a name twice; each is accepted once; received {', '.join(names)}."
        )
    return names
