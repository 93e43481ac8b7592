"""Other processes that draw blocks, each with a thread of this one that hands them out and reads the answers."""

import os
import subprocess
import sys
import threading
from collections import deque
from contextlib import suppress
from typing import Any

from hcnn_widgets.stimuli.rendering.growing_images import GrowingImages
from hcnn_widgets.stimuli.rendering.object_blocks import ObjectScenes

PROGRAM = "hcnn_widgets.stimuli.rendering.drawing_process"
READY = b"ready\n"
"""What a process says once it is set up."""
MOST_PROCESSES = 4
AHEAD = 2
"""Blocks that a process is asked for at once, so that it need not wait for this one."""
PIPE_BYTES = 2**20
"""A block of the usual size goes through at once."""


class DrawingHelpers:
    """Processes that draw the blocks of an array until there are none left, one per processor.

    Where none is to be had, or one ends before its time, what is missing is left to others.

    Parameters
    ----------
    scenes : ObjectScenes
    growing : GrowingImages

    Attributes
    ----------
    ready : threading.Event
        Set as soon as one draws.
    """

    def __init__(self, scenes: ObjectScenes, growing: GrowingImages) -> None:
        self._scenes, self._growing = scenes, growing
        self.ready = threading.Event()
        self._processes: list[subprocess.Popen[bytes]] = []
        n_helpers = min(MOST_PROCESSES, _n_processors())
        self._threads = [
            threading.Thread(target=self._have_drawn, name="hcnn-drawing", daemon=True) for _ in range(n_helpers)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def at_work(self) -> bool:
        """Whether one of them may still draw."""
        return any(thread.is_alive() for thread in self._threads)

    def end(self) -> None:
        """End the processes, such as one that has never been ready."""
        for process in list(self._processes):
            with suppress(OSError):
                process.kill()

    def _have_drawn(self) -> None:
        asked: deque[int] = deque()
        with suppress(OSError, EOFError), _process(self._scenes) as process:
            self._processes.append(process)
            try:
                _hear(process, memoryview(bytearray(len(READY))))  # what it were asked for earlier would have to wait
                self.ready.set()
                while self._ask(process, asked):
                    _hear(process, self._growing.room(asked[0]).data.cast("B"))
                    self._growing.is_there(asked.popleft(), 1)
            finally:
                process.kill()
        self._growing.give_back(asked)

    def _ask(self, process: "subprocess.Popen[bytes]", asked: deque[int]) -> bool:
        """Ask for blocks ahead; return whether there is an answer to be waited for."""
        assert process.stdin is not None
        while len(asked) < AHEAD and (block := self._growing.take()) is not None:
            asked.append(block)
            process.stdin.write(b"%d %d\n" % (block, self._growing.count(block)))
        return bool(asked) and self._growing.wanted


def _n_processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _process(scenes: ObjectScenes) -> "subprocess.Popen[bytes]":
    if not sys.executable or getattr(sys, "frozen", False):
        raise OSError("There is no Python to be started.")
    said = [scenes.variation, str(int(scenes.size)), str(int(scenes.seed)), repr(float(scenes.degrees))]
    search = os.pathsep.join(filter(None, sys.path))
    how: dict[str, Any] = {
        "env": os.environ | {"PYTHONPATH": search, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        "stdin": subprocess.PIPE,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.DEVNULL,
        "bufsize": 0,
    }
    command = [sys.executable, "-P", "-m", PROGRAM, *said]  # -P searches no modules where it is started
    try:
        return subprocess.Popen(command, **how, pipesize=PIPE_BYTES)
    except OSError:  # such pipes are not granted here
        return subprocess.Popen(command, **how)


def _hear(process: "subprocess.Popen[bytes]", room: memoryview) -> None:
    """Read what the process says until the room is full."""
    assert process.stdout is not None
    while len(room):
        n_read = process.stdout.readinto(room)  # type: ignore[attr-defined]
        if not n_read:
            raise EOFError
        room = room[n_read:]
