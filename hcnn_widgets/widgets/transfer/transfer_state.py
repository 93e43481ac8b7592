"""What a TransferLab has measured, and what it measures now: a transfer for each freeze line, and the readouts."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from hcnn_widgets.model import GoalDrivenModel
from hcnn_widgets.stimuli.stimulus_set import StimulusSet
from hcnn_widgets.transfer.begin_transfer import transfer
from hcnn_widgets.transfer.readouts import readouts
from hcnn_widgets.transfer.readouts_table import Readouts
from hcnn_widgets.transfer.running_transfer import Transfer
from hcnn_widgets.transfer.ways import WAYS
from hcnn_widgets.widgets.panel.latest_job import LatestJob

READOUTS = "readouts"


class Shown(NamedTuple):
    """What a scene shows.

    Attributes
    ----------
    areas : tuple of str
        From the input up.
    freeze_at : str
        The last area below the line.
    made : Transfer or None
        Of this line; None before it is measured.
    categories : tuple of str
        The new ones.
    n_labels : tuple of int
        What is measured, or will be.
    """

    areas: tuple[str, ...]
    freeze_at: str
    made: Transfer | None
    categories: tuple[str, ...]
    n_labels: tuple[int, ...]

    @property
    def line(self) -> int:
        """Index of the last area below the line."""
        return self.areas.index(self.freeze_at)


class TransferState:
    """Transfers by freeze line, one under way at a time, and readouts in a thread of their own.

    Parameters
    ----------
    model : GoalDrivenModel
    images : StimulusSet
    options : mapping
        Of `hw.transfer.transfer`, ``n_labels`` among them.
    """

    def __init__(self, model: GoalDrivenModel, images: StimulusSet, options: Mapping[str, Any]) -> None:
        self.model, self.images, self.options = model, images, dict(options)
        self.transfers: dict[str, Transfer] = {}
        self.job = LatestJob()

    @property
    def under_way(self) -> Transfer | None:
        """The transfer that goes on."""
        return next((made for made in self.transfers.values() if made.alive), None)

    def begin(self, freeze_at: str) -> None:
        """Measure a line; what goes on for another one ends."""
        self.stop()
        # From scratch is the same wherever the line is: trained once, it stands in every plot.
        known = [
            row
            for made in self.transfers.values()
            for row in made.rows
            if not (WAYS[row.way].takes_over or WAYS[row.way].frozen or row.error)
        ]
        known += self.transfers[freeze_at].rows if freeze_at in self.transfers else ()
        self.transfers[freeze_at] = transfer(self.model, self.images, freeze_at, known=known, **self.options)

    def stop(self) -> None:
        """End what goes on."""
        if (made := self.under_way) is not None:
            made.stop()

    def shown(self, freeze_at: str) -> Shown:
        """Return what is to be shown of a line."""
        counts = tuple(sorted(set(self.options["n_labels"])))
        return Shown(self.model.areas, freeze_at, self.transfers.get(freeze_at), self.images.categories, counts)

    def read_out(self) -> None:
        """Have all goals read out from all areas, once."""
        model, images = self.model, self.images
        self.job.ask(READOUTS, lambda tell: readouts(model, images, progress=tell))

    @property
    def readouts(self) -> Readouts | None:
        """The readouts; None before they are there.

        Raises
        ------
        Exception
            What ended them.
        """
        return self.job.answer(READOUTS)
