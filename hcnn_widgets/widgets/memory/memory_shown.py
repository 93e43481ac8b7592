"""What MemoryTrace shows: the records, and which unit of which area."""

from typing import Any, NamedTuple

from hcnn_widgets.in_time.delay_scores import DelayScores
from hcnn_widgets.in_time.histories import Histories


class Shown(NamedTuple):
    """What is drawn: the records, the area and the place of the unit in the order of units by memory."""

    histories: Histories
    scores: DelayScores | None
    area: str
    rank: int

    def lines(self, network: str) -> Any:
        """Return the states of the chosen unit of a network, (n_frames, n_histories)."""
        order = self.histories.units_by_memory(network, self.area)
        return self.histories.states[network][self.area][..., order[min(self.rank, len(order) - 1)]]
