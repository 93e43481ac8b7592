"""Statistics of tuning against slow definitions, SciPy and noise; populations beside one another."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import hcnn_widgets as hw
from hcnn_widgets.mapping import TUNING, TuningStatistic, dimensionality
from hcnn_widgets.mapping.sampled.site_medians import site_median

N = 80
IDS = [f"{n:02d}" for n in range(N)]
LABELS = [f"kind {n % 4}" for n in range(N)]


def recordings(trials: np.ndarray) -> hw.RecordingSet:
    return hw.RecordingSet(trials, IDS[: trials.shape[-2]], "V4", labels=LABELS[: trials.shape[-2]])


def test_a_site_of_one_image_has_a_sparseness_of_1_and_an_even_one_of_0() -> None:
    responses = np.stack([np.eye(N)[3], np.ones(N)], axis=1)
    np.testing.assert_allclose(TUNING["sparseness"](recordings(responses)), [1, 0], atol=1e-12)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_sparseness_without_noise_is_that_of_vinje_and_gallant(seed: int) -> None:
    rates = np.random.default_rng(seed).gamma(0.5, 1.0, (20, 3))
    (found,) = [TUNING["sparseness"](recordings(rates))]
    for site in range(3):
        total = squares = 0.0
        for rate in rates[:, site]:
            total += rate / 20
            squares += rate**2 / 20
        assert found[site] == pytest.approx((1 - total**2 / squares) / (1 - 1 / 20))


@pytest.mark.parametrize("name", ["sparseness", "category selectivity", "reliability"])
def test_on_noise_every_statistic_is_0_on_average(name: str) -> None:
    rng = np.random.default_rng(0)
    values = np.concatenate([TUNING[name](recordings(rng.poisson(3.0, (6, N, 20)))) for _ in range(30)])
    error = values.std() / np.sqrt(len(values))
    assert abs(values.mean()) < 3.5 * error + (0.02 if name == "reliability" else 0)
    assert error < 0.01


def test_noise_does_not_lift_the_sparseness_of_a_site() -> None:
    rates = np.random.default_rng(0).gamma(1.0, 3.0, (N, 1))
    clean = TUNING["sparseness"](recordings(rates))[0]
    rng = np.random.default_rng(1)
    noisy = [TUNING["sparseness"](recordings(rng.poisson(rates, (5, N, 1))))[0] for _ in range(60)]
    assert np.mean(noisy) == pytest.approx(clean, abs=0.01)


def test_selectivity_is_omega_squared_of_scipys_f() -> None:
    rng = np.random.default_rng(0)
    responses = rng.normal(size=(N, 6)) + np.arange(6) * np.array([int(label[-1]) for label in LABELS])[:, None]
    found = TUNING["category selectivity"](recordings(responses))
    for site in range(6):
        groups = [responses[[label == kind for label in LABELS], site] for kind in sorted(set(LABELS))]
        f = stats.f_oneway(*groups).statistic
        assert found[site] == pytest.approx(3 * (f - 1) / (3 * (f - 1) + N))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.1, 50), st.permutations(range(5)))
def test_dimensionality_is_the_participation_ratio_in_any_unit_and_order(seed, scale, order) -> None:
    x = np.random.default_rng(seed).normal(size=(30, 5)) @ np.random.default_rng(seed + 1).normal(size=(5, 5))
    values = np.linalg.eigvalsh(np.corrcoef(x.T))
    assert dimensionality(x) == pytest.approx(values.sum() ** 2 / (values**2).sum())
    assert dimensionality(scale * x[:, order] + 3) == pytest.approx(dimensionality(x))
    assert 1 <= dimensionality(x) <= 5


def test_a_median_lies_within_its_interval_which_scipy_gives_too() -> None:
    values = np.random.default_rng(0).normal(size=60)
    found = site_median(np.append(values, np.nan), 0)
    expected = stats.bootstrap((values,), np.median, method="percentile", rng=1).confidence_interval
    assert found.value == np.median(values)
    assert found.n_sites == 60
    assert found.low == pytest.approx(expected.low, abs=0.06)
    assert found.high == pytest.approx(expected.high, abs=0.06)


def test_two_populations_stand_side_by_side() -> None:
    rng = np.random.default_rng(0)
    even, sparse = (rng.poisson(rng.gamma(form, 4.0 / form, (N, 30)), (6, N, 30)) for form in (8.0, 0.4))
    compared = hw.mapping.tuning_comparison(recordings(sparse), recordings(even[:, :, :12]))
    assert compared.differences["sparseness"].low > 0.2
    low, high = (compared.differences["category selectivity"][place] for place in (1, 2))
    assert low < 0 < high
    assert compared.n_alike == 12
    assert 1 < compared.drawn_dimensionality < 12
    assert "dimensionality of 12 sites" in repr(compared)
    assert "Vinje & Gallant 2000" in repr(compared)


def test_a_new_statistic_is_compared_too_and_one_that_cannot_be_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    peak = TuningStatistic(lambda sites: sites.mean_over_trials().max(axis=0), "has a peak", "made up", lambda _: "")
    monkeypatch.setitem(TUNING, "peak", peak)
    signed = hw.RecordingSet(np.random.default_rng(0).normal(size=(N, 5)) - 9, IDS, "V4")
    compared = hw.mapping.tuning_comparison(signed, signed)
    assert compared.recorded_medians["peak"].value < 0
    assert [note.split(" is not known")[0] for note in compared.notes] == [
        "sparseness",
        "category selectivity",
        "reliability",
    ]
    assert np.isnan(compared.recorded["reliability"]).all()


def test_other_kinds_are_refused() -> None:
    with pytest.raises(TypeError, match="`recorded` is of another kind"):
        hw.mapping.tuning_comparison(recordings(np.ones((N, 2))), None)  # type: ignore[arg-type]
