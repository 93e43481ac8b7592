"""State and progress of a run, in words and as a fraction."""

from hcnn_widgets.learning.busy_kernel import DEAF
from hcnn_widgets.learning.training_run import TrainingRun, is_deaf, without_hold
from hcnn_widgets.widgets.panel.words import duration

STATE_WORDS = {
    "waiting": "Waiting for model.fit",
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
    if state == "waiting":
        return f"{STATE_WORDS[state]}(..., callbacks=[watcher])"
    parts = [f"step {run.steps_done:,}" + (f" of {run.n_steps:,}" if run.n_steps else "")]
    if run.steps_per_epoch:
        parts.append(f"epoch {run.epoch:.1f} of {run.n_steps / run.steps_per_epoch:.3g}")
    left = run.time_left_s
    if state in UNDER_WAY and left is not None:
        parts.append(f"{duration(left)} left")
    elif state not in UNDER_WAY and run.elapsed_s >= 1:
        parts.append(f"{duration(run.elapsed_s)} of training")
    line = f"{STATE_WORDS.get(state, state)}: {', '.join(parts)}"
    wrong = getattr(without_hold(run), "note", "").rstrip(".")
    return ". ".join(part for part in (line, wrong, DEAF if is_deaf(run) else "") if part)


def lost_line(run: TrainingRun) -> str:
    """Return how far a run was, for a page whose kernel has gone; empty for a run that had ended."""
    if not run.alive or run.state == "waiting":
        return ""
    of = f" of {run.n_steps:,}" if run.n_steps else ""
    return f"Lost at step {run.steps_done:,}{of}: run the cell again."


def share_done(run: TrainingRun) -> float:
    """Return the fraction of a run's steps that is done, 0 to 1."""
    return min(1.0, run.steps_done / run.n_steps) if run.n_steps else 0.0
