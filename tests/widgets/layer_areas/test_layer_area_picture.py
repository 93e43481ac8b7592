import io

import numpy as np
from brain_side import a_match
from PIL import Image

from hcnn_widgets.widgets.layer_areas.layer_area_frame import matrix_frame
from hcnn_widgets.widgets.layer_areas.layer_area_picture import matrix_picture


def pixels(step, **changes):
    frame = matrix_frame(a_match(**changes), step)
    return np.asarray(Image.open(io.BytesIO(matrix_picture(frame.header, frame.values))).convert("RGB")).astype(int)


def ringed(image):
    """Give where the colour of the rings is, as share of height and width."""
    orange = np.abs(image - [213, 94, 0]).max(axis=2) < 12
    rows, columns = np.nonzero(orange)
    return rows.mean() / len(image), columns.mean() / image.shape[1]


def test_the_ring_stands_around_the_model_area_that_was_chosen():
    high = ringed(pixels(None, choosing=[[0.9, 0.1, 0.1], [0.9, 0.1, 0.1]]))[0]
    low = ringed(pixels(None, choosing=[[0.1, 0.1, 0.9], [0.1, 0.1, 0.9]]))[0]
    assert high < low - 0.2


def test_a_score_that_is_not_known_is_no_error():
    assert pixels(340, reporting=[[np.nan, 0.4, 0.2], [np.nan, -0.2, 0.6]]).size
