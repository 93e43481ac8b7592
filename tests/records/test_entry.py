import inspect
from dataclasses import FrozenInstanceError, dataclass, replace

import pytest

from hcnn_widgets.records.entry import Entry


@dataclass(frozen=True)
class Worded(Entry[[int], int]):
    words: str


def double(number: int, *, times: int = 1) -> int:
    """Return it doubled."""
    return 2 * number * times


def test_an_entry_is_called_like_its_function_and_has_its_signature() -> None:
    entry = Worded(double, "twice")
    assert (entry(3), entry(3, times=2)) == (6, 12)
    assert inspect.signature(entry) == inspect.signature(double)


def test_an_entry_cannot_be_changed_and_another_is_made_of_it() -> None:
    entry = Worded(double, "twice")
    with pytest.raises(FrozenInstanceError):
        entry.words = "thrice"
    assert replace(entry, words="two times") == Worded(double, "two times")
