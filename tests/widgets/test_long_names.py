"""Names of two hundred letters leave room for what they name: matplotlib warns of none, and what is cut is marked."""

import io
from dataclasses import replace

import numpy as np
import pytest
from brain_side import a_match, table
from PIL import Image

from hcnn_widgets.widgets.layer_areas.layer_area_frame import matrix_frame
from hcnn_widgets.widgets.layer_areas.layer_area_picture import matrix_picture
from hcnn_widgets.widgets.panel.picture_page import in_lines
from hcnn_widgets.widgets.panel.words import short_name
from hcnn_widgets.widgets.predictivity.bars_picture import bars_picture
from hcnn_widgets.widgets.scores.score_frame import score_frame

LONG = "M" * 200


def long_names(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(LONG + name for name in names)


def size(png: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(png)).size


def test_bars_of_areas_with_long_names_are_drawn_without_a_warning() -> None:
    short = table(brains=3)
    named = replace(short, model_areas=long_names(short.model_areas), brain_areas=long_names(short.brain_areas))
    pictures = [bars_picture(frame.header, frame.values) for frame in (score_frame(short), score_frame(named))]
    assert size(pictures[0]) == size(pictures[1])


def test_a_match_of_areas_with_long_names_is_drawn_without_a_warning() -> None:
    short = a_match()
    named = replace(short, model_areas=long_names(short.model_areas), brain_areas=long_names(short.brain_areas))
    pictures = [
        matrix_picture(frame.header, frame.values) for frame in (matrix_frame(short, 3), matrix_frame(named, 3))
    ]
    assert size(pictures[0]) == size(pictures[1])


@pytest.mark.parametrize("n", [1, 50, 51, 200])
def test_a_name_keeps_its_beginning_and_its_end_in_fifty_letters_at_most(n: int) -> None:
    name = "".join(np.random.default_rng(0).choice(list("abcdefgh"), n))
    cut = short_name(name)
    assert len(cut) == min(n, 50)
    assert (cut == name) == (n <= 50)
    assert (cut[0], cut[-1]) == (name[0], name[-1])
    assert all(len(line) <= 14 for line in in_lines(name, 14).split("\n"))
