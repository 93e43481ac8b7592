"""The learning rules there are, by name: they drive the API, the drop-downs and the tests at once."""

from typing import Any

from .backpropagation import Backpropagation

RULES: dict[str, type[Backpropagation]] = {"backpropagation": Backpropagation}


def rule_from_dict(data: dict[str, Any]) -> Backpropagation:
    """Make a rule of what its ``to_dict`` gave.

    Raises
    ------
    ValueError
        If the rule is not known.
    """
    settings = dict(data)
    name = settings.pop("rule", None)
    if name not in RULES:
        raise ValueError(f"`rule` must be one of {', '.join(RULES)}; received {name!r}.")
    return RULES[name](**settings)
