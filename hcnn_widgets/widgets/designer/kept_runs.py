"""The folder of a designer, into which other notebooks may put runs of theirs at the same time."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from hcnn_widgets.sweeps.sweep_folder import RUN_FOLDER, SweepFolder, row_files, row_of
from hcnn_widgets.sweeps.sweep_row import SweepRow

Stamp = tuple[int, int]


class KeptRuns:
    """Rows and runs in a folder: what is new there is read, and a number is nobody else's.

    Parameters
    ----------
    path : Path
    settings : mapping
        What all runs have in common, as plain data.

    Raises
    ------
    OSError, ValueError
        If the folder cannot be written to, or holds something else.
    """

    def __init__(self, path: Path, settings: Mapping[str, Any]) -> None:
        self._folder = SweepFolder(path, settings)
        self._seen: dict[Path, Stamp] = {}

    def new_rows(self) -> list[SweepRow]:
        """Read the rows that came or changed since the last time; one that cannot be read is left for the next."""
        found = []
        for file in row_files(self._folder.path):
            try:
                stamp = _stamp(file)
                if self._seen.get(file) != stamp:
                    found.append(row_of(file))
                    self._seen[file] = stamp
            except FileNotFoundError:  # deleted meanwhile
                continue
        return found

    def claim(self, number: int) -> int:
        """Take the first free number from this one on."""
        return self._folder.claim(number)

    def keep(self, row: SweepRow, rows: Callable[[], tuple[SweepRow, ...]], look: Callable[[], bool]) -> None:
        """Write a row, and the table of all: again where another notebook has put a row there meanwhile.

        Parameters
        ----------
        row : SweepRow
        rows : callable
            Returns all rows that are known.
        look : callable
            Takes in what is new in the folder; says whether there was anything.
        """
        look()
        self._folder.keep(row, rows())
        file = self._folder.row_file(row.number)
        self._seen[file] = _stamp(file)
        while look():
            self._folder.keep_table(rows())

    def run_folder(self, number: int) -> Path:
        """Return where a run lies."""
        return self._folder.path / RUN_FOLDER.format(number=number)


def _stamp(file: Path) -> Stamp:
    found = file.stat()
    return found.st_mtime_ns, found.st_ino
