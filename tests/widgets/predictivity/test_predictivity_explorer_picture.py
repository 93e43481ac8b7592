import io

import numpy as np
import pytest
from brain_side import recordings, table
from PIL import Image

from hcnn_widgets.widgets.predictivity.predictivity_explorer_frame import Choice, Sheet, explorer_frame
from hcnn_widgets.widgets.predictivity.predictivity_explorer_picture import explorer_picture


def pixels(choice, labels=True):
    sheet = Sheet.of(recordings())
    made = explorer_frame(table(), choice, np.array([0.9, 0.85, np.nan, 0.7]), sheet)
    png = explorer_picture(made.header, made.values, sheet.labels.tolist() if labels else [])
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def test_each_level_that_is_open_adds_to_the_picture():
    bars, sites, responses = (pixels(choice) for choice in (None, Choice(0, 0), Choice(0, 0, "V4-0001")))
    assert sites.shape[1] > 1.5 * bars.shape[1]
    assert sites.shape[0] == bars.shape[0]
    assert responses.shape[0] > 1.5 * sites.shape[0]


@pytest.mark.parametrize("labels", [True, False])
def test_predictions_are_drawn_in_their_colour_with_and_without_categories(labels):
    below = pixels(Choice(0, 0, "V4-0001"), labels)[400:]
    assert (below[..., 0] - below[..., 2] > 80).sum() > 20


def test_names_of_many_categories_are_turned():
    sheet = Sheet.of(recordings(labels=np.array([f"category {i:02d}" for i in range(48)])))
    made = explorer_frame(table(n_stimuli=40), Choice(0, 0, "V4-0001"), np.ones(4), sheet)
    assert explorer_picture(made.header, made.values, sheet.labels.tolist()).startswith(b"\x89PNG")
