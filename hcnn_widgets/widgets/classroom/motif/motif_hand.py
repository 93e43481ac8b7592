"""Tiles of a motif lab in the hand of a pointer that is held down."""

from hcnn_widgets.classroom.motif import STAGES

from .motif_keys import at_place
from .motif_shown import MOST_TILES, MotifShown

NOTHING = -1


class Hand:
    """A tile that a pointer has taken hold of: it goes to the place of each tile that the pointer comes to.

    Attributes
    ----------
    has_moved : bool
        Whether the tile has left its place since it was taken: what comes next is the same step.
    """

    def __init__(self) -> None:
        self._taken = self._tile = NOTHING
        self._new = ""
        self.has_moved = False

    def take(self, shown: MotifShown, place: int) -> None:
        """Take hold of what is at a place: a tile, or a chip that adds one; else of nothing."""
        kind, number = at_place(shown, place)
        names = list(STAGES)
        self._new = names[number] if kind == "add" and number < len(names) else ""
        self._taken = self._tile = number - 1 if kind == "tile" and number else NOTHING
        self.has_moved = False

    def moved(self, shown: MotifShown, place: int) -> MotifShown | None:
        """Return what is shown when the pointer comes to a place; None where nothing changes."""
        kind, number = at_place(shown, place)
        stages = list(shown.motif.stages)
        if kind == "add" or (self._tile == NOTHING and not self._new):
            return None
        # The image, and the buttons of a tile, are where a pointer goes over them.
        to = max(0, number - 1) if kind == "tile" else min(number, len(stages) - 1)
        if self._new:
            if len(stages) >= MOST_TILES or kind == "point":
                return None
            stages.insert(to, self._new)
            self._new, self._tile = "", to
        elif kind == "point" or to == self._tile or self._tile >= len(stages):
            return None
        else:
            stages.insert(to, stages.pop(self._tile))
            self._tile = to
        self.has_moved = True
        return shown.with_stages(tuple(stages))

    def lets_go(self) -> bool:
        """Return whether a click is the end of a drag that came back to where it began, and so no click."""
        came_back = self.has_moved and self._tile == self._taken
        self.has_moved = False
        return came_back
