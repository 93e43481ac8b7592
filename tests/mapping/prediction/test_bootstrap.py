from dataclasses import replace
from importlib import import_module
from unittest.mock import Mock, patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import bootstrap, pearsonr
from sklearn.linear_model import Ridge

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.prediction.bootstrap import INTERVALS, drawn_by_stimuli
from hcnn_widgets.mapping.prediction.predictivity import predictivity
from hcnn_widgets.mapping.prediction.score import Score
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet

MODULE = import_module("hcnn_widgets.mapping.prediction.bootstrap")


def a_score(n_stimuli: int = 30, n_sites: int = 7, n_folds: int = 3, pooling="per split", noise=0.7, seed=0) -> Score:
    """Make a score of predictions that are the responses and noise, each fold holding some stimuli out."""
    rng = np.random.default_rng(seed)
    responses = rng.normal(size=(n_stimuli, n_sites))
    rows = np.array_split(rng.permutation(n_stimuli), n_folds)
    held_out = tuple((part, responses[part] + noise * rng.normal(size=(len(part), n_sites))) for part in rows)
    per_split = np.array([scipys_r(predicted, responses[part]) for part, predicted in held_out])
    together = np.empty_like(responses)
    for part, predicted in held_out:
        together[part] = predicted
    per_site, value = per_split.mean(axis=0), np.median(per_split, axis=1).mean()
    if pooling == "pooled":
        per_site = scipys_r(together, responses)
        value = np.median(per_site)
    fields = {"pooling": pooling, "responses": responses, "held_out": held_out}
    return Score(float(value), 0.0, per_site, per_split, np.nan, "ridge", "kfold", "made up", **fields)


def scipys_r(predicted: np.ndarray, recorded: np.ndarray) -> np.ndarray:
    return pearsonr(predicted, recorded, axis=0).statistic


def slow_over_stimuli(score: Score, n_bootstrap: int, seed: int) -> np.ndarray:
    """Take each stimulus as often as it was drawn, copy by copy: scores, and medians over sites of mean r."""
    rng = np.random.default_rng(seed)
    n_stimuli, values = len(score.responses), []
    for times in rng.multinomial(n_stimuli, np.full(n_stimuli, 1 / n_stimuli), size=n_bootstrap):
        if score.pooling == "pooled":
            drawn = np.repeat(np.arange(n_stimuli), times)
            values.append([np.median(scipys_r(score.predictions[drawn], score.responses[drawn]))] * 2)
            continue
        of_folds = []
        for rows, predicted in score.held_out:
            copies = np.repeat(np.arange(len(rows)), times[rows])
            of_folds.append(scipys_r(predicted[copies], score.responses[rows[copies]]))
        values.append([np.mean(np.median(of_folds, axis=1)), np.median(np.mean(of_folds, axis=0))])
    return np.transpose(values)


@pytest.mark.parametrize("pooling", ["per split", "pooled"])
def test_over_stimuli_it_is_the_slow_loop(pooling) -> None:
    score = a_score(pooling=pooling)
    interval = score.interval("stimuli", level=0.9, n_bootstrap=200, seed=3)
    of_folds, of_sites = slow_over_stimuli(score, 200, 3)
    if pooling == "pooled":
        expected, bias = np.quantile(of_folds, [0.05, 0.95]), 0
    else:
        bias = of_folds.mean() - score.value
        ends = [
            np.tanh(np.quantile(np.arctanh(drawn), [0.05, 0.95]) - np.arctanh(drawn).mean() + np.arctanh(undrawn))
            for drawn, undrawn in ((of_folds, score.value), (of_sites, np.median(score.per_site)))
        ]
        expected = [min(ends[0][0], ends[1][0]), ends[0][1]]
    np.testing.assert_allclose([interval.low, interval.high, interval.bias], [*expected, bias], rtol=1e-9)


def test_the_interval_holds_the_mean_score_and_the_median_r_of_many_images() -> None:
    weights, noise = np.random.default_rng(99).normal(size=(100, 15)), 4 * np.geomspace(0.5, 2, 15)
    ids = [f"{number:03d}" for number in range(200)]

    def shown(n_images: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
        rng = np.random.default_rng(seed)
        x = rng.normal(size=(n_images, 100))
        return x, x @ weights + noise * rng.normal(size=(n_images, 15))

    def scored(seed: int) -> Score:
        x, y = shown(200, seed)
        return predictivity(ActivationSet({"a": x}, ids), RecordingSet(y[np.newaxis], ids, "IT"), "ridge", "kfold")["a"]

    many = [(Ridge(1.0).fit(*shown(180, seed)), shown(2000, seed + 1000)) for seed in range(5)]
    of_many = np.mean([np.median(scipys_r(fitted.predict(x), y)) for fitted, (x, y) in many])
    scores = [scored(seed) for seed in range(24)]
    intervals = [score.interval(n_bootstrap=80) for score in scores]
    for truth in (np.mean([score.value for score in scores]), of_many):
        held = np.mean([interval.low <= truth <= interval.high for interval in intervals])
        assert held >= 0.95 - 3 * np.sqrt(0.95 * 0.05 / len(scores)), "three binomial errors below the level"
    # Percentiles moved by the bias alone begin above the r of many images more often than their level says.
    lows = [
        np.quantile(drawn_by_stimuli(one, 80, 0), 0.025) - which.bias
        for one, which in zip(scores, intervals, strict=True)
    ]
    assert np.mean(of_many < np.array(lows)) > 0.1


@pytest.mark.no_cover
@pytest.mark.parametrize("n_stimuli", [40, 80])
def test_the_interval_of_small_folds_holds_the_true_score(n_stimuli) -> None:
    def drawn(seed) -> tuple[Score, float]:
        score = a_score(n_stimuli, n_sites=40, n_folds=10, seed=seed)
        return score, float(np.median(score.per_split, axis=1).mean())

    truth = np.mean([drawn(seed)[1] for seed in range(100, 200)])
    intervals = [(made.interval(n_bootstrap=200), value) for made, value in map(drawn, range(40))]
    assert np.mean([one.low <= truth <= one.high for one, _ in intervals]) >= 0.9
    assert all(one.low < value < one.high for one, value in intervals)


@pytest.mark.parametrize("pooling", ["per split", "pooled"])
def test_over_sites_it_is_scipys_bootstrap(pooling) -> None:
    score = a_score(n_sites=40, pooling=pooling)
    table = score.per_split if pooling == "per split" else score.per_site[np.newaxis]
    theirs = bootstrap(
        tuple(table),
        lambda *rows, axis: np.mean([np.median(row, axis=axis) for row in rows], axis=0),
        paired=True,
        vectorized=True,
        n_resamples=4000,
        method="percentile",
        rng=np.random.default_rng(5),
    ).confidence_interval
    ours = score.interval("sites", n_bootstrap=4000, seed=1)
    spread = theirs.high - theirs.low
    np.testing.assert_allclose([ours.low, ours.high], theirs, atol=0.06 * spread)


def test_over_stimuli_pooled_one_site_it_is_scipys_bootstrap() -> None:
    score = a_score(n_stimuli=60, n_sites=1, pooling="pooled")
    theirs = bootstrap(
        (score.predictions[:, 0], score.responses[:, 0]),
        lambda a, b: pearsonr(a, b)[0],
        paired=True,
        vectorized=False,
        n_resamples=2000,
        method="percentile",
        rng=np.random.default_rng(5),
    ).confidence_interval
    ours = score.interval("stimuli", n_bootstrap=4000, seed=1)
    np.testing.assert_allclose([ours.low, ours.high], theirs, atol=0.08 * (theirs.high - theirs.low))


@pytest.mark.parametrize("over", list(INTERVALS))
@pytest.mark.parametrize("pooling", ["per split", "pooled"])
@given(st.integers(0, 1000), st.floats(0.1, 10), st.floats(-5, 5))
@settings(max_examples=15, deadline=None)
def test_units_do_not_matter_and_a_wider_level_holds_a_narrower(over, pooling, seed, scale, shift) -> None:
    score = a_score(pooling=pooling, seed=seed)
    shifted = tuple((rows, predicted + shift) for rows, predicted in score.held_out)
    scaled = replace(score, responses=scale * score.responses + shift, held_out=shifted)
    wide, narrow = (score.interval(over, level, 100, seed) for level in (0.95, 0.5))
    assert wide.low <= narrow.low <= narrow.high <= wide.high
    again = scaled.interval(over, 0.95, 100, seed)
    np.testing.assert_allclose([again.low, again.high], [wide.low, wide.high], atol=1e-9)


@pytest.mark.parametrize("over", list(INTERVALS))
def test_blocks_of_resampled_scores_do_not_change_them(over, monkeypatch) -> None:
    score = a_score()
    whole = score.interval(over, n_bootstrap=50)
    monkeypatch.setattr(MODULE, "_ELEMENTS", 100)
    assert score.interval(over, n_bootstrap=50) == whole


@pytest.mark.parametrize("over", list(INTERVALS))
def test_sites_left_out_of_the_score_are_left_out_of_its_interval(over, make_recordings) -> None:
    recordings = make_recordings()
    responses = recordings.responses.copy()
    responses[:, :, 2] = 5.0
    flat = RecordingSet(responses, recordings.stimulus_ids, "IT", recordings.labels, stimuli=recordings.stimuli)
    without = flat.select_sites(np.delete(flat.site_ids, 2))
    model = import_module("hcnn_widgets.mapping.maps.pixels").pixels(recordings.stimuli)
    with_flat, alone = (predictivity(model, one, "ridge", "kfold", n_folds=4)["pixels"] for one in (flat, without))
    ours, expected = with_flat.interval(over, n_bootstrap=80), alone.interval(over, n_bootstrap=80)
    np.testing.assert_allclose([ours.low, ours.high], [expected.low, expected.high], rtol=1e-6)


@pytest.mark.parametrize("splits", ["kfold", "brain-score"])
def test_drawing_each_stimulus_once_gives_the_score_itself(splits, brainscore) -> None:
    score = predictivity(brainscore["activations"], brainscore["recordings"], "ridge", splits)["a"]
    # With everything drawn once, whatever the chance, nothing is added: the interval lies where the score is.
    rng = Mock(multinomial=lambda n, _, size: np.ones((size, n), dtype=np.int64))
    with patch.object(np.random, "default_rng", lambda _: rng):
        interval = score.interval(n_bootstrap=3)
    lower = min(score.value, np.median(score.per_site))
    np.testing.assert_allclose([interval.low, interval.high], [lower, score.value], rtol=1e-9)
    assert interval.bias == pytest.approx(0, abs=1e-9)


def test_stimuli_that_were_never_held_out_are_not_drawn(brainscore) -> None:
    score = predictivity(brainscore["activations"], brainscore["recordings"], "ridge")["a"]
    assert np.isnan(score.predictions).any()
    interval = score.interval(n_bootstrap=300)
    assert interval.low < score.value < interval.high


@pytest.mark.parametrize(("constant", "expected"), [("prediction", 0.0), ("response", np.nan)])
def test_a_constant_prediction_counts_as_zero_and_a_constant_response_as_unknown(constant, expected) -> None:
    score = a_score(n_sites=1, n_folds=1)
    (score.held_out[0][1] if constant == "prediction" else score.responses)[:] = 0.1
    interval = replace(score, value=expected).interval(n_bootstrap=20)
    np.testing.assert_array_equal([interval.low, interval.high], [expected, expected])


def test_it_says_what_was_drawn() -> None:
    score = a_score()
    words = "95% percentile bootstrap, 1,000 times: held-out stimuli drawn with replacement, maps not fitted again"
    per_split, pooled = score.interval(n_bootstrap=1000), a_score(pooling="pooled").interval(n_bootstrap=1000)
    assert per_split.convention == f"{words}; moved by {-per_split.bias:+.3f}, as stimuli drawn twice change r in folds"
    assert (pooled.convention, pooled.bias) == (words, 0.0)
    assert replace(per_split, bias=-0.0004).convention == replace(per_split, bias=0.0004).convention == words
    assert replace(per_split, bias=0.0006).convention.startswith(f"{words}; moved by -0.001")
    assert "90% percentile bootstrap, 100 times: sites drawn" in repr(score.interval("sites", 0.9, 100))


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"over": "trials"}, "`over='trials'` is unknown. Accepted are 'stimuli', 'sites'"),
        ({"over": ["sites"]}, r"`over=\['sites'\]` is unknown"),
        ({"level": 1.0}, "`level` makes no interval. Accepted is a number above 0 and below 1; received 1.0"),
        ({"level": "x"}, "`level` makes no interval.*received 'x'"),
        ({"n_bootstrap": 0}, "`n_bootstrap` is no count. Accepted is a whole number of 1 or more; received 0"),
        ({"n_bootstrap": 1.5}, "`n_bootstrap` is no count.*received 1.5"),
        ({"seed": -1}, "`seed` is no seed. Accepted is a whole number of 0 or more; received -1"),
    ],
)
def test_what_makes_no_interval_is_refused(choices, words) -> None:
    with pytest.raises(ValueError, match=words):
        a_score().interval(**choices)


def test_stimuli_cannot_be_drawn_without_predictions() -> None:
    bare = Score(0.5, 0.0, np.ones(2), np.ones((3, 2)), np.nan, "ridge", "kfold", "made up")
    assert bare.interval("sites", n_bootstrap=5).low == 1
    with pytest.raises(ValueError, match=r"needs the predictions behind the score.*received one without `held_out`"):
        bare.interval("stimuli")
