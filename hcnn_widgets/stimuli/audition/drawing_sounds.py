"""Many sounds drawn at once, by several threads."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .series import SoundSeries

MOST_THREADS = 4


class DrawnImage(NamedTuple):
    """A sound as its cochleagram, with what it was made of; see `Sound` and `Drawn`."""

    image: NDArray[np.float32]
    kind: str
    source: str
    word: str
    pitch: float
    snr: float


def sounds_of(series: SoundSeries, n: int, progress: Callable[[int, int], None] | None = None) -> list[DrawnImage]:
    """Return the first sounds of a series as cochleagrams; tell (n_done, n) meanwhile."""
    found: list[DrawnImage] = []
    n_threads = min(MOST_THREADS, os.cpu_count() or 1)
    with ThreadPoolExecutor(n_threads, thread_name_prefix="hcnn-sounds") as pool:
        for each in pool.map(lambda number: _drawn(series, number), range(n)):
            found.append(each)
            if progress is not None:
                progress(len(found), n)
    return found


def _drawn(series: SoundSeries, number: int) -> DrawnImage:
    wave, kind, drawn, snr = series.drawn(number)
    return DrawnImage(series.image(wave), kind, drawn.source or kind, drawn.word, drawn.pitch, snr)
