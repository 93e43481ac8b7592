import csv
from io import StringIO

import numpy as np
import pytest

from hcnn_widgets.mapping.similarity.inference.inference_table import verdict
from hcnn_widgets.mapping.similarity.inference.rdm_inference import rdm_inference

RNG = np.random.default_rng(0)
TRUTH = RNG.random(45)
SUBJECTS = TRUTH + 0.3 * RNG.random((6, 45))


def test_each_model_has_a_row_with_what_the_tests_say_and_its_numbers() -> None:
    found = rdm_inference({"true | one": TRUTH, "opposite": 1 - TRUTH}, SUBJECTS)
    lines = found._repr_markdown_().splitlines()
    assert lines[0].startswith("| model | found (p \\< 0.05) | similarity |")
    assert lines[2].startswith("| true \\| one | above 0, ")
    assert f"| {found.values[0]:.3f} | {found.errors[0]:.3f} | \\< 0.001 |" in lines[2]
    assert lines[3].startswith("| opposite | could be 0, below the ceiling |")
    assert f"| {found.p_zero[1]:.3f} |" in lines[3]
    assert f"would lie: {found.ceiling.lower:.3f} to {found.ceiling.upper:.3f}" in lines[5]
    assert lines[7].endswith("(Benjamini & Hochberg).".replace("&", "\\&"))


def test_tests_that_are_not_defined_show_a_dash_and_are_said() -> None:
    found = rdm_inference({"constant difference": TRUTH}, np.array([TRUTH, TRUTH]))
    text = found._repr_markdown_()
    assert "| no test of being 0, no test of being at the ceiling | 1.000 | 0.000 | – | – |" in text
    assert "are not defined" in text.splitlines()[-1]


def test_its_numbers_are_given_in_full_and_what_is_not_defined_is_empty() -> None:
    found = rdm_inference({"true | one": TRUTH, "opposite": 1 - TRUTH}, SUBJECTS)
    names, *rows = csv.reader(StringIO(found.to_csv_text()))
    assert names == ["model", "similarity", "error", "p_zero", "p_ceiling"]
    assert [row[0] for row in rows] == ["true | one", "opposite"]
    numbers = [found.values, found.errors, found.p_zero, found.p_ceiling]
    np.testing.assert_array_equal(np.array(rows)[:, 1:].astype(float), np.transpose(numbers))
    undefined = rdm_inference({"constant difference": TRUTH}, np.array([TRUTH, TRUTH]))
    assert undefined.to_csv_text().splitlines()[1].endswith(",,")


@pytest.mark.parametrize(
    ("below", "p_zero", "p_ceiling", "words"),
    [
        (-0.2, 0.01, 0.01, "above 0, below the ceiling"),
        (0.1, 0.01, 0.01, "above 0, above the ceiling"),
        (-0.2, 0.05, 0.05, "could be 0, could be at the ceiling"),
        (-0.2, np.nan, np.nan, "no test of being 0, no test of being at the ceiling"),
    ],
)
def test_a_verdict_needs_a_p_below_the_level(below, p_zero, p_ceiling, words) -> None:
    assert verdict(below, p_zero, p_ceiling) == words
