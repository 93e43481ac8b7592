"""Who draws: the disk what was drawn before, this process the first blocks, other processes the rest of many."""

import os
import subprocess
import sys
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from hcnn_widgets.stimuli.rendering.growing_images import GrowingImages
from hcnn_widgets.stimuli.rendering.kept_images import IMAGES_A_FILE, KeptImages
from hcnn_widgets.stimuli.rendering.object_blocks import BLOCK, ObjectScenes

PROGRAM = "hcnn_widgets.stimuli.rendering.drawing_process"
READY = b"ready\n"
"""What a process says once it is set up."""
BLOCKS_WORTH_A_PROCESS = 12
"""A process takes half a second to start, in which this one draws six blocks."""
MOST_PROCESSES = 4
START_S = 5.0
"""How long processes may take to start, in s, before this one draws on."""
FIRST_BLOCKS = 2
"""Blocks that this process draws at once for those who go on meanwhile: a network's first steps wait for no more."""
AHEAD = 2
"""Blocks that a process is asked for at once, so that it need not wait for this one."""


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
        ready, begun, n_here = threading.Event(), time.monotonic(), 0
        processes = self._processes(ready)
        while any(process.is_alive() for process in processes):
            late = time.monotonic() - begun > START_S
            if not ready.is_set() and (n_here < most_here or late) and self._draw_here(progress):
                n_here += 1
            else:
                self._growing.wait(self._growing.n_ready + 1, timeout=0.2)
                self._write()

    def _processes(self, ready: threading.Event) -> list[threading.Thread]:
        helpers = [
            threading.Thread(
                target=_have_drawn, args=(self._scenes, self._growing, ready), name="hcnn-drawing", daemon=True
            )
            for _ in range(min(MOST_PROCESSES, _n_processors()))
        ]
        for helper in helpers:
            helper.start()
        return helpers

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


def _n_processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _have_drawn(scenes: ObjectScenes, growing: GrowingImages, ready: threading.Event) -> None:
    """Have another process draw blocks until there are none left; what it fails to draw is left to others."""
    asked: deque[int] = deque()
    with suppress(OSError, EOFError), _process(scenes) as process:  # none is to be had, or it has ended
        try:
            _hear(process, memoryview(bytearray(len(READY))))  # what it is asked for before that would have to wait
            ready.set()
            while _ask(process, growing, asked):
                _hear(process, growing.room(asked[0]).data.cast("B"))
                growing.is_there(asked.popleft(), 1)
        finally:
            process.kill()
    growing.give_back(asked)


def _process(scenes: ObjectScenes) -> "subprocess.Popen[bytes]":
    if not sys.executable or getattr(sys, "frozen", False):
        raise OSError("There is no Python to be started.")
    said = [scenes.variation, str(int(scenes.size)), str(int(scenes.seed)), repr(float(scenes.degrees))]
    search = os.pathsep.join(filter(None, sys.path))
    return subprocess.Popen(
        # -P keeps the folder it is started in from being searched for modules.
        [sys.executable, "-P", "-m", PROGRAM, *said],
        env=os.environ | {"PYTHONPATH": search, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        pipesize=2**20,  # a block of the usual size goes through at once
    )


def _ask(process: "subprocess.Popen[bytes]", growing: GrowingImages, asked: deque[int]) -> bool:
    """Ask for blocks ahead; return whether there is an answer to be waited for."""
    assert process.stdin is not None
    while len(asked) < AHEAD and (block := growing.take()) is not None:
        asked.append(block)
        process.stdin.write(b"%d %d\n" % (block, growing.count(block)))
    return bool(asked) and growing.wanted


def _hear(process: "subprocess.Popen[bytes]", room: memoryview) -> None:
    """Read what the process says until the room is full."""
    assert process.stdout is not None
    while len(room):
        n_read = process.stdout.readinto(room)  # type: ignore[attr-defined]
        if not n_read:
            raise EOFError
        room = room[n_read:]
