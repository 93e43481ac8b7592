import numpy as np
import pytest
from stand_in_rdms import random_rdm, stimuli

from hcnn_widgets.widgets.scene.marks import Pixels, Rect, Text
from hcnn_widgets.widgets.tau_counter.tau_counter import TauCounter
from hcnn_widgets.widgets.tau_counter.tau_still import tau_still

A, B = random_rdm(1, name="model IT", source="made up"), random_rdm(2, name="human IT")


def still(counter, position=15, width=640):
    panel = counter.panel
    return tau_still(panel.header, panel.values, position, panel._images(), width)


@pytest.fixture
def counter(page, clock, ticker):
    return TauCounter(A, B, stimuli(), n=4, clock=clock, ticker=ticker)


def marks(scene, name, kind):
    return [mark for mark in next(group for group in scene.marks if group.key == name).marks if isinstance(mark, kind)]


def test_images_lie_along_the_diagonal_and_every_dissimilarity_above_it(counter):
    for name, rdm in (("model IT", A), ("human IT", B)):
        images, cells = marks(still(counter), name, Pixels), marks(still(counter), name, Rect)
        vector = rdm.select(counter.stimulus_ids).vector
        numbers = [float(text.words) for text in marks(still(counter), name, Text)[1:]]
        np.testing.assert_allclose(numbers, vector, rtol=6e-3)
        assert [image.x - image.y for image in images] == pytest.approx([images[0].x - images[0].y] * 4)
        assert min(cell.x - cell.y for cell in cells) > images[0].x - images[0].y
        # The most unlike pair is the brightest.
        assert cells[int(np.argmax(vector))].fill == "#fde725"


def test_without_pictures_there_are_names_and_the_count_is_said(page, clock, ticker):
    counter = TauCounter(A, B, n=4, clock=clock, ticker=ticker)
    scene = still(counter)
    assert marks(scene, "model IT", Pixels) == []
    assert [text.words for text in marks(scene, "model IT", Text)][1:5] == list(counter.stimulus_ids)
    assert "tau_A = (" in scene.label
    assert "0 tied; 3 of 15 steps" in still(counter, 3).label


@pytest.mark.parametrize("width", [400, 640, 1200])
def test_all_stays_within_the_drawing(counter, width):
    scene = still(counter, width=width)
    cells = [cell for name in ("model IT", "human IT") for cell in marks(scene, name, Rect)]
    assert max(cell.x + cell.width for cell in cells) <= width
    assert max(cell.y + cell.height for cell in cells) < scene.height
