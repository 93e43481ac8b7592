"""What a MATLAB v5 file would take in memory, told before SciPy reads it.

SciPy unpacks a compressed variable as it reads, and makes room for as many cells as a variable declares. So the file is
walked through first, unpacked piece by piece with nothing kept: sizes are counted, and the walk ends where they go
beyond the budget.

Source: MathWorks, MAT-File Format, level 5.
"""

import struct
import zlib
from collections.abc import Iterator
from math import prod
from typing import BinaryIO, Protocol

from hcnn_widgets.mapping.readers.size_budget import Budget
from hcnn_widgets.mapping.readers.unreadable import unreadable

HEADER = 128
"""Bytes before the first variable; the last two tell the order of bytes."""
MATRIX, COMPRESSED = 14, 15
CELL, STRUCT, OBJECT, SPARSE, FUNCTION, OPAQUE = 1, 2, 3, 5, 16, 17
"""Classes of variables that are no plain array."""
COMPLEX = 0x800
DEEPEST = 64
"""Cells within cells: SciPy reads each within the other, until its stack is used up."""
MOST_DIMENSIONS = 32
PIECE = 1 << 16
EACH = 256
"""Bytes that a variable takes whatever it holds."""


class _Bytes(Protocol):
    def read(self, length: int, /) -> bytes: ...


class _Unpacked:
    """The bytes of a compressed variable, unpacked piece by piece."""

    def __init__(self, file: BinaryIO, length: int) -> None:
        self._file, self._left = file, length
        self._unpacker = zlib.decompressobj()
        self._ready = b""

    def read(self, length: int, /) -> bytes:
        """Give at most so many bytes; none at the end."""
        while not self._ready and not self._unpacker.eof:
            packed = self._unpacker.unconsumed_tail or self._file.read(min(PIECE, self._left))
            self._left -= 0 if self._unpacker.unconsumed_tail else len(packed)
            if not packed:
                break
            self._ready = self._unpacker.decompress(packed, PIECE)
        given, self._ready = self._ready[:length], self._ready[length:]
        return given


def take_elements(budget: Budget) -> None:
    """Count what the variables of a MATLAB v5 file declare and hold.

    Parameters
    ----------
    budget : Budget
        Of the file.

    Raises
    ------
    ValueError
        If they go beyond the budget, or the file is broken.
    """
    with budget.path.open("rb") as file:
        order = "<" if file.read(HEADER)[126:] == b"IM" else ">"
        variables = _variables(file, order)
        while True:
            with unreadable(budget.path, "MATLAB v5"):
                needed = next(variables, None)
            if needed is None:
                return
            budget.take(needed, "its variables")


def _variables(file: BinaryIO, order: str) -> Iterator[int]:
    """Give the bytes needed by one thing in the file after the other."""
    while tag := file.read(8):
        kind, length = struct.unpack(order + "II", tag)
        end = file.tell() + length
        if kind == COMPRESSED:
            yield from _Walk(_Unpacked(file, length), order).sizes()
        elif kind == MATRIX:
            file.seek(-8, 1)
            yield from _Walk(file, order).sizes()
        file.seek(end)


class _Walk:
    """A walk through one variable and those within it."""

    def __init__(self, source: _Bytes, order: str) -> None:
        self._source, self._order = source, order
        self._at = 0

    def sizes(self) -> Iterator[int]:
        """Give the bytes that each element needs: of a matrix by its declared size, else by what is there."""
        ends: list[int] = []
        credit, per_field = 0, 0
        while True:
            kind, length, small = self._tag()
            if kind == MATRIX and length:
                ends.append(self._at + length)
                if len(ends) > DEEPEST:
                    raise ValueError(f"cells within cells, more than {DEEPEST} deep")
                credit, per_field = self._declared()
                yield EACH + credit
            else:
                yield max(0, length - credit) + per_field * length + (EACH if kind == MATRIX else 0)
                credit = max(0, credit - length)
                self._skip(0 if small else length + -length % 8)
            while ends and self._at >= ends[-1]:
                ends.pop()
                credit, per_field = 0, 0
            if not ends:
                return

    def _declared(self) -> tuple[int, int]:
        """Read flags and dimensions of a matrix; give its bytes, and those of each letter of its fields' names."""
        self._tag()
        flags = struct.unpack(self._order + "II", self._take(8))[0]
        what = flags & 0xFF
        if what in (FUNCTION, OPAQUE):
            return 0, 0
        _, length, small = self._tag()
        if small or length > MOST_DIMENSIONS * 4:
            raise ValueError(f"a variable with {length // 4} dimensions")
        dimensions = struct.unpack(f"{self._order}{length // 4}i", self._take(length + -length % 8)[:length])
        n_values = prod(max(0, size) for size in dimensions)
        if what in (STRUCT, OBJECT):
            return 8 * n_values, 8 * n_values
        return 0 if what == SPARSE else 8 * n_values * (2 if flags & COMPLEX else 1), 0

    def _tag(self) -> tuple[int, int, bool]:
        """Read what comes and how long it is; a small one holds its data in the tag."""
        first, length = struct.unpack(self._order + "II", self._take(8))
        return (first & 0xFFFF, first >> 16, True) if first >> 16 else (first, length, False)

    def _take(self, length: int) -> bytes:
        """Read exactly so many bytes."""
        parts = b""
        while len(parts) < length:
            part = self._source.read(length - len(parts))
            if not part:
                raise EOFError("it ends within a variable")
            parts += part
        self._at += length
        return parts

    def _skip(self, length: int) -> None:
        """Pass over bytes, keeping none."""
        while length > 0:
            length -= len(self._take(min(PIECE, length)))
