"""Tables of scores over a training, and what their trace is read off by, for the tests of ScoreTrace."""

from dataclasses import replace

import numpy as np
from brain_side import table

from hcnn_widgets.widgets.scene.marks import Text

NAN = np.nan


def scored(step, *rows, n_stimuli=192, **changes):
    """Return a table with a row of two model areas for each brain area: V4 recorded, IT simulated."""
    known = {"value": np.array(rows), "details": None} | changes
    return replace(table(step, brains=len(rows)), n_stimuli=n_stimuli, **known)


EARLY, LATE = scored(10, (0.2, 0.1)), scored(600, (0.3, 0.45))
WHOLE = scored(1200, (0.3, 0.55), n_stimuli=640, final=True, untrained=np.full((1, 2), 0.4), n_reliability=[640])
LAST = scored(1200, (0.3, 0.48), final=True, whole=WHOLE)


def partly(rows):
    """Return details of fewer images than were recorded."""
    return tuple(tuple(table().details[0][0] for _ in row) for row in rows)


def group(scene, key):
    return next(mark for mark in scene.marks if mark.key == key).marks


def keyed(marks, key):
    return [mark for mark in marks if mark.key.startswith(key)]


def corners_of(plot):
    """Return the points that the trace goes through; where a piece ends the next begins."""
    points = np.vstack([path.points[::3] for path in keyed(plot, "trace-")])
    return points[np.sort(np.unique(points, axis=0, return_index=True)[1])]


def score_at(plot, y):
    """Read a score off the axis of a plot, by its first and last tick."""
    rules = sorted((float(mark.key.removeprefix("rule-")), mark.y1) for mark in keyed(plot, "rule-"))
    (low, foot), (high, top) = rules[0], rules[-1]
    return low + (high - low) * (foot - y) / (foot - top)


def words(marks):
    return [mark.words for mark in marks if isinstance(mark, Text)]


def scene_of(trace, width=640):
    return trace.panel.scene(width)
