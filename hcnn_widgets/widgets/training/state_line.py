"""State and progress of a run, in words and as a fraction."""

from hcnn_widgets.learning.training_run import TrainingRun
from hcnn_widgets.widgets.panel.words import duration

STATE_WORDS = {
    "starting": "Starting…",
    "training": "Training",
    "pausing": "Pausing…",
    "paused": "Paused",
    "stopping": "Stopping…",
    "stopped": "Stopped",
    "finished": "Finished",
    "failed": "Failed",
    "interrupted": "Interrupted",
}
BAR_STYLES = {"finished": "success", "failed": "danger", "stopped": "warning", "interrupted": "warning"}
UNDER_WAY = ("training", "pausing", "stopping")


def state_line(run: TrainingRun) -> str:
    """Return a run's state, steps, epochs and time left, in a line.

    Parameters
    ----------
    run : Run

    Returns
    -------
    str
        "Training: step 340 of 1,200, epoch 2.3 of 8, 74 s left"
    """
    state = run.state
    parts = [f"step {run.steps_done:,} of {run.n_steps:,}"]
    if run.steps_per_epoch:
        parts.append(f"epoch {run.epoch:.1f} of {run.n_steps / run.steps_per_epoch:g}")
    left = run.time_left_s
    if state in UNDER_WAY and left is not None:
        parts.append(f"{duration(left)} left")
    elif state not in UNDER_WAY and run.elapsed_s >= 1:
        parts.append(f"{duration(run.elapsed_s)} of training")
    return f"{STATE_WORDS.get(state, state)}: {', '.join(parts)}"


def lost_line(run: TrainingRun) -> str:
    """Return how far a run was, for a page whose kernel has gone; empty for a run that had ended."""
    return f"Lost at step {run.steps_done:,} of {run.n_steps:,}: run the cell again." if run.alive else ""


def share_done(run: TrainingRun) -> float:
    """Return the fraction of a run's steps that is done, 0 to 1."""
    return min(1.0, run.steps_done / run.n_steps) if run.n_steps else 0.0
