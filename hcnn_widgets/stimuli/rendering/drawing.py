"""Who draws: the disk what was drawn before, this process the first blocks, other processes the rest of many."""

import threading
import time
import weakref
from collections.abc import Callable

from hcnn_widgets.stimuli.rendering.drawing_helpers import DrawingHelpers
from hcnn_widgets.stimuli.rendering.growing_images import GrowingImages
from hcnn_widgets.stimuli.rendering.kept_images import IMAGES_A_FILE, KeptImages
from hcnn_widgets.stimuli.rendering.object_blocks import BLOCK, ObjectScenes

BLOCKS_WORTH_A_PROCESS = 12
"""A process takes half a second to start, in which this one draws six blocks."""
START_S = 5.0
"""How long processes may take to start, in s, before this one draws on."""
FIRST_BLOCKS = 2
"""Blocks that this process draws at once for those who go on meanwhile: a network's first steps wait for no more."""


class Drawing:
    """Images of a series of scenes in the making; the making ends with its last user.

    Parameters
    ----------
    scenes : ObjectScenes
    n : int
        Number of images.
    keeps : bool
        Whether they are kept on disk, and taken from there.
    """

    def __init__(self, scenes: ObjectScenes, n: int, keeps: bool) -> None:
        self.growing = GrowingImages(n, scenes.size)
        self._work = _Work(scenes, self.growing, KeptImages.of(scenes, n) if keeps else None)
        self._finaliser = weakref.finalize(self, self.growing.give_up)

    def start(self) -> threading.Thread:
        """Begin, in a thread, and return it at once."""
        return self._begin(FIRST_BLOCKS)

    def _begin(self, most_here: int) -> threading.Thread:
        thread = threading.Thread(target=self._work.do_beside, args=(most_here,), name="hcnn-drawing", daemon=True)
        thread.start()
        return thread

    def finish(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Draw all of it now; tell (n_done, n) meanwhile."""
        n, told = len(self.growing.images), 0
        if n < BLOCKS_WORTH_A_PROCESS * BLOCK:
            self._work.do(n, progress)
            return
        thread = self._begin(n)
        while told < n:
            self.growing.wait(told + 1)
            told = self.growing.n_ready
            if progress is not None:
                progress(told, n)
        thread.join()  # it writes what it has drawn: whoever asks next finds it


class _Work:
    """What is to be done for a `Drawing`, which it does not hold."""

    def __init__(self, scenes: ObjectScenes, growing: GrowingImages, kept: KeptImages | None) -> None:
        self._scenes, self._growing, self._kept = scenes, growing, kept
        self._unwritten: list[int] = []

    def do(self, most_here: int, progress: Callable[[int, int], None] | None = None) -> None:
        """Have all blocks filled, at most so many of them by this process while others are being started."""
        n_files = -(-len(self._growing.images) // IMAGES_A_FILE) if self._kept is not None else 0
        self._unwritten = [number for number in range(n_files) if not self._read(number)]
        is_new = bool(self._unwritten)
        if self._growing.n_missing >= BLOCKS_WORTH_A_PROCESS:
            self._have_drawn(most_here, progress)
        while self._draw_here(progress):  # few, or what the processes have left undone
            pass
        self._write()
        if is_new and self._kept is not None:
            self._kept.make_room()

    def do_beside(self, most_here: int) -> None:
        """Have all blocks filled while others wait for them."""
        try:
            self.do(most_here)
        except Exception as error:  # whatever it was, who waits must be told
            self._growing.fail(error)

    def _have_drawn(self, most_here: int, progress: Callable[[int, int], None] | None) -> None:
        """Have processes draw; draw here while they start."""
        growing, began, n_here = self._growing, time.monotonic(), 0
        helpers = DrawingHelpers(self._scenes, growing)
        while helpers.at_work and growing.goes_on:
            late = time.monotonic() - began > START_S
            if not helpers.ready.is_set() and (n_here < most_here or late) and self._draw_here(progress):
                n_here += 1
            else:
                growing.wait(growing.n_ready + 1, timeout=0.2)
                self._write()
        helpers.end()

    def _draw_here(self, progress: Callable[[int, int], None] | None) -> bool:
        block = self._growing.take()
        if block is None:
            return False
        self._growing.room(block)[:] = self._scenes.drawn(block, self._growing.count(block))
        self._growing.is_there(block, 1)
        if progress is not None:
            progress(self._growing.n_ready, len(self._growing.images))
        return True

    def _read(self, number: int) -> bool:
        """Take what is in a file; return whether that is all that is wanted of it."""
        assert self._kept is not None
        first = number * IMAGES_A_FILE
        wanted = min(IMAGES_A_FILE, len(self._growing.images) - first)
        images = self._kept.read(number, wanted) if self._growing.wanted else None
        n_read = 0 if images is None else len(images)
        # Of fewer than are wanted, only whole blocks are of use.
        n_read = n_read if n_read == wanted else n_read // BLOCK * BLOCK
        if images is not None and n_read:
            self._growing.images[first : first + n_read] = images[:n_read]
            self._growing.is_there(first // BLOCK, -(-n_read // BLOCK))
        return n_read == wanted

    def _write(self) -> None:
        """Keep the images of the files that are full by now."""
        images = self._growing.images
        while self._kept is not None and self._unwritten and self._growing.wanted:
            first = self._unwritten[0] * IMAGES_A_FILE
            last = min(first + IMAGES_A_FILE, len(images))
            if self._growing.n_ready < last:
                return
            self._kept.write(self._unwritten.pop(0), images[first:last])
