"""Readouts of all goals from all areas, against scikit-learn fold by fold, and on noise."""

from typing import Any

import numpy as np
import pytest
from scipy import stats
from sklearn.linear_model import RidgeClassifierCV, RidgeCV
from sklearn.metrics import balanced_accuracy_score
from sklearn.preprocessing import StandardScaler

import hcnn_widgets as hw
from hcnn_widgets.transfer.readout_fits import PENALTIES, folds_of, predictions
from hcnn_widgets.transfer.readout_scores import drawn_counts, interval, scores
from hcnn_widgets.transfer.readout_targets import ReadoutTarget, targets_of

RNG = np.random.default_rng(0)


@pytest.fixture(scope="module")
def found(trained: Any, images: Any) -> hw.transfer.Readouts:
    return hw.transfer.readouts(trained, images, units=40)


def fold_by_fold(units: np.ndarray, wanted: np.ndarray, folds: Any, make: Any) -> np.ndarray:
    said = np.empty(wanted.shape, wanted.dtype)
    for held_out in folds:
        learnt = np.setdiff1d(np.arange(len(units)), held_out)
        scale = StandardScaler().fit(units[learnt])
        fitted = make(alphas=PENALTIES).fit(scale.transform(units[learnt]), wanted[learnt])
        said[held_out] = fitted.predict(scale.transform(units[held_out]))
    return said


@pytest.mark.parametrize("goal", ["categorization", "position"])
def test_a_readout_is_that_of_scikit_learn_fold_by_fold(found: Any, trained: Any, images: Any, goal: str) -> None:
    units = trained.record(images, units=40)["IT"].astype(np.float64)
    targets = targets_of(None, images, 5)
    folds = folds_of(targets, len(images), 5, seed=0)
    if goal == "categorization":
        said = fold_by_fold(units, images.labels, folds, RidgeClassifierCV)
        expected = balanced_accuracy_score(images.labels, said)
    else:
        latents = ("horizontal_position", "vertical_position")
        wanted = np.stack([images.latents[name] for name in latents], axis=1)
        wanted = (wanted - wanted.mean(axis=0)) / wanted.std(axis=0)
        said = fold_by_fold(units, wanted, folds, RidgeCV)
        of_folds = [[stats.pearsonr(said[f, k], wanted[f, k]).statistic for k in (0, 1)] for f in folds]
        expected = float(np.mean(of_folds))
    assert found.trained[1, found.goals.index(goal), 0] == pytest.approx(expected, abs=1e-6)


def test_every_goal_with_a_category_or_numbers_for_an_answer_is_read_out(found: Any) -> None:
    assert found.goals == ("categorization", "identity", "position", "size", "pose")
    assert found.measures == ("accuracy", "accuracy", "r", "r", "r")
    np.testing.assert_allclose(found.chance, [1 / 8, 1 / 64, 0, 0, 0])
    assert found.areas == ("V1", "IT")


def test_the_difference_is_trained_less_untrained_and_no_interval_is_upside_down(found: Any) -> None:
    np.testing.assert_allclose(found.difference[..., 0], found.trained[..., 0] - found.untrained[..., 0])
    for scored in (found.trained, found.untrained, found.difference, found.pixels):
        assert (scored[..., 1] <= scored[..., 2]).all()


@pytest.mark.parametrize("kind", ["categories", "numbers"])
def test_on_noise_a_score_is_that_of_chance(kind: str) -> None:
    reached = []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        if kind == "numbers":
            target = ReadoutTarget("size", rng.normal(size=(60, 2)))
        else:
            classes = rng.permutation(np.arange(60) % 4)
            target = ReadoutTarget("categorization", 2.0 * np.eye(4)[classes] - 1, classes)
        folds = folds_of([target], 60, 5, seed)
        said = predictions(rng.normal(size=(60, 10)), [target], folds)[0]
        reached.append(scores(target, said, folds, np.ones((1, 60)))[0] - target.chance)
    assert abs(np.mean(reached)) < 3.5 * stats.sem(reached)


def test_the_interval_of_r_is_that_of_scipys_bootstrap() -> None:
    x = RNG.normal(size=(200, 1))
    y, folds = 0.5 * x + RNG.normal(size=(200, 1)), [np.arange(200)]
    value, draws = scores(ReadoutTarget("size", x), y, folds, drawn_counts(folds, 200, 0))
    assert value == pytest.approx(stats.pearsonr(x[:, 0], y[:, 0]).statistic)
    theirs = stats.bootstrap(
        (x[:, 0], y[:, 0]),
        lambda a, b: np.corrcoef(a, b)[0, 1],
        paired=True,
        vectorized=False,
        method="percentile",
        n_resamples=1_000,
        rng=1,
    ).confidence_interval
    np.testing.assert_allclose(interval(draws), [theirs.low, theirs.high], atol=0.02)


def test_units_that_never_vary_read_out_nothing() -> None:
    target = ReadoutTarget("size", RNG.normal(size=(40, 1)))
    folds = folds_of([target], 40, 4, 0)
    said = predictions(np.zeros((40, 3)), [target], folds)[0]
    assert scores(target, said, folds, np.ones((1, 40)))[0] == 0


def test_a_network_of_somebody_elses_is_read_out_too(of_keras: Any, images: Any) -> None:
    found = hw.transfer.readouts(of_keras, images, ["IT"], ["size", hw.goal.Identity()], units=8)
    assert found.trained.shape == (1, 2, 3)
    assert found.goals == ("size", "identity")
    assert any("batch normali" in note for note in found.notes)


def test_two_areas_are_compared_on_the_same_images(found: Any) -> None:
    between = found.compare("IT", "V1")
    np.testing.assert_allclose(between[:, 0], found.trained[1, :, 0] - found.trained[0, :, 0])
    np.testing.assert_allclose(between[:, 1:], -found.compare("V1", "IT")[:, :0:-1])
    assert (found.compare("IT", "IT") == 0).all()
    with pytest.raises(ValueError, match="Accepted are 'V1', 'IT'"):
        found.compare("IT", "V3")


def test_without_the_untrained_network_nothing_is_said_of_training(trained: Any, images: Any) -> None:
    told: list[tuple[int, int]] = []
    found = hw.transfer.readouts(
        trained,
        images,
        ["V1"],
        ["size"],
        untrained=False,
        units=8,
        progress=lambda *far: told.append(far),
    )
    assert np.isnan(found.difference).all()
    assert not found.has_changed.any()
    assert [done for done, _ in told] == [0, 1]


def test_the_table_has_a_row_for_each_area_and_goal(found: Any) -> None:
    lines = found.to_csv_text().splitlines()
    assert len(lines) == 1 + 2 * 5
    assert lines[0].startswith("area,goal,score,chance,pixels,untrained,")
    assert "not fitted anew" in repr(found)


def test_what_cannot_be_read_out_is_refused_in_a_sentence(trained: Any, images: Any) -> None:
    plain = hw.StimulusSet(images.images)
    for call, words in (
        (lambda: hw.transfer.readouts(trained, plain), "nothing to be read out"),
        (lambda: hw.transfer.readouts(trained, images, goals=["seize"]), "the nearest is 'size'"),
        (lambda: hw.transfer.readouts(trained, images, goals=["segmentation"]), "no linear readout says"),
        (lambda: hw.transfer.readouts(trained, images[:40], goals=["categorization", "identity"]), "too few"),
        (lambda: hw.transfer.readouts(trained, images, areas=["MT"]), "no area of the model"),
        (lambda: hw.transfer.readouts(trained, images, n_folds=1), "at least 2"),
    ):
        with pytest.raises(ValueError, match=words):
            call()
    with pytest.raises(TypeError, match="from_keras"):
        hw.transfer.readouts(trained.network, images)
