"""What opening an HDF5 file costs here, where links that lead out of it are refused, beside h5py alone.

    python benchmarks/opening_files.py [--data-sets 30] [--repeats 15]

The file is an rsatoolbox data set of 2,000 presentations and 500 channels. Both open and close it, in turn; then a
first opening of each in fresh processes, the import of h5py not counted; then what `untrusted=True` adds once for a
file. Medians count.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
from stopwatch import timed

from hcnn_widgets.mapping.readers.safety.hdf5_opening import open_hdf5
from hcnn_widgets.mapping.readers.safety.size_budget import Budget

WAYS = ("open_hdf5", "h5py.File")


def write(path: Path, n_data_sets: int) -> None:
    """Write responses and so many data sets that describe presentations and channels."""
    with h5py.File(path, "w") as file:
        file["measurements"] = np.random.default_rng(0).random((2000, 500))
        file["obs_descriptors/stimulus"] = [f"image {number}" for number in range(2000)]
        for number in range(n_data_sets - 2):
            file[f"channel_descriptors/{number}"] = np.arange(500)


def opening(way: str, path: Path, untrusted: bool = False) -> Callable[[], None]:
    """Return a call that opens and closes the file in one of the ways."""

    def ours() -> None:
        with open_hdf5(Budget(path, untrusted=untrusted)):
            pass

    def theirs() -> None:
        with h5py.File(path, "r"):
            pass

    return ours if way == "open_hdf5" else theirs


def first_time(way: str, path: Path) -> float:
    """Return the seconds of the first opening in a fresh process."""
    command = [sys.executable, __file__, "--first", way, str(path)]
    return float(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout))


def print_beside(when: str, seconds: dict[str, list[float]]) -> None:
    """Print the medians of both ways in ms, and their ratio."""
    ours, theirs = (1e3 * statistics.median(seconds[way]) for way in WAYS)
    print(f"{when}: open_hdf5 {ours:.2f} ms, h5py.File {theirs:.2f} ms, ratio {ours / theirs:.1f}")


def compare(n_data_sets: int, n_repeats: int) -> None:
    """Measure on a file of so many data sets and print what came out."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "responses.h5"
        write(path, n_data_sets)
        print(f"HDF5 file of {n_data_sets} data sets, {path.stat().st_size / 1e6:.0f} MB; medians of {n_repeats}")
        first: dict[str, list[float]] = {way: [] for way in WAYS}
        again: dict[str, list[float]] = {way: [] for way in WAYS}
        for _ in range(n_repeats):
            for way in WAYS:
                first[way].append(first_time(way, path))
                again[way] += timed(opening(way, path))[0]
        print_beside("first opening in a process", first)
        print_beside("again", again)
        rehearsed = []
        for _ in range(n_repeats):
            path.touch()
            rehearsed += timed(opening("open_hdf5", path, untrusted=True))[0]
        added = statistics.median(rehearsed) - statistics.median(again["open_hdf5"])
        print(f"untrusted=True adds {1e3 * added:.0f} ms, once for a file")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-sets", type=int, default=30)
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--first", nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.first:
        way, path = chosen.first
        call = opening(way, Path(path))
        began = time.perf_counter()
        call()
        print(json.dumps(time.perf_counter() - began))
        return
    compare(chosen.data_sets, chosen.repeats)


if __name__ == "__main__":
    main()
