import csv
import statistics
from dataclasses import FrozenInstanceError, fields, replace
from io import StringIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.noise.corrections import CORRECTIONS
from hcnn_widgets.mapping.prediction.score import Score

NOTHING = np.zeros(0)
IDS = np.array([f"{number:03d}" for number in range(640)])
R, C = np.array([0.5, 0.3, np.nan, -0.2, 0.4]), np.array([0.5, 0.05, np.nan, 0.6, 0.8])


def score(value: float = 0.6, ceiling: float = 0.75, **fields) -> Score:
    return Score(value, 0.01, NOTHING, NOTHING, ceiling, "ridge", "kfold", "as agreed", **fields)


def with_sites() -> Score:
    return replace(score(), per_site=R, site_ceilings=C, stimulus_ids=IDS)


def test_the_median_is_corrected_by_the_ceiling() -> None:
    assert score().corrected("r2/c") == pytest.approx(0.36 / 0.75)
    assert score().corrected("(r/c)2") == pytest.approx(0.64)
    assert score(0.9).corrected("(r/c)2") > 1
    assert score().correction_words("(r/c)2") == CORRECTIONS["(r/c)2"].words


@pytest.mark.parametrize("correction", ["r2/c", "(r/c)2", "explained variance"])
@pytest.mark.parametrize(("value", "ceiling"), [(-0.1, 0.7), (0.3, 0.0), (0.3, -0.2), (0.3, np.nan), (np.nan, 0.7)])
def test_no_correction_where_it_would_lie(correction, value, ceiling) -> None:
    sites = {"per_site": np.array([value]), "site_ceilings": np.array([ceiling]), "stimulus_ids": IDS}
    assert np.isnan(replace(score(value, ceiling), **sites).corrected(correction))


def test_a_ceiling_no_higher_than_chance_corrects_nothing() -> None:
    assert np.isfinite(score(0.3, 0.05).corrected("r2/c")), "how many stimuli it is from is not known"
    assert np.isnan(score(0.3, 0.05, stimulus_ids=IDS).corrected("r2/c"))
    assert np.isfinite(score(0.3, 0.2, stimulus_ids=IDS).corrected("r2/c"))


def test_sites_are_corrected_one_by_one_and_those_without_a_number_are_told() -> None:
    np.testing.assert_allclose(
        with_sites().corrected_sites("explained variance"), [50, np.nan, np.nan, np.nan, 20], rtol=1e-12
    )
    words = with_sites().correction_words("explained variance").split("; ")
    assert words[1:] == [
        "1 of 4 sites are not reliable above chance and were left out",
        "1 of 4 sites have r below 0 and rank lowest, without a number",
    ]


def test_words_count_nothing_where_every_site_has_a_number() -> None:
    fine = replace(with_sites(), per_site=np.abs(R), site_ceilings=C + 0.5)
    assert fine.correction_words("explained variance") == CORRECTIONS["explained variance"].words


def test_sites_below_zero_pull_the_median_down_instead_of_being_dropped_or_squared() -> None:
    assert with_sites().corrected("explained variance") == pytest.approx(20), "of 50, 20 and one below"
    below = replace(with_sites(), per_site=np.array([0.5, 0.3, np.nan, -0.2, -0.4]))
    assert np.isnan(below.corrected("explained variance"))


def test_site_corrections_without_site_ceilings_give_no_number() -> None:
    assert np.isnan(replace(score(), per_site=R).corrected("explained variance"))


def test_corrections_made_beforehand_are_given_back() -> None:
    made = replace(with_sites(), site_corrections={"r2/(c*m)": np.array([0.4, np.nan, np.nan, -np.inf, 0.6])})
    assert made.corrected("r2/(c*m)") == pytest.approx(0.4)
    np.testing.assert_array_equal(made.corrected_sites("r2/(c*m)"), [0.4, np.nan, np.nan, np.nan, 0.6])
    with pytest.raises(ValueError, match=r"Accepted are 'r2/c', '\(r/c\)2', 'explained variance', 'r2/\(c\*m\)'; for"):
        made.corrected("r2/(rv*rv_hat)")


def test_an_unknown_correction_is_refused() -> None:
    with pytest.raises(ValueError, match=r"`correction='r/c'` is unknown. Accepted are 'r2/c', '\(r/c\)2'"):
        score().corrected("r/c")


def test_a_correction_that_needs_maps_of_trials_says_what_to_call() -> None:
    with pytest.raises(ValueError, match=r"needs maps fitted on parts of the trials.*predictivity\(..., corrections="):
        score().corrected("r2/(c*m)")


def test_a_correction_of_the_median_is_none_of_each_site() -> None:
    with pytest.raises(
        ValueError, match=r"`correction='r2/c'` corrects the median over sites.*Accepted are 'explained"
    ):
        with_sites().corrected_sites("r2/c")


def test_it_says_its_ceiling_and_its_convention() -> None:
    assert repr(score(ceiling=0.64)) == "Score(r 0.600 +- 0.010, ceiling 0.800 = sqrt(reliability 0.640); as agreed)"
    assert ", no ceiling; as agreed)" in repr(score(ceiling=np.nan))
    assert "no ceiling: reliability is not above 0" in repr(score(ceiling=-118980.0))


def test_its_sites_are_a_table_and_a_csv_with_the_r_of_every_fold(tmp_path) -> None:
    folds = np.array([R - 0.1, R + 0.1])
    made = replace(with_sites(), per_split=folds, site_ids=np.array(list("abcde")), simulated=True)
    text = made.to_csv(tmp_path / "sites.csv")
    assert (tmp_path / "sites.csv").read_text(encoding="utf-8") == text
    names, *rows = csv.reader(StringIO(text))
    assert names == ["site", "r", "reliability", "ceiling_r", "r_fold_1", "r_fold_2", "simulated"]
    assert [row[0] for row in rows] == list("abcde")
    numbers = np.array([[float(cell or "nan") for cell in row[1:-1]] for row in rows])
    np.testing.assert_array_equal(numbers.T, [R, C, np.sqrt(C), *folds])
    assert {row[-1] for row in rows} == {"True"}
    shown = repr(made.sites()).splitlines()
    assert shown[1].split() == ["a", "0.500", "0.707"]
    assert shown[-1] == "the recordings are simulated."


def test_a_bare_score_numbers_its_sites_and_knows_no_reliability() -> None:
    text = replace(score(), per_site=R[:2]).to_csv()
    assert text.splitlines()[1:] == ["0000,0.5,,,False", "0001,0.3,,,False"]


def test_simulated_recordings_are_said_where_the_score_shows() -> None:
    assert repr(score(simulated=True)).endswith("; as agreed; the recordings are simulated)")
    assert "simulated" not in repr(score())


# --- whatever the numbers are -------------------------------------------------------------------------------------
@given(st.lists(st.sets(st.integers(0, 8), min_size=1), max_size=5), st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_a_prediction_is_the_mean_over_the_folds_that_held_the_stimulus_out(folds, seed) -> None:
    rng = np.random.default_rng(seed)
    held_out = tuple((np.array(sorted(rows)), rng.normal(size=(len(rows), 2))) for rows in folds)
    expected = np.full((9, 2), np.nan)
    for row in range(9):
        if found := [values[rows.tolist().index(row)] for rows, values in held_out if row in rows]:
            expected[row] = sum(found) / len(found)
    made = score(responses=np.zeros((9, 2)), held_out=held_out)
    np.testing.assert_allclose(made.predictions, expected, rtol=1e-12)
    turned = score(responses=np.zeros((9, 2)), held_out=held_out[::-1])
    np.testing.assert_allclose(turned.predictions, expected, rtol=1e-12)
    with pytest.raises(ValueError, match="read-only"):
        made.predictions[0] = 1


@given(st.floats(0, 1), st.floats(0.2, 1), st.floats(0.5, 2))
def test_a_corrected_median_is_the_formula_of_its_name_and_grows_with_the_square_of_r(r, c, factor) -> None:
    one, other = score(r, c, stimulus_ids=IDS), score(factor * r, c, stimulus_ids=IDS)
    assert one.corrected("r2/c") == pytest.approx(r * r / c)
    assert one.corrected("(r/c)2") == pytest.approx(r * r / c / c)
    for name in ("r2/c", "(r/c)2"):
        assert other.corrected(name) == pytest.approx(factor**2 * one.corrected(name))


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.2, 1)), min_size=1, max_size=9), st.randoms())
def test_explained_variance_is_the_median_of_the_sites_own_in_any_order(sites, random) -> None:
    random.shuffle(sites)
    r, c = np.array(sites).T
    made = replace(score(), per_site=r, site_ceilings=c, stimulus_ids=IDS)
    expected = [100 * one**2 / limit for one, limit in sites]
    np.testing.assert_allclose(made.corrected_sites("explained variance"), expected)
    assert made.corrected("explained variance") == pytest.approx(statistics.median(expected))


def test_it_is_frozen() -> None:
    for field in fields(Score):
        with pytest.raises(FrozenInstanceError):
            setattr(score(), field.name, None)
