"""The places of a designer: a grid of cards that is walked by arrow keys, and below it the runs."""

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
