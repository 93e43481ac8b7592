import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import pearsonr

from hcnn_widgets.mapping.noise.correction import chance_reliability, median_of_sites
from hcnn_widgets.mapping.noise.corrections import (
    CORRECTIONS,
    check_correction,
    corrected_score,
    corrected_scores,
    corrected_sites,
    unreliable_notes,
)

OF_SCORES = [name for name, one in CORRECTIONS.items() if one.level == "score"]
OF_SITES = [name for name, one in CORRECTIONS.items() if one.level == "site"]


def test_all_five_conventions_have_their_own_words() -> None:
    assert list(CORRECTIONS) == ["r2/c", "(r/c)2", "explained variance", "r2/(c*m)", "r2/(rv*rv_hat)"]
    assert len({one.words for one in CORRECTIONS.values()}) == 5
    assert [name for name, one in CORRECTIONS.items() if one.needs_trials] == ["r2/(c*m)", "r2/(rv*rv_hat)"]


@pytest.mark.parametrize("correction", OF_SCORES)
@given(st.floats(-1, 1), st.one_of(st.floats(-1, 0), st.floats(1e-6, 1)))
def test_a_correction_is_a_number_only_above_zero_and_never_cut_off(correction, value, ceiling) -> None:
    corrected = corrected_score(value, ceiling, correction)
    assert np.isnan(corrected) == (value < 0 or ceiling <= 0)
    if not np.isnan(corrected):
        assert corrected >= value**2
        assert corrected_score(value, ceiling / 2, correction) >= corrected


@pytest.mark.parametrize("n_stimuli", [None, np.array([5, 640])])
@pytest.mark.parametrize("correction", OF_SCORES)
@given(st.permutations([0, 1, 2]))
@settings(deadline=None)
def test_a_table_is_corrected_row_by_row_each_cell_on_its_own(correction, n_stimuli, order) -> None:
    values, ceilings = np.array([[0.5, -0.1, 0.3], [0.4, np.nan, 0.9]]), np.array([0.6, 0.8])
    corrected = corrected_scores(values[:, order], ceilings, correction, n_stimuli)
    least = [0, 0] if n_stimuli is None else [chance_reliability(5), chance_reliability(640)]
    for row in range(2):
        known = (values[row] >= 0) & (ceilings[row] > least[row])
        square = ceilings[row] if correction == "r2/c" else ceilings[row] ** 2
        expected = np.where(known, values[row] ** 2 / square, np.nan)[order]
        np.testing.assert_allclose(corrected[row], expected, rtol=1e-12)


@pytest.mark.parametrize("correction", OF_SITES)
@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), min_size=1, max_size=20))
@settings(deadline=None)
def test_sites_keep_their_places_and_say_what_is_unreliable_or_below_zero(correction, sites) -> None:
    r, c = np.array(sites).T
    corrected = corrected_sites(r, c, correction, 0.1)
    np.testing.assert_array_equal(np.isnan(corrected), c <= 0.1)
    np.testing.assert_array_equal(corrected == -np.inf, (c > 0.1) & (r < 0))
    np.testing.assert_array_equal(corrected[::-1], corrected_sites(r[::-1], c[::-1], correction, 0.1))


@given(st.integers(4, 5000))
@settings(max_examples=20, deadline=None)
def test_the_least_reliability_is_significant_at_five_percent(n_stimuli) -> None:
    whole = chance_reliability(n_stimuli)
    r = whole / (2 - whole)
    x = np.linspace(-1, 1, n_stimuli) ** 3
    y = np.random.default_rng(0).normal(size=n_stimuli)
    a, b = (x - x.mean()) / np.linalg.norm(x - x.mean()), y - y.mean()
    b -= (b @ a) * a
    made = r * a + np.sqrt(1 - r**2) * b / np.linalg.norm(b)
    assert pearsonr(x, made, alternative="greater").pvalue == pytest.approx(0.05, rel=1e-6)


def test_nothing_is_reliable_with_three_stimuli() -> None:
    assert chance_reliability(3) == 1


def test_noise_is_above_chance_in_one_of_twenty() -> None:
    rng = np.random.default_rng(0)
    one, other = rng.normal(size=(2, 60, 4000))
    r = np.array([np.corrcoef(a, b)[0, 1] for a, b in zip(one.T, other.T, strict=True)])
    assert (2 * r / (1 + r) > chance_reliability(60)).mean() == pytest.approx(0.05, abs=0.01)


def test_sites_below_zero_rank_lowest() -> None:
    assert median_of_sites(np.array([0.2, 0.4, 0.6, np.nan])) == 0.4
    assert median_of_sites(np.array([-np.inf, 0.4, 0.6])) == 0.4
    assert median_of_sites(np.array([-np.inf, 0.6])) == -np.inf
    assert np.isnan(median_of_sites(np.array([np.nan])))


def test_what_is_not_reliable_is_counted() -> None:
    assert unreliable_notes(0.6, np.array([0.5, 0.7]), 640) == []
    assert unreliable_notes(0.01, np.array([0.5, 0.1, -0.3, np.nan]), 640) == [
        "the reliability, 0.01, is not above chance (0.12 for 640 stimuli, p < .05): no correction",
        "the reliability of 3 of 4 sites is not above chance (0.12 for 640 stimuli, p < .05): not corrected",
    ]


def test_a_perfect_model_comes_to_what_the_words_of_each_convention_say() -> None:
    c = 0.64
    assert corrected_score(np.sqrt(c), c, "r2/c") == pytest.approx(1)
    assert corrected_score(np.sqrt(c), c, "(r/c)2") == pytest.approx(1 / c)
    assert "a perfect model reaches 1/c, above 1" in CORRECTIONS["(r/c)2"].words


def test_a_negative_reliability_is_told_in_words_and_not_as_a_ceiling() -> None:
    assert unreliable_notes(-118980.0, np.array([0.5]), 640) == [
        "the reliability is negative, as halves of the trials run against one another: no ceiling, no correction"
    ]


def test_names_are_checked_for_what_they_correct() -> None:
    check_correction("r2/c", "score")
    check_correction("r2/(c*m)")
    with pytest.raises(ValueError, match=r"'r2/\(c\*m\)'` is made from each site's.*Accepted are 'r2/c', '\(r/c\)2'\."):
        corrected_score(0.5, 0.5, "r2/(c*m)")
    with pytest.raises(ValueError, match=r"'(r2/c)'` corrects the median"):
        check_correction("r2/c", "site")
    with pytest.raises(ValueError, match=r"`correction='r'` is unknown. Accepted are 'explained variance'"):
        check_correction("r", "site")
