"""Records that are frozen wherever they come from, a file or another process too."""

from dataclasses import fields
from types import MappingProxyType
from typing import Any


class FrozenRecord:
    """A frozen dataclass of which copies are made as the first one was, by its own constructor.

    NumPy's arrays can be written to once they are copied or unpickled; through the constructor they are checked and
    made read-only again.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        values = [getattr(self, field.name) for field in fields(self)]  # type: ignore[arg-type]
        return type(self), tuple(dict(one) if isinstance(one, MappingProxyType) else one for one in values)
