"""Images kept on disk once they are drawn: a bounded folder in the user's cache, which may be emptied at any time.

A file holds 512 images of a series, so that a larger set uses those of a smaller one. It is written whole or not at
all, and one that is damaged is no file: the images are drawn again.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import numpy as np
import scipy
from numpy.typing import NDArray

from hcnn_widgets.records.log import logger
from hcnn_widgets.stimuli.rendering.object_blocks import BLOCK, RENDERER, ObjectScenes

FOLDER_VARIABLE = "HCNN_WIDGETS_CACHE"
"""Environment variable that names another folder, or "off"."""
MOST_BYTES = 2 * 2**30
"""What the folder may hold; what was used longest ago goes first."""
BLOCKS_A_FILE = 8
IMAGES_A_FILE = BLOCKS_A_FILE * BLOCK
"""Fewer images are drawn in less than a second, and are not kept."""
LEFT_OVER_S = 3600
"""Age, in s, at which the file of a writer that did not come to its end is taken away."""
Images = NDArray[np.float32]
_log = logger("stimuli")


def cache_folder() -> Path | None:
    """Return the folder, which need not exist; None where nothing is to be kept."""
    named = os.environ.get(FOLDER_VARIABLE, "")
    if named.lower() == "off":
        return None
    if named:
        return Path(named) / "objects"
    import pooch

    return Path(pooch.os_cache("hcnn-widgets")) / "objects"


def empty_cache() -> int:
    """Delete the rendered objects that are kept on disk; they are drawn again when they are needed.

    Recordings that were downloaded stay.

    Returns
    -------
    int
        Bytes that were freed.
    """
    folder, freed = cache_folder(), 0
    for path, size, _ in _files(folder) if folder is not None else ():
        with suppress(OSError):  # another process may use it, or have been quicker
            path.unlink()
            freed += size
    return freed


class KeptImages:
    """Files of a series of scenes.

    Parameters
    ----------
    scenes : ObjectScenes
    folder : Path
    """

    def __init__(self, scenes: ObjectScenes, folder: Path) -> None:
        self._folder, self._shape = folder, (scenes.size, scenes.size, 1)
        drawn_by = RENDERER, np.__version__, scipy.__version__
        made_of = scenes.variation, int(scenes.size), int(scenes.seed), float(scenes.degrees)
        self._series = blake2b(repr((*drawn_by, *made_of)).encode(), digest_size=12).hexdigest()

    @classmethod
    def of(cls, scenes: ObjectScenes, n: int) -> "KeptImages | None":
        """Return the files of a series, of which so many images are wanted; None where these are not to be kept."""
        if n < IMAGES_A_FILE or n * scenes.size**2 * 4 > MOST_BYTES / 2:
            return None
        folder = cache_folder()
        return None if folder is None else cls(scenes, folder)

    def read(self, number: int, most: int) -> Images | None:
        """Return at most so many of the images in a file; None where there are none, or none that are sound."""
        path = self._path(number)
        try:
            if path.stat().st_size > self._most_bytes():
                return None
            with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
                images = file["images"]  # zip's own checksum is checked here
            with suppress(OSError):
                os.utime(path)
        except Exception:  # absent, damaged, or of somebody else: whatever it is, the images can be drawn
            return None
        _log.debug("%d images of a series come from the disk: %s", len(images), path)
        sound = images.dtype == np.float32 and images.ndim == 4 and images.shape[1:] == self._shape and len(images)
        return images[:most] if sound and images.min() >= 0 and images.max() <= 1 else None

    def write(self, number: int, images: Images) -> None:
        """Keep the images of a file; where that cannot be, as in a folder that is read-only, nothing is kept."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".part", delete=False) as file:
                part = Path(file.name)
                try:
                    np.savez(file, images=images)
                    file.close()
                    part.replace(self._path(number))
                except BaseException:
                    file.close()
                    part.unlink(missing_ok=True)
                    raise

    def make_room(self) -> None:
        """Delete what was used longest ago until the folder holds no more than it may."""
        files = sorted(_files(self._folder), key=lambda file: file[2])
        too_much = sum(size for _, size, _ in files) - MOST_BYTES
        for path, size, used in files:
            left_over = path.suffix == ".part" and used < time.time() - LEFT_OVER_S
            if too_much > 0 or left_over:
                with suppress(OSError):
                    path.unlink()
                    too_much -= size

    def _path(self, number: int) -> Path:
        return self._folder / f"{self._series}-{number:05d}.npz"

    def _most_bytes(self) -> int:
        """Return more bytes than a sound file has."""
        return 4 * IMAGES_A_FILE * int(np.prod(self._shape)) + 4096


def _files(folder: Path) -> Iterator[tuple[Path, int, float]]:
    """Yield path, size and time of last use of the files that are kept, and of those not finished."""
    for pattern in ("*-*.npz", "*.part"):
        for path in list(folder.glob(pattern)) if folder.is_dir() else []:
            with suppress(OSError):
                stat = path.stat()
                yield path, stat.st_size, stat.st_mtime
