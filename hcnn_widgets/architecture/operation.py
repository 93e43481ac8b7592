"""Base of an area's operations."""

from typing import ClassVar

from .checked_fields import one_of, whole_number

Shape = tuple[int, int, int]
"""(height, width, n_channels) of a map."""

PADDINGS = ("same", "valid")
LARGEST_SIZE = 511


class Operation:
    """What every operation of an area has: a word for it, its reach over the map, and its step."""

    operation: ClassVar[str]
    enlargement: ClassVar[int] = 1
    keeps_state: ClassVar[bool] = False
    size: int = 1
    stride: int = 1
    padding: str = "same"

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape of the map after this operation; a height or width below 1 means that nothing is left."""
        height, width, n_channels = input_shape
        return self._positions(height), self._positions(width), n_channels

    def n_parameters(self, input_shape: Shape) -> int:
        """Return how many weights this operation has, the fixed ones included."""
        return 0

    def padded_before(self, length: int) -> int:
        """Return how many positions padding adds before the first of a side of this length; as many or one more after.

        Source
        ------
        TensorFlow's rule for "same", which Keras keeps on every backend: half of what is needed, rounded down.
        """
        if self.padding == "valid":
            return 0
        return max((self._positions(length) - 1) * self.stride + self.size - length, 0) // 2

    def _positions(self, length: int) -> int:
        if self.padding == "same":
            return -(-length // self.stride)
        return (length - self.size) // self.stride + 1

    def _check_window(self) -> None:
        object.__setattr__(self, "size", whole_number(self.operation, "size", self.size, 1, LARGEST_SIZE))
        object.__setattr__(self, "stride", whole_number(self.operation, "stride", self.stride, 1, LARGEST_SIZE))
        one_of(self.operation, "padding", self.padding, PADDINGS)
