"""Table of a transfer: accuracy by way and number of labels, and what each way has over the controls."""

from dataclasses import dataclass
from typing import Any

from hcnn_widgets.mapping.numerics.table import Column, Table
from hcnn_widgets.records.frozen_record import FrozenRecord

NONE = (float("nan"),) * 3


@dataclass(frozen=True, eq=False, repr=False)
class TransferTable(Table, FrozenRecord):
    """Accuracies of a transfer as a table, bold where a way has more or less than the first control, by its interval.

    Parameters
    ----------
    lines : tuple of (way, n_labels, score, {control: difference})
        Scores and differences as `Transfer.score` and `Transfer.difference` return them.
    chance : float
    words : str
        What was measured.
    """

    lines: tuple[tuple[str, int, Any, dict[str, Any]], ...]
    chance: float
    words: str

    def _columns(self) -> list[Column]:
        columns = [
            Column("way", "way", [line[0] for line in self.lines], True),
            Column("labels", "n_labels", [line[1] for line in self.lines]),
            Column("accuracy", "accuracy", [line[2][0] for line in self.lines], True),
            Column("from", "low", [line[2][1] for line in self.lines]),
            Column("to", "high", [line[2][2] for line in self.lines]),
            Column("seeds", "n_seeds", [line[2][3] for line in self.lines]),
        ]
        for name in self._controls():
            key = name.replace(" ", "_")
            ends = [line[3].get(name, NONE) for line in self.lines]
            columns += [
                Column(f"less {name}", f"less_{key}", [end[0] for end in ends]),
                Column("from", f"less_{key}_low", [end[1] for end in ends]),
                Column("to", f"less_{key}_high", [end[2] for end in ends]),
            ]
        return columns

    def _controls(self) -> list[str]:
        return list(dict.fromkeys(name for line in self.lines for name in line[3]))

    def _marked_rows(self) -> list[int]:
        def is_off(line: Any) -> bool:
            return any(end[1] > 0 or end[2] < 0 for end in list(line[3].values())[:1])

        return [number for number, line in enumerate(self.lines) if is_off(line)]

    def _conventions(self) -> list[str]:
        return [
            f"{self.words}. Chance: {self.chance:.3f}",
            "from, to: 95 % interval, drawing held-out images, and seeds where there are several, with replacement; "
            "of differences, the same ones for both. Few seeds make it too narrow. Marked where what the way has over "
            "the first control is off 0",
        ]
