"""What keys in the table make of a stack."""

from typing import Any

from .field_shown import FieldShown

PADDINGS = ("valid", "same", 1, 2)
"""Through which Enter goes."""


def edited(shown: FieldShown, number: int, name: str, key: str) -> dict[str, Any] | None:
    """Return how a key changes a number of a layer; None where it does not."""
    value = getattr(shown.layers[number - 1], name)
    if name == "padding":
        after = PADDINGS[(PADDINGS.index(value) + 1) % len(PADDINGS)] if value in PADDINGS else "valid"
        return {name: int(key) if key.isdigit() else after if key == "Enter" else "valid"}
    new = int(key) if key.isdigit() else value + 1 if key == "Enter" else value - 1
    return {name: new} if new >= 1 else None
