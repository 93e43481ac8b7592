"""Code that computes the trace of a run's score."""

USUAL_CURVE = "validation accuracy"

TRACE = """\
import numpy as np
import hcnn_widgets as hw

score = hw.mapping.live_score(run, recordings)  # the object that all panels of this run share
while_learning = [table for table in score.history if not table.final]
step = np.array([table.step for table in while_learning])
r = np.array([np.nanmax(table.value, axis=1) for table in while_learning])  # (n_moments, n_brain), best model area
untrained = np.nanmax(while_learning[-1].untrained, axis=1)  # its best model area; on the same images
pixels = while_learning[-1].pixels
last = score.latest  # after training, on all images: not to be joined to the others
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
