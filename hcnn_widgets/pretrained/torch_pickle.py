"""The pickles inside a PyTorch file, followed by a reader of its own that can make plain data and call nothing.

Python's unpickler, even with a list of accepted names, can be led to hash or compare what a file nests a million times.
Here each of the 30 opcodes that tensors need does the little that they need it for, and dicts have text as keys.
"""

import pickletools
import reprlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from hcnn_widgets.saving.preflight.refusal import refusal

from .stored_tensors import NAMES, ORDERED_DICT, TENSOR, Named, NoTensor, storage_of, tensor_of


def read_pickle(file: BinaryIO, path: Path) -> Any:
    """Return the next pickle of a file: text, whole numbers, tuples, lists, dicts by text, storages and tensors.

    Parameters
    ----------
    file : binary file
        Left behind the pickle.
    path : pathlib.Path
        For the error.

    Raises
    ------
    ValueError
        If the pickle is damaged, or holds anything else.
    """
    reading = _Reading(path)
    try:
        for opcode, argument, _ in pickletools.genops(file):
            reading.follow(opcode.name, argument)
        return reading.stack.pop()
    except _Refused as error:
        raise error.refusal from None
    except NoTensor as error:
        raise reading.refused("describes no tensor that can be read", *error.args).refusal from None
    except (ValueError, LookupError) as error:  # of pickletools; of an empty stack or memo
        raise refusal(path, "is damaged", "a whole file of PyTorch", str(error)[:200] or "a part of a file") from error


class _Refused(Exception):
    """Carries a refusal past the faults of damaged pickles."""

    def __init__(self, error: ValueError) -> None:
        super().__init__(str(error))
        self.refusal = error


class _Reading:
    """The stack and memo of a pickle, opcode by opcode."""

    def __init__(self, path: Path) -> None:
        self.stack: list[Any] = []
        self._below: list[list[Any]] = []  # the stacks below the marks
        self._memo: dict[int, Any] = {}
        self._path = path

    def follow(self, opcode: str, argument: Any) -> None:
        """Do what an opcode says; refuse any that tensors do not need."""
        if opcode not in _DOES:
            raise self.refused("is no pickle of tensors alone", "what these are written in", opcode)
        made = _DOES[opcode](self, argument)
        if made is not _NOTHING:
            self.stack.append(made)

    def refused(self, fault: str, accepted: str, received: Any) -> _Refused:
        """Return a refusal; what came is cut at any depth, for it may be nested without end."""
        said = received if isinstance(received, str) else reprlib.repr(received)
        return _Refused(refusal(self._path, fault, accepted, said[:200]))

    def named(self, name: str) -> Named:
        """Return a name, which is accepted if tensors need it."""
        if name not in NAMES:
            accepted = ", ".join(known.replace(" ", ".") for known in NAMES)
            raise self.refused("names code that tensors do not need", accepted, name.replace(" ", "."))
        return Named(name)

    def mark(self) -> Any:
        """Begin a collection."""
        self._below.append(self.stack)
        self.stack = []
        return _NOTHING

    def since_mark(self) -> list[Any]:
        """End a collection, and return what it collected."""
        collected, self.stack = self.stack, self._below.pop()
        return collected

    def last(self, number: int) -> tuple[Any, ...]:
        """Take the last of the stack, in their order."""
        return tuple([self.stack.pop() for _ in range(number)][::-1])

    def extend(self, items: list[Any]) -> Any:
        """Put items into the list that is last on the stack."""
        self._on_top(list).extend(items)
        return _NOTHING

    def set_items(self, items: list[Any]) -> Any:
        """Put keys and values, by turns, into the dict that is last on the stack."""
        keys, values = items[::2], items[1::2]
        if len(keys) != len(values) or not all(isinstance(key, str) for key in keys):
            raise self.refused("holds a dict that tensors do not need", "text as keys", keys)
        self._on_top(dict).update(zip(keys, values, strict=True))
        return _NOTHING

    def _on_top(self, kind: type) -> Any:
        if type(self.stack[-1]) is not kind:
            raise self.refused("is no pickle of tensors alone", f"items of a {kind.__name__}", self.stack[-1])
        return self.stack[-1]

    def put(self, number: int) -> Any:
        """Remember what is last on the stack."""
        self._memo[number] = self.stack[-1]
        return _NOTHING

    def get(self, number: int) -> Any:
        """Return what is remembered."""
        return self._memo[number]

    def described(self) -> Any:
        """Pass over a state that an object is to have: of a state_dict, the versions of its layers."""
        self.stack.pop()
        return _NOTHING

    def called(self) -> Any:
        """Return what stands for a call: a dict for that of an OrderedDict, a tensor for that of its rebuilding."""
        function, arguments = self.last(2)
        if function == Named(ORDERED_DICT) and arguments == ():
            return {}
        if function != Named(TENSOR) or not isinstance(arguments, tuple) or len(arguments) < 4:
            raise self.refused("calls what tensors do not need", "an empty OrderedDict, or a tensor", function)
        return tensor_of(*arguments[:4])  # the others say whether gradients are wanted, and what hears of them


_NOTHING = object()
"""What an opcode makes that puts nothing on the stack."""
_DOES: dict[str, Callable[[_Reading, Any], Any]] = {
    **dict.fromkeys(("PROTO", "STOP"), lambda reading, argument: _NOTHING),
    **dict.fromkeys(("BININT", "BININT1", "BININT2", "LONG1", "BINUNICODE"), lambda reading, argument: argument),
    "NONE": lambda reading, argument: None,
    "NEWTRUE": lambda reading, argument: True,
    "NEWFALSE": lambda reading, argument: False,
    "GLOBAL": lambda reading, argument: reading.named(argument),
    "MARK": lambda reading, argument: reading.mark(),
    "EMPTY_TUPLE": lambda reading, argument: (),
    "TUPLE": lambda reading, argument: tuple(reading.since_mark()),
    "TUPLE1": lambda reading, argument: reading.last(1),
    "TUPLE2": lambda reading, argument: reading.last(2),
    "TUPLE3": lambda reading, argument: reading.last(3),
    "EMPTY_LIST": lambda reading, argument: [],
    "APPEND": lambda reading, argument: reading.extend([reading.stack.pop()]),
    "APPENDS": lambda reading, argument: reading.extend(reading.since_mark()),
    "EMPTY_DICT": lambda reading, argument: {},
    "SETITEM": lambda reading, argument: reading.set_items(list(reading.last(2))),
    "SETITEMS": lambda reading, argument: reading.set_items(reading.since_mark()),
    **dict.fromkeys(("BINPUT", "LONG_BINPUT"), lambda reading, argument: reading.put(argument)),
    **dict.fromkeys(("BINGET", "LONG_BINGET"), lambda reading, argument: reading.get(argument)),
    "BINPERSID": lambda reading, argument: storage_of(reading.stack.pop()),
    "REDUCE": lambda reading, argument: reading.called(),
    "BUILD": lambda reading, argument: reading.described(),
}
"""What each opcode of PyTorch's old files (protocol 2) does."""
