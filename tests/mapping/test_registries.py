"""One more entry in a dict is new everywhere: in the calls, in conventions, and in what refusals list."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import pearsonr
from sklearn.linear_model import LinearRegression

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping import (
    CORRECTIONS,
    MAPS,
    PENALTIES,
    SPLITS,
    Correction,
    LinearMap,
    Penalties,
    RecordingSet,
    Splitting,
    TimeResolvedRecordings,
    area_scores,
    ceiling,
    layer_area_match,
    predictivity,
    predictivity_over_time,
)
from hcnn_widgets.mapping.noise.reliability import HALVES, Halving
from hcnn_widgets.mapping.prediction.bootstrap import INTERVALS, Interval, Resampling

N, IDS = 40, np.array([f"{row:02d}" for row in range(40)])
RNG = np.random.default_rng(0)
X = RNG.normal(size=(N, 4))
RESPONSES = X @ RNG.normal(size=(4, 6)) + RNG.normal(size=(3, N, 6))
LABELS = np.array(["cat", "dog", "car", "cup"])[np.arange(N) % 4]
MODEL = ActivationSet({"top": X, "noise": RNG.normal(size=(N, 4))}, IDS)
BRAIN = RecordingSet(RESPONSES, IDS, "IT", labels=LABELS)


def least_squares(x, y, x_new):
    columns = np.column_stack([np.ones(len(x)), x])
    return np.column_stack([np.ones(len(x_new)), x_new]) @ np.linalg.lstsq(columns, y, rcond=None)[0]


def odd_and_even(n_stimuli, labels, n_folds):
    rows = np.arange(n_stimuli)
    return [(rows[::2], rows[1::2]), (rows[1::2], rows[::2])]


@pytest.fixture
def new_map(monkeypatch) -> str:
    monkeypatch.setitem(MAPS, "ols", LinearMap(least_squares, "least squares, nothing penalised"))
    return "ols"


@pytest.fixture
def new_splits(monkeypatch) -> str:
    monkeypatch.setitem(SPLITS, "odd/even", Splitting(odd_and_even, "{n} halves, odd and even", each_once=True))
    return "odd/even"


def test_a_new_map_is_fitted_fold_by_fold_and_says_its_words(new_map) -> None:
    score = predictivity(MODEL, BRAIN, new_map, "kfold", n_folds=4)["top"]
    mean, medians = RESPONSES.mean(axis=0), []
    for train, test in SPLITS["kfold"](N, None, 4):
        predicted = LinearRegression().fit(X[train], mean[train]).predict(X[test])
        medians.append(np.median([pearsonr(predicted[:, site], mean[test, site])[0] for site in range(6)]))
    assert score.value == pytest.approx(np.mean(medians))
    assert score.convention.startswith("least squares, nothing penalised; 4-fold cross-validation; ")
    assert score.interval("sites").low < score.value


@pytest.mark.parametrize("options", [{"scaling": "z-score"}, {"direction": "reverse"}, {"precision": "float32"}])
def test_a_new_map_takes_every_other_choice(new_map, options) -> None:
    score = predictivity(MODEL, BRAIN, new_map, "kfold", n_folds=4, **options)["top"]
    assert "least squares" in score.convention
    if options != {"direction": "reverse"}:
        # Least squares do not mind the scale of units.
        assert score.value == pytest.approx(predictivity(MODEL, BRAIN, new_map, "kfold", n_folds=4)["top"].value)


def test_a_new_map_is_in_every_table(new_map) -> None:
    binned = TimeResolvedRecordings(RESPONSES[np.newaxis], [(70, 170)], IDS, "IT")
    alone = predictivity(MODEL, BRAIN, new_map, "kfold")["top"].value
    table = area_scores(MODEL, BRAIN, method=new_map)
    assert table.trained[0, 0] == pytest.approx(alone)
    tables = (table, layer_area_match(MODEL, BRAIN, method=new_map, n_folds=4))
    tables += (predictivity_over_time(MODEL, binned, new_map, "kfold"),)
    assert all("least squares, nothing penalised" in one.convention for one in tables)


def test_a_new_map_that_knows_its_memory_is_refused_where_it_does_not_fit(monkeypatch, new_map) -> None:
    monkeypatch.setitem(MAPS, new_map, replace(MAPS[new_map], memory=lambda sizes: 2**60))
    words = "`x` is too large for method='ols' here. Accepted is what fits into .*; received 40 stimuli x 4 units"
    with pytest.raises(MemoryError, match=words):
        predictivity(MODEL, BRAIN, new_map, "kfold")


def test_a_new_map_of_all_folds_at_once_is_given_what_they_share(monkeypatch, new_map) -> None:
    def of_folds(shared, y):
        return [least_squares(shared.x[train], y[train], shared.x[test]) for train, test in shared.folds]

    expected = predictivity(MODEL, BRAIN, new_map, "kfold")["top"].value
    monkeypatch.setitem(MAPS, new_map, LinearMap(np.empty, "at once", of_folds=of_folds))
    assert predictivity(MODEL, BRAIN, new_map, "kfold")["top"].value == pytest.approx(expected)


def test_new_penalties_are_chosen_from_wherever_a_map_chooses(monkeypatch) -> None:
    monkeypatch.setitem(PENALTIES, "two", Penalties((1.0, 100.0), "two alphas, 1 and 100"))
    expected = predictivity(MODEL, BRAIN, alphas=[1.0, 100.0])["top"].value
    score = predictivity(MODEL, BRAIN, alphas="two")["top"]
    assert score.value == expected
    assert ", from two alphas, 1 and 100; " in score.convention
    binned = TimeResolvedRecordings(RESPONSES[np.newaxis], [(70, 170)], IDS, "IT")
    tables = area_scores(MODEL, BRAIN, alphas="two"), layer_area_match(MODEL, BRAIN, n_folds=4, alphas="two")
    tables += (predictivity_over_time(MODEL, binned, splits="kfold", alphas="two"),)
    assert all(", from two alphas, 1 and 100; " in table.convention for table in tables)
    with pytest.raises(ValueError, match=r"Accepted are 'relative', 'brain-score', 'himalaya', 'two'"):
        area_scores(MODEL, BRAIN, alphas="three")


def test_new_splits_hold_out_what_they_say(new_splits) -> None:
    score = predictivity(MODEL, BRAIN, "ridge", new_splits, pooling="pooled")["top"]
    assert [rows.tolist() for rows, _ in score.held_out] == [[*range(1, N, 2)], [*range(0, N, 2)]]
    assert "; 2 halves, odd and even; Pearson r per site over all held-out predictions" in score.convention
    tables = area_scores(MODEL, BRAIN, splits=new_splits), layer_area_match(MODEL, BRAIN, splits=new_splits)
    assert all("2 halves, odd and even" in one.convention for one in tables)


def test_what_new_splits_are_for_is_said_by_the_entry(monkeypatch, new_splits) -> None:
    with pytest.raises(ValueError, match=r"Accepted are splits 'grouped', 'leave-one-category-out', which keep gr"):
        predictivity(MODEL, BRAIN, "ridge", new_splits, groups=dict.fromkeys(IDS, "one"))
    monkeypatch.setitem(SPLITS, new_splits, replace(SPLITS[new_splits], each_once=False, by_group=True))
    with pytest.raises(ValueError, match=r"'leave-one-category-out', 'odd/even', which keep groups together"):
        predictivity(MODEL, BRAIN, "ridge", "kfold", groups=dict.fromkeys(IDS, "one"))
    with pytest.raises(ValueError, match=r"splits 'kfold', 'grouped', 'leave-one-category-out'; received.*'odd/even'"):
        predictivity(MODEL, BRAIN, "ridge", new_splits, pooling="pooled")
    inferred = replace(BRAIN, labels_inferred=True)
    assert "inferred" not in "".join(predictivity(MODEL, inferred, "ridge", new_splits)["top"].notes)
    monkeypatch.setitem(SPLITS, new_splits, replace(SPLITS[new_splits], by_labels=True))
    assert (
        "the labels that the splits go by are inferred"
        in predictivity(MODEL, inferred, "ridge", new_splits)["top"].notes
    )


def test_a_new_correction_of_the_median_is_in_scores_and_tables(monkeypatch) -> None:
    entry = Correction(lambda r, c: r / np.sqrt(c), "score", "r over the square root of the reliability")
    monkeypatch.setitem(CORRECTIONS, "r/sqrt(c)", entry)
    score = predictivity(MODEL, BRAIN, "ridge", "kfold", pooling="pooled")["top"]
    assert score.corrected("r/sqrt(c)") == pytest.approx(score.value / np.sqrt(score.ceiling))
    assert score.correction_words("r/sqrt(c)") == "r over the square root of the reliability"
    table = area_scores(MODEL, BRAIN, method="ridge", correction="r/sqrt(c)")
    assert table.rows()[0].trained_corrected == pytest.approx(table.trained[0, 0] / np.sqrt(table.reliability[0]))
    assert "trained r/sqrt(c)" in repr(table)
    assert "r/sqrt(c): r over the square root of the reliability." in repr(table)
    with pytest.raises(ValueError, match=r"is made from each site's.*Accepted are 'r2/c', '\(r/c\)2', 'r/sqrt\(c\)'"):
        area_scores(MODEL, BRAIN, correction="explained variance")


def test_a_new_correction_by_parts_of_the_trials_has_its_maps_fitted(monkeypatch) -> None:
    def by_first_trial(maps, task, r, pooling):
        predicted = np.concatenate(maps.predict(task.recordings.responses[0][:, task.varying].astype(float)))
        return r.mean(axis=0) + predicted.mean()

    def check(recordings):
        if recordings.n_trials < 3:
            raise ValueError("`corrections` names 'first', for three trials. Accepted are 3 or more; received fewer.")

    entry = Correction(np.divide, "site", "by the first trial", of_trials=by_first_trial, check_trials=check)
    monkeypatch.setitem(CORRECTIONS, "first", entry)
    score = predictivity(MODEL, BRAIN, "ridge", "kfold", corrections=["first"])["top"]
    first = predictivity(MODEL, replace(BRAIN, responses=RESPONSES[:1]), "ridge", "kfold")["top"]
    shift = np.concatenate([predicted for _, predicted in first.held_out]).mean()
    np.testing.assert_allclose(score.corrected_sites("first"), score.per_site + shift)
    assert score.correction_words("first") == "by the first trial"
    with pytest.raises(ValueError, match=r"names 'first', for three trials\. Accepted are 3"):
        predictivity(MODEL, replace(BRAIN, responses=RESPONSES[:2]), "ridge", "kfold", corrections=["first"])
    with pytest.raises(ValueError, match=r"needs maps fitted on parts of the trials.*corrections=\['first'\]"):
        first.corrected("first")
    with pytest.raises(ValueError, match=r"names 'r2/c'\. Accepted are 'r2/\(c\*m\)', 'r2/\(rv\*rv_hat\)', 'first'"):
        predictivity(MODEL, BRAIN, "ridge", "kfold", corrections=["r2/c"])


def test_a_new_bootstrap_gives_its_interval_and_words(monkeypatch) -> None:
    def folds(score, level, n_bootstrap, seed):
        return Interval(score.value - 0.1, score.value + 0.1, "folds", level, n_bootstrap)

    monkeypatch.setitem(INTERVALS, "folds", Resampling(folds, "folds drawn with replacement", needs_predictions=True))
    score = predictivity(MODEL, BRAIN, "ridge", "kfold")["top"]
    assert score.interval("folds").high == pytest.approx(score.value + 0.1)
    assert score.interval("folds").convention.endswith("1,000 times: folds drawn with replacement")
    with pytest.raises(ValueError, match=r"`over='folds'` needs the predictions behind the score"):
        replace(score, held_out=()).interval("folds")


def test_a_new_way_of_halving_gives_a_ceiling_and_its_words(monkeypatch) -> None:
    def outer(recordings, n_splits):
        masks = np.zeros((2, 3, N), dtype=bool)
        masks[0, 0] = masks[1, 2] = True
        yield masks[0], masks[1]

    monkeypatch.setitem(HALVES, "outer", Halving(outer, "the first against the last trial, {n} time"))
    found = ceiling(BRAIN, "outer")
    r = np.median([pearsonr(RESPONSES[0, :, site], RESPONSES[2, :, site])[0] for site in range(6)])
    assert found.value == pytest.approx(2 * r / (1 + r), rel=0.05)
    assert found.convention.endswith("Spearman-Brown, the first against the last trial, 1 time")


def test_refusals_list_new_entries_and_name_the_nearest(new_map, new_splits) -> None:
    with pytest.raises(ValueError, match=r"`method='olz'` is unknown\. Accepted are .*, 'ols'; the nearest is 'ols'\."):
        predictivity(MODEL, BRAIN, "olz")
    with pytest.raises(ValueError, match=r"`splits='odd'` is unknown\. Accepted are .*, 'odd/even'"):
        predictivity(MODEL, BRAIN, "ols", "odd")
