"""What is of another kind than is asked for, told at the door."""

from typing import Any


def check_kind(argument: str, given: Any, kind: type, hint: str = "") -> None:
    """Refuse what is no record of this kind; the hint says where one comes from.

    Raises
    ------
    TypeError
    """
    if not isinstance(given, kind):
        article = "an" if kind.__name__[0] in "AEIOU" else "a"
        raise TypeError(
            f"`{argument}` is of another kind. Accepted is {article} {kind.__name__}{hint}; received "
            f"{type(given).__name__}."
        )
