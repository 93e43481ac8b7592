from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import kstest, ttest_rel

from hcnn_widgets import ActivationSet, RecordingSet
from hcnn_widgets.mapping import predictivity, score_difference
from hcnn_widgets.mapping.prediction.bootstrap import INTERVALS, Resampling

IDS = [f"image{number:02d}" for number in range(60)]


def pair(seed: int, better: float = 0.0, n_sites: int = 40, noise: float | np.ndarray = 1.0):
    """Two models of one cortex, the first with `better` more of what drives it; both scored."""
    rng = np.random.default_rng(seed)
    drive = rng.normal(size=(60, 6))
    responses = drive @ rng.normal(size=(6, n_sites)) + noise * rng.normal(size=(1, 60, n_sites))
    models = {name: drive + blur * rng.normal(size=drive.shape) for name, blur in (("a", 1.5 - better), ("b", 1.5))}
    scores = predictivity(ActivationSet(models, IDS), RecordingSet(responses, IDS, "IT"), "ridge", "kfold", n_folds=5)
    return scores["a"], scores["b"]


@pytest.mark.parametrize("over", ["sites", "stimuli"])
def test_the_difference_lies_in_its_interval_and_changes_sign_with_the_order(over):
    a, b = pair(0, better=0.8)
    found, turned = score_difference(a, b, over=over), score_difference(b, a, over=over)
    assert found.value == pytest.approx(a.value - b.value)
    assert 0 < found.low < found.value < found.high
    assert (turned.low, turned.high) == pytest.approx((-found.high, -found.low))
    assert found.p == turned.p < 0.01
    assert found == score_difference(a, b, over=over)
    assert str(found).startswith(f"ScoreDifference({found.value:+.3f}, ")
    assert "paired over 40 sites; 95% percentile bootstrap, 2,000 times" in found.convention


def test_pairing_takes_out_what_both_scores_share():
    a, b = pair(1, better=0.3, noise=np.geomspace(0.1, 20, 40))  # sites that anything predicts, and nothing
    paired = score_difference(a, b)
    alone = [score.interval(over="sites") for score in (a, b)]
    assert paired.high - paired.low < 0.6 * sum(interval.high - interval.low for interval in alone)


def test_over_sites_it_is_near_a_slow_bootstrap_and_a_paired_t_test():
    a, b = pair(2, better=0.5)
    rng, drawn = np.random.default_rng(9), []
    for _ in range(2000):
        sites = rng.integers(40, size=40)
        drawn.append(
            np.mean([np.median(x[sites]) - np.median(y[sites]) for x, y in zip(a.per_split, b.per_split, strict=True)])
        )
    found = score_difference(a, b)
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(drawn, [0.025, 0.975])), abs=0.02)
    assert ttest_rel(a.per_site, b.per_site).pvalue < 0.001
    assert found.p < 0.01


def test_a_score_does_not_differ_from_itself():
    a, _ = pair(3)
    same = score_difference(a, a)
    assert (same.value, same.low, same.high, same.p) == (0, 0, 0, 1)


def test_of_one_population_of_sites_p_is_spread_evenly_where_there_is_no_difference():
    # Sites are drawn anew each time, and which of two equal models is called a is up to chance at each site.
    p_values = []
    for seed in range(60):
        a, b = pair(seed, n_sites=60)
        swap = np.random.default_rng(seed).random(60) < 0.5
        mixed = [np.where(swap, x.per_split, y.per_split) for x, y in ((a, b), (b, a))]
        first, second = (
            replace(score, per_split=r, per_site=r.mean(axis=0), value=float(np.median(r, axis=1).mean()))
            for score, r in zip((a, b), mixed, strict=True)
        )
        p_values.append(score_difference(first, second, n_bootstrap=500).p)
    assert kstest(p_values, "uniform").pvalue > 0.01
    assert np.mean(np.array(p_values) < 0.05) < 0.13


def test_scores_that_cannot_be_paired_are_refused(monkeypatch):
    a, b = pair(4)
    other = pair(4, n_sites=30)[0]
    with pytest.raises(ValueError, match=r"`a` and `b` cannot be paired: they have other sites.* of 40 and 30 sites"):
        score_difference(a, other)
    with pytest.raises(ValueError, match=r"they have other pooling\. Accepted are two scores of the same recordings"):
        score_difference(a, replace(b, pooling="pooled"))
    with pytest.raises(TypeError, match=r"`b` is of another kind\. Accepted is a Score"):
        score_difference(a, 0.5)
    with pytest.raises(ValueError, match=r"`over='subjects'` is unknown"):
        score_difference(a, b, over="subjects")
    monkeypatch.setitem(INTERVALS, "folds", Resampling(INTERVALS["sites"].function, "folds"))
    with pytest.raises(
        ValueError, match=r"`over='folds'` gives intervals of single scores\. Accepted for a difference are 's"
    ):
        score_difference(a, b, over="folds")
