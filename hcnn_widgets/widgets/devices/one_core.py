"""A process of its own on one core of the processor: how many threads a backend has is settled when it loads.

Run as ``python -m``, it times what its argument asks for and prints a line of JSON for each number, as it comes.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator

ONE_THREAD = {"OMP_NUM_THREADS": "1", "TF_NUM_INTRAOP_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""}
"""What backends read when they load; on Linux the process is kept to one core, besides."""


def timed_on_one_core(
    cells: list[tuple[int, int]], stopped: Callable[[], bool] = lambda: False
) -> Iterator[tuple[int, int, float]]:
    """Yield batch, side and the seconds of a convolution for each cell, as another process times them on one core.

    Parameters
    ----------
    cells : list of (batch, side)
    stopped : callable
        Asked after each number; the process ends where it says so.

    Raises
    ------
    OSError
        Where no process can be started.
    RuntimeError
        If the process fails, with the last line of what it said.
    """
    command = [sys.executable, "-m", __name__, json.dumps(cells)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env={**os.environ, **ONE_THREAD}, text=True, **pipes) as process:  # type: ignore[call-overload]
        try:
            for line in process.stdout:
                batch, side, seconds = json.loads(line)
                yield int(batch), int(side), float(seconds)
                if stopped():
                    return
            said = process.stderr.read().strip().splitlines()
            process.wait()
        finally:
            process.kill()
    if process.returncode > 0:
        raise RuntimeError(f"The process on one core ended early: {said[-1] if said else process.returncode}")


def main() -> None:
    """Time each cell on the first core that this process may use."""
    if hasattr(os, "sched_setaffinity"):  # Linux
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    from hcnn_widgets.machine import convolution_s

    for batch, side in json.loads(sys.argv[1]):
        print(json.dumps([batch, side, convolution_s("cpu:0", batch, side)]), flush=True)


if __name__ == "__main__":
    main()
