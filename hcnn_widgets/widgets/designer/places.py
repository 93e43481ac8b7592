"""The places of a designer: a grid of cards that is walked by arrow keys, and below it the runs."""

from collections.abc import Mapping
from typing import NamedTuple

from .layout import n_beside
from .told import KINDS, Told


class At(NamedTuple):
    """A place: a card of a column, by its number; or a "run", by its place among the rows."""

    kind: str
    number: int


def places_of(told: Told) -> tuple[list[At], int]:
    """Return all places, row by row, and how many there are in a row; where a row has no more, its last goes on."""
    beside = n_beside({kind: len(told.cards[kind]) for kind in KINDS})
    columns = sum(beside.values())
    n_rows = max(-(-len(told.cards[kind]) // beside[kind]) for kind in KINDS)
    places = [
        At(kind, min(row * beside[kind] + column, len(told.cards[kind]) - 1))
        for row in range(n_rows)
        for kind in KINDS
        for column in range(beside[kind])
    ]
    runs = [At("run", number) for number in range(len(told.rows))]
    return [*places, *runs, *runs[-1:] * (-len(runs) % columns)], columns


def rows_one_below_the_other(told: Told, first: Mapping[At, int]) -> tuple[tuple[int, ...], ...]:
    """Return the numbers of the places row by row as they are seen where the columns stand one below the other.

    Parameters
    ----------
    told : Told
    first : mapping of At to int
        Number of each place.
    """
    beside = n_beside({kind: len(told.cards[kind]) for kind in KINDS})
    rows = [
        [At(kind, number) for number in range(start, min(start + beside[kind], len(told.cards[kind])))]
        for kind in KINDS
        for start in range(0, len(told.cards[kind]), beside[kind])
    ]
    # The newest run stands at the top of the list.
    rows += [[At("run", number)] for number in reversed(range(len(told.rows)))]
    return tuple(tuple(first[at] for at in row) for row in rows)
