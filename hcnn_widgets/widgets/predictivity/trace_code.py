"""Code that computes the trace of a run's score."""

USUAL_CURVE = "validation accuracy"

TRACE = """\
import numpy as np
import hcnn_widgets as hw

score = hw.mapping.live_score(run, recordings)  # the object that all panels of this run share
tables = score.history  # all on the same images; oldest first
step = np.array([table.step for table in tables])
r = np.array([np.nanmax(table.value, axis=1) for table in tables])  # (n_moments, n_brain), best model area
untrained = np.nanmax(tables[-1].untrained, axis=1)  # its best model area; on the same images
pixels = tables[-1].pixels
whole = tables[-1].whole  # after training, on all images: not to be joined to the others
at_the_end = None if whole is None else np.nanmax(whole.value, axis=1)
goal = run.history.series("{curve}")  # .step and .mean
"""


def trace_code(curve: str) -> str:
    """Return the code that computes the points of a trace.

    Parameters
    ----------
    curve : str
        Name of the goal's score in the run's history; empty where it is not known yet.
    """
    return TRACE.format(curve=curve or USUAL_CURVE)
