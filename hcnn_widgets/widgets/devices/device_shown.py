"""What a DeviceLab shows: which size of images is drawn over batches, and which batch over sizes."""

from dataclasses import dataclass
from typing import Any

from hcnn_widgets.records.checks import is_number


@dataclass(frozen=True)
class DeviceShown:
    """What is chosen.

    Attributes
    ----------
    batch : int
        Images at once, whose times are drawn over the size of images.
    pixels : int
        Height and width of images whose times are drawn over the batch.
    """

    batch: int
    pixels: int

    def plain(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"batch": self.batch, "pixels": self.pixels}


def checked_counts(name: str, values: Any) -> tuple[int, ...]:
    """Return whole numbers above 0, each once, from the least up.

    Raises
    ------
    ValueError
        If there are none, or others.
    """
    given = tuple(values) if isinstance(values, (tuple, list, range)) else (values,)
    if not given or not all(is_number(value) and int(value) == value and 1 <= value <= 4096 for value in given):
        raise ValueError(f"`{name}` must be whole numbers from 1 to 4,096, at least one; received {values!r}.")
    return tuple(sorted({int(value) for value in given}))


def nearest_of(values: tuple[int, ...], wanted: float) -> int:
    """Return the one of some counts that is nearest to a wanted one, by ratio.

    Examples
    --------
    >>> nearest_of((1, 4, 16, 64), 24)
    16
    """
    return min(values, key=lambda value: max(value, wanted) / min(value, wanted))
