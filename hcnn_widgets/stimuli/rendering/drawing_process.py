"""The program of a process that draws blocks for another: numbers come in, pixels go out.

    python -m hcnn_widgets.stimuli.rendering.drawing_process VARIATION SIZE SEED DEGREES

First comes the line "ready". A line of the input is a block's number and count, the answer its pixels, float32 in this
machine's order of bytes. The end of the input, as when the other process has ended in whatever way, is the end of this
one.
"""

import os
import signal
import sys

NICENESS = 5


def main(variation: str, size: str, seed: str, degrees: str) -> None:
    """Draw what is asked for until nothing more is."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt of the notebook is not meant for this process
    _give_way()
    # Loading NumPy and SciPy takes most of the start: it gives way, too.
    from hcnn_widgets.stimuli.rendering.object_blocks import ObjectScenes

    scenes = ObjectScenes(variation, int(size), int(seed), float(degrees))
    scenes.drawn(0, 1)  # which loads what is loaded at first use
    sys.stdout.buffer.write(b"ready\n")
    sys.stdout.buffer.flush()
    for line in sys.stdin.buffer:
        block, count = map(int, line.split())
        sys.stdout.buffer.write(scenes.drawn(block, count).tobytes())
        sys.stdout.buffer.flush()


def _give_way() -> None:
    """Leave the processors first to the notebook, where a network is compiled and trained."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
        return
    import psutil  # type: ignore[import-untyped]

    psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)


if __name__ == "__main__":
    main(*sys.argv[1:])
