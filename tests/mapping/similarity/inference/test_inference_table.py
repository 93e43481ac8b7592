import csv
from io import StringIO

import numpy as np
import pytest
from scipy.stats import t, ttest_1samp

from hcnn_widgets.mapping.similarity.comparison.rdm_ceiling import RdmCeiling
from hcnn_widgets.mapping.similarity.inference.inference_table import verdict
from hcnn_widgets.mapping.similarity.inference.rdm_inference import rdm_inference
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm

RNG = np.random.default_rng(0)
TRUTH = RNG.random(45)
SUBJECTS = TRUTH + 0.3 * RNG.random((6, 45))


def test_each_model_has_a_row_with_what_the_tests_say_and_its_numbers() -> None:
    found = rdm_inference({"true | one": TRUTH, "opposite": 1 - TRUTH}, SUBJECTS)
    lines = found._repr_markdown_().splitlines()
    assert lines[0] == "| model | found (level 0.05) | similarity | s.e. | low | high | p against 0 |"
    assert lines[2].startswith("| true \\| one | above 0, ")
    low, high = ttest_1samp(found.per_subject[0], 0).confidence_interval(0.95)
    assert f"| {found.values[0]:.3f} | {found.errors[0]:.3f} | {low:.3f} | {high:.3f} | \\< 0.001 |" in lines[2]
    assert lines[3].startswith("| opposite | could be 0, below the ceiling |")
    assert f"| {found.p_zero[1]:.3f} |" in lines[3]
    assert f"would lie: {found.ceiling.lower:.3f} to {found.ceiling.upper:.3f}" in lines[5]
    assert "speak of these stimuli, and other subjects like these" in lines[7]
    assert lines[9].endswith("(Benjamini & Hochberg).".replace("&", "\\&"))


def test_tests_that_are_not_defined_show_a_dash_and_are_said() -> None:
    found = rdm_inference({"constant difference": TRUTH}, np.array([TRUTH, TRUTH]))
    text = found._repr_markdown_()
    assert "| no test of being 0, reaches the ceiling | 1.000 | 0.000 | 1.000 | 1.000 | – |" in text
    assert "are not defined" in text.splitlines()[-1]


def test_its_numbers_are_given_in_full_and_what_is_not_defined_is_empty() -> None:
    found = rdm_inference({"true | one": TRUTH, "opposite": 1 - TRUTH}, SUBJECTS)
    names, *rows = csv.reader(StringIO(found.to_csv_text()))
    assert names == ["model", "similarity", "error", "low", "high", "p_zero", "simulated"]
    assert [row[0] for row in rows] == ["true | one", "opposite"]
    numbers = [found.values, found.errors, *found.interval().T, found.p_zero]
    np.testing.assert_array_equal(np.array(rows)[:, 1:-1].astype(float), np.transpose(numbers))
    undefined = rdm_inference({"constant difference": TRUTH}, np.array([TRUTH, TRUTH]))
    assert undefined.to_csv_text().splitlines()[1].endswith(",,False")


@pytest.mark.parametrize(
    ("p_zero", "interval", "words"),
    [
        (0.01, (0.1, 0.3), "above 0, below the ceiling"),
        (0.01, (0.6, 0.7), "above 0, above the ceiling"),
        (0.05, (-0.1, 0.45), "could be 0, reaches the ceiling"),
        (np.nan, (0.1, 0.9), "no test of being 0, reaches the ceiling"),
    ],
)
def test_a_verdict_holds_the_interval_beside_the_ceiling(p_zero, interval, words) -> None:
    assert verdict(p_zero, *interval, RdmCeiling(0.4, 0.5, np.nan, "tau_a", 6, "")) == words


def test_a_true_model_is_rarely_told_from_the_ceiling_though_its_p_often_is_below_the_level() -> None:
    rng, told, below = np.random.default_rng(3), 0, 0
    for _ in range(40):
        truth = rng.normal(size=45)
        found = rdm_inference([truth], truth + rng.normal(size=(6, 45)), "pearson")
        told += not verdict(found.p_zero[0], *found.interval()[0], found.ceiling).endswith("reaches the ceiling")
        below += found.p_ceiling[0] < 0.05
    assert told <= 4
    assert below > 20


def test_intervals_are_students_at_any_level_and_others_are_refused() -> None:
    found = rdm_inference([TRUTH], SUBJECTS)
    half = t.ppf(0.95, 5) * found.errors
    np.testing.assert_allclose(found.interval(0.9), np.transpose([found.values - half, found.values + half]))
    with pytest.raises(ValueError, match=r"`level=1 *` makes no interval\. Accepted is a number above 0 and below 1"):
        found.interval(1)


def test_simulated_responses_are_said_wherever_their_numbers_show() -> None:
    found = rdm_inference([TRUTH], [Rdm(SUBJECTS[0], simulated=True), *SUBJECTS[1:]])
    assert found.simulated
    assert found.ceiling.simulated
    for words in (repr(found), found._repr_markdown_(), repr(found.ceiling)):
        assert "the recordings are simulated" in words
    assert found.to_csv_text().splitlines()[1].endswith(",True")
    assert "simulated" not in repr(rdm_inference([TRUTH], SUBJECTS))
