"""Check the size and the structure of a MATLAB v5 file before SciPy reads it.

SciPy unpacks a compressed variable as it reads, allocates as many cells as a variable declares, and trusts a file to be
well formed: on some malformed files SciPy 1.17 crashes, and Python with it. So each variable is first parsed by the
grammar of the format, unpacked piece by piece with nothing kept: sizes are counted, and parsing ends where they exceed
the budget.

Source: MathWorks, MAT-File Format, level 5.
"""

import struct
import zlib
from collections.abc import Iterator
from math import prod
from typing import BinaryIO, Protocol

from hcnn_widgets.mapping.readers.safety.size_budget import Budget
from hcnn_widgets.mapping.readers.safety.unreadable import unreadable

HEADER = 128
"""Bytes before the first variable; the last two give the byte order."""
INT8, INT32, UINT32, MATRIX, COMPRESSED, UTF8 = 1, 5, 6, 14, 15, 16
DATA = frozenset((1, 2, 3, 4, 5, 6, 7, 9, 12, 13, 16, 17, 18))
"""Types of the elements that hold numbers or letters."""
CELL, STRUCT, OBJECT, CHAR, SPARSE, DOUBLE, UINT64 = 1, 2, 3, 4, 5, 6, 15
"""Classes of variables; those from DOUBLE to UINT64 are numbers, all others functions and objects."""
COMPLEX = 0x800
DEEPEST = 64
"""Deepest level of cells within cells: SciPy reads them recursively, until its stack is used up."""
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
        """Return at most `length` bytes; none at the end."""
        while not self._ready and not self._unpacker.eof:
            packed = self._unpacker.unconsumed_tail
            if not packed:
                packed = self._file.read(min(PIECE, self._left))
                self._left -= len(packed)
            if not packed:
                break
            self._ready = self._unpacker.decompress(packed, PIECE)
        given, self._ready = self._ready[:length], self._ready[length:]
        return given


def plain_variables(budget: Budget) -> list[str]:
    """Return the names of the variables with arrays, texts, cells and structs, and count their sizes.

    Parameters
    ----------
    budget : Budget
        Memory budget of the file.

    Returns
    -------
    list of str
        Variables that SciPy reads as such; functions, objects, sparse matrices and variables without a name are left
        out.

    Raises
    ------
    ValueError
        If the variables exceed the budget, or the file is not well formed.
    """
    names: list[str] = []
    with budget.path.open("rb") as file:
        order = "<" if file.read(HEADER)[126:] == b"IM" else ">"
        while True:
            with unreadable(budget.path, "MATLAB v5"):
                walk, end = _next_variable(file, order)
            if walk is None:
                return names
            sizes = walk.sizes()
            while True:
                with unreadable(budget.path, "MATLAB v5"):
                    needed = next(sizes, None)
                if needed is None:
                    break
                budget.take(needed, "its variables")
            file.seek(end)
            if walk.plain and walk.name:
                names.append(walk.name)


def _next_variable(file: BinaryIO, order: str) -> "tuple[_Walk | None, int]":
    """Return a walk through the next variable and the position where it ends; None at the end of the file."""
    tag = file.read(8)
    if not tag:
        return None, 0
    kind, length = struct.unpack(order + "II", tag)
    end = file.tell() + length
    if kind == COMPRESSED:
        return _Walk(_Unpacked(file, length), order), end
    file.seek(-8, 1)
    return _Walk(file, order), end


class _Walk:
    """Walk through a variable and the variables within it."""

    def __init__(self, source: _Bytes, order: str) -> None:
        self._source, self._order = source, order
        self._at = 0
        self.name, self.plain = "", True

    def sizes(self) -> Iterator[int]:
        """Yield the number of bytes that each element needs."""
        yield from self._matrix(0)

    def _matrix(self, depth: int) -> Iterator[int]:
        """Yield the bytes of a variable and of the variables within it."""
        if depth > DEEPEST:
            raise ValueError(f"cells within cells, more than {DEEPEST} deep")
        length = self._expect(MATRIX)
        yield EACH
        if not length:
            return
        end = self._at + length
        if self._expect(UINT32) != 8:
            raise ValueError("a variable without flags")
        flags = self._integers(8)[0]
        what = flags & 0xFF
        if what not in (CELL, STRUCT, OBJECT, CHAR) and not DOUBLE <= what <= UINT64:
            self.plain = False
            yield length
            self._skip(end - self._at)
            return
        n_values = self._n_values()
        name = self._letters()
        self.name = self.name if depth else name.decode("latin-1")
        yield from self._content(what, n_values, bool(flags & COMPLEX), depth)
        if self._at != end:
            raise ValueError(f"a variable that ends at {self._at} and not at {end}")

    def _content(self, what: int, n_values: int, is_complex: bool, depth: int) -> Iterator[int]:
        """Yield the bytes of the content that follows a variable's name."""
        if what >= CHAR:
            yield 8 * n_values
            for _ in range(2 if is_complex and what != CHAR else 1):
                kind, length, small = self._tag()
                if kind not in DATA:
                    raise ValueError(f"an element of type {kind} for numbers")
                yield length
                self._skip(0 if small else length + -length % 8)
            return
        n_fields = 1
        if what == OBJECT:
            self._letters()
        if what != CELL:
            n_fields = self._n_fields()
        yield 8 * n_values * n_fields
        for _ in range(n_values * n_fields):
            yield from self._matrix(depth + 1)

    def _n_values(self) -> int:
        """Read the dimensions of a variable, and return its number of values."""
        length = self._expect(INT32)
        if not 8 <= length <= MOST_DIMENSIONS * 4 or length % 4:
            raise ValueError(f"a variable with {length / 4:g} dimensions")
        return prod(self._integers(length))

    def _n_fields(self) -> int:
        """Read the names of fields, all of a declared length, and return their number."""
        kind, length, small = self._tag()
        if (kind, length) != (INT32, 4):
            raise ValueError("fields without the length of their names")
        each = struct.unpack(self._order + "i", self._small)[0] if small else self._integers(4)[0]
        names = self._letters()
        if each < 1 or len(names) % each:
            raise ValueError(f"names of fields of {each} letters in {len(names)}")
        return len(names) // each

    def _letters(self) -> bytes:
        """Read a name."""
        kind, length, small = self._tag()
        if kind not in (INT8, UTF8) or length > PIECE:
            raise ValueError(f"an element of type {kind} and {length} bytes for a name")
        return self._small[:length] if small else self._take(length + -length % 8)[:length]

    def _integers(self, length: int) -> tuple[int, ...]:
        """Read unsigned integers."""
        return struct.unpack(f"{self._order}{length // 4}I", self._take(length + -length % 8)[:length])

    def _expect(self, wanted: int) -> int:
        """Read the tag of an element of the wanted type, and return its length."""
        kind, length, small = self._tag()
        if kind != wanted or small:
            raise ValueError(f"an element of type {kind} in place of {wanted}")
        return length

    def _tag(self) -> tuple[int, int, bool]:
        """Read the type and length of an element; a small element holds its data in the tag."""
        tag = self._take(8)
        first, length = struct.unpack(self._order + "II", tag)
        if not first >> 16:
            return first, length, False
        self._small = tag[4:]
        if first >> 16 > 4:
            raise ValueError(f"a small element of {first >> 16} bytes")
        return first & 0xFFFF, first >> 16, True

    def _take(self, length: int) -> bytes:
        """Read exactly `length` bytes."""
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
