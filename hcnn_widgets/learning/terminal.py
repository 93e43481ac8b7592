"""A line of progress for runs without a notebook."""

import sys
import threading
import time

from .training_run import TrainingRun

EVERY_S = 0.2


def progress_line(run: TrainingRun) -> str:
    """Describe in a line how far a run is: state, steps, loss, score and the time that is left."""
    parts = [f"{run.state}: step {run.steps_done:,} of {run.n_steps:,}"]
    parts += [f"{name} {run.history.last(name):.3f}" for name in run.history.names]
    if run.alive and run.time_left_s is not None:
        parts.append(f"{run.time_left_s:.0f} s left")
    return ", ".join(parts)


def show_progress(run: TrainingRun, over: threading.Event, timeout: float | None) -> bool:
    """Wait for a run, rewriting one line on a terminal; say whether it is over."""
    deadline = time.monotonic() + (timeout if timeout is not None else float("inf"))
    shows = sys.stderr.isatty()
    while not over.wait(max(0.0, min(EVERY_S, deadline - time.monotonic()))):
        if shows:
            sys.stderr.write("\r\x1b[2K" + progress_line(run)[:120])
            sys.stderr.flush()
        if time.monotonic() >= deadline:
            break
    if shows:
        sys.stderr.write("\r\x1b[2K" + progress_line(run) + "\n")
    return not run.alive
