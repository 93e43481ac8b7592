"""Arguments that do not go together, refused at the door."""

from typing import Any


def refuse_of_model(**given: Any) -> None:
    """Refuse what is of a model where there is none."""
    for name, value in given.items():
        if value is not None:
            raise ValueError(
                f"`{name}` is of a model, and there is none. Accepted is `{name}` beside model=...; received no model."
            )


def refuse_of_stack(**given: Any) -> None:
    """Refuse what is of a stack by numbers beside a model."""
    for name, value in given.items():
        if value is not None:
            raise ValueError(f"`{name}` is of a stack by numbers. Accepted is either that or model=...; received both.")
