from dataclasses import replace

import numpy as np
import pytest
from brain_side import a_match

from hcnn_widgets.mapping.noise.corrections import corrected_score
from hcnn_widgets.mapping.prediction.tables.layer_area_table import CEILING
from hcnn_widgets.widgets.layer_areas.layer_area_frame import (
    matrix_frame,
    matrix_sentence,
    of_medians,
    read_reporting,
)


def test_before_the_first_match_the_panel_says_that_it_is_scoring():
    assert matrix_frame(None, 3).message == "scoring…"
    assert matrix_frame(None, None, "matching", final=True) == matrix_frame(None, 5, "matching", final=True)


def test_all_numbers_of_a_match_travel_in_the_order_that_is_said():
    match = a_match()
    frame = matrix_frame(match, 340)
    parts = np.frombuffer(frame.values, "<f4")
    n = 2 * 3
    for place, name in enumerate(("reporting", "reporting_error", "choosing", "choosing_error")):
        np.testing.assert_array_equal(parts[place * n : (place + 1) * n], np.float32(getattr(match, name)).ravel())
    np.testing.assert_array_equal(parts[-2:], np.float32([np.sqrt(0.64), np.nan]))
    np.testing.assert_array_equal(read_reporting(frame.header, frame.values), np.float32(match.reporting))


@pytest.mark.parametrize("correction", of_medians())
def test_scores_are_corrected_by_the_reliability_of_the_half_that_reports(correction):
    match, n = a_match(), 6
    frame = matrix_frame(match, 340)
    place = 4 + frame.header["corrections"].index(correction)
    found = np.frombuffer(frame.values, "<f4")[place * n : (place + 1) * n].reshape(2, 3)
    expected = [corrected_score(r, 0.64, correction, 50) for r in match.reporting[0]]
    np.testing.assert_allclose(found[0], expected, rtol=1e-6)
    assert np.isnan(found[1]).all()


def test_the_header_tells_of_each_brain_area_what_was_chosen_and_from_how_many_images():
    header = matrix_frame(a_match(), 340).header
    assert header["columns"] == [
        {"chosen": 1, "n_choosing": 50, "n_reporting": 50, "n_sites": 12},
        {"chosen": 2, "n_choosing": 30, "n_reporting": 31, "n_sites": 8},
    ]
    assert (header["step"], header["simulated"]) == (340, [False, True])
    assert header["convention"] == f"median r; ceiling: {CEILING}; V4: one trial per stimulus: no ceiling"
    assert CEILING.startswith("a perfect model's expected r, the square root of c; c: split-half reliability of")
    assert matrix_frame(a_match(), None).header["step"] is None


def test_the_sentence_names_each_match_with_its_score_on_the_other_half():
    frame = matrix_frame(a_match(), 340)
    assert matrix_sentence(frame.header, frame.values) == (
        "At step 340, V4 goes with model area V2, r 0.40; IT (simulated) goes with model area IT, r 0.60 "
        f"(chosen on one half of the images, r on the other; median r; ceiling: {CEILING}; V4: one trial per stimulus: "
        "no ceiling)."
    )
    still = matrix_frame(replace(a_match(), notes=()), None)
    assert matrix_sentence(still.header, still.values).startswith("V4 goes with")
