"""Sites that are drawn from a model area: as many, as noisy and as often shown as those of a recording."""

from typing import Any

import numpy as np
import pytest

import hcnn_widgets as hw

RNG = np.random.default_rng(0)
N = 120
IDS = np.array([f"image{n:03d}" for n in range(N)])
UNITS = np.maximum(RNG.normal(0.3, 1.0, (N, 60)), 0)
MODEL = hw.ActivationSet({"V1": RNG.random((N, 5)), "V4": UNITS}, IDS)
TRIALS = RNG.poisson(RNG.gamma(2.0, 2.0, (N, 9)) + 0.2, (6, N, 9)).astype(float)
TRIALS[4:, ::3] = np.nan
BRAIN = hw.RecordingSet(TRIALS, IDS, "V4", labels=np.where(np.arange(N) % 2, "cat", "car"), source="a laboratory")


def test_a_drawn_site_is_a_unit_in_the_rate_of_a_recorded_site() -> None:
    drawn = hw.mapping.sample_area(MODEL, BRAIN, 20, noise="none")
    means = drawn.mean_over_trials()
    unit = [int(name.rsplit("-", 1)[1]) for name in drawn.site_ids]
    assert len(set(unit)) == 20
    for site, number in enumerate(unit):
        assert np.corrcoef(means[:, site], UNITS[:, number])[0, 1] == pytest.approx(1, abs=1e-5)
        assert means[:, site].min() == pytest.approx(0, abs=1e-6)
    recorded = BRAIN.mean_over_trials().mean(axis=0)
    assert np.abs(means.mean(axis=0)[:, None] - recorded).min(axis=1).max() < 1e-4


def test_with_the_spread_matched_a_drawn_site_is_as_reliable_as_a_recorded_one() -> None:
    drawn = hw.mapping.sample_area(MODEL, BRAIN, 9, match="mean and spread", seed=1)
    both = [hw.mapping.ceiling(sites, "per stimulus").value for sites in (drawn, BRAIN)]
    assert both[0] == pytest.approx(both[1], abs=0.1)
    assert np.nanmin(drawn.responses) >= 0


def test_trials_are_missing_where_they_were_missing_and_vary_as_they_did() -> None:
    drawn = hw.mapping.sample_area(MODEL, BRAIN, 50, seed=3)
    np.testing.assert_array_equal(np.isnan(drawn.responses[:, :, 0]), np.isnan(BRAIN.responses[:, :, 0]))
    assert drawn.simulated
    assert "drawn from model V4" in drawn.source
    assert "a laboratory" in drawn.source
    found = hw.mapping.ceiling(drawn, "per stimulus")
    assert drawn.true_ceiling is not None
    assert found.value == pytest.approx(drawn.true_ceiling, abs=0.06)


def test_stimuli_are_joined_by_id() -> None:
    order = RNG.permutation(N)
    turned = hw.ActivationSet({"V4": UNITS[order]}, IDS[order])
    of_both = [hw.mapping.sample_area(model, BRAIN, 10, seed=5).responses for model in (MODEL, turned)]
    np.testing.assert_array_equal(*of_both)


def test_a_seed_draws_the_same_sites_and_another_seed_others() -> None:
    first, again, other = (hw.mapping.sample_area(MODEL, BRAIN, 10, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.responses, again.responses)
    assert set(first.site_ids) != set(other.site_ids)


def test_mixtures_of_units_come_in_any_number() -> None:
    drawn = hw.mapping.sample_area(MODEL, BRAIN, 150, units_per_site=3, noise="none")
    assert drawn.n_sites == 150
    fit = np.linalg.lstsq(UNITS, drawn.mean_over_trials(), rcond=None)[0]
    assert ((fit > 1e-4).sum(axis=0) <= 3).all()


def test_responses_below_0_have_the_spread_of_a_recorded_site() -> None:
    signed = hw.RecordingSet(RNG.normal(size=(3, N, 4)), IDS, "V4")
    linear = hw.ActivationSet({"V4": RNG.normal(size=(N, 30))}, IDS)
    means = hw.mapping.sample_area(linear, signed, 8, noise="none").mean_over_trials()
    spreads = signed.mean_over_trials().std(axis=0)
    assert np.abs(means.std(axis=0)[:, None] - spreads).min(axis=1).max() < 1e-4


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"n_sites": 100}, r"`n_sites` is more than the area has. Accepted are up to 60 units.*received n_sites=100"),
        ({"units_per_site": 61}, "received n_sites=50, units_per_site=61"),
        ({"area": "IT"}, r"`area='IT'` is no model area. Accepted are 'V1', 'V4'"),
        ({"noise": "some"}, r"`noise='some'`.*'recorded', 'none'"),
        ({"match": "spread"}, r"`match='spread'`.*'mean', 'mean and spread'"),
        ({"n_sites": 0}, "`n_sites` is no count"),
        ({"seed": -1}, "`seed` is no seed"),
    ],
)
def test_what_cannot_be_drawn_is_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        hw.mapping.sample_area(MODEL, BRAIN, **options)


def test_a_brain_area_without_a_namesake_asks_for_the_model_area() -> None:
    other = hw.RecordingSet(TRIALS, IDS, "hV4")
    with pytest.raises(ValueError, match=r"`area` is needed.*'V1', 'V4'; received None beside recordings of hV4"):
        hw.mapping.sample_area(MODEL, other)
    assert hw.mapping.sample_area(MODEL, other, 4, area="V1").area == "V1"


def test_other_kinds_are_refused() -> None:
    with pytest.raises(TypeError, match=r"`activations` is of another kind"):
        hw.mapping.sample_area({"V4": UNITS}, BRAIN)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"`recordings` is of another kind"):
        hw.mapping.sample_area(MODEL, TRIALS)  # type: ignore[arg-type]
