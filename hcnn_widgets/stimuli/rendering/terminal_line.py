"""A line of progress on a terminal, while images are drawn."""

import sys
import time
from collections.abc import Callable

AFTER_S = 1.0
"""What takes no longer, in s, needs no line."""
CLEARED = "\r\x1b[2K"


def terminal_line(what: str = "images") -> Callable[[int, int], None] | None:
    """Return what shows (n_done, n) on a terminal, in a line that goes when all is done; None where there is none.

    The words say what is drawn, such as "images".
    """
    if not sys.stderr.isatty():
        return None
    began, shown = time.monotonic(), False

    def show(n_done: int, n: int) -> None:
        nonlocal shown
        if shown or time.monotonic() - began > AFTER_S:
            shown = n_done < n
            sys.stderr.write(CLEARED + (f"Drawing {what}: {n_done:,} of {n:,}" if shown else ""))
            sys.stderr.flush()

    return show
