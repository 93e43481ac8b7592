import threading

import numpy as np
import pytest
from brain_side import StandInModel, activations, recordings, stimuli

from hcnn_widgets.mapping.live.at_rest.match import match_at_rest
from hcnn_widgets.mapping.live.at_rest.scores import scores_at_rest
from hcnn_widgets.mapping.live.at_rest.source import ActivationsAtRest, source_of
from hcnn_widgets.mapping.maps.splits import SPLITS
from hcnn_widgets.mapping.prediction.predictivity import predictivity
from hcnn_widgets.widgets.scores.work_at_rest import WorkAtRest


def scored(source=None, brains=None, *choices, kind=scores_at_rest):
    work = WorkAtRest(kind, source_of(source or activations()), brains or recordings())
    work.use(*(choices or ("ridge", "kfold")))
    assert work.wait(30)
    return work


def test_the_scores_are_those_of_predictivity():
    brains = [recordings("V4"), recordings("IT", seed=2)]
    shown = scored(None, brains).latest
    for row, brain in zip(shown.scores, brains, strict=True):
        expected = predictivity(activations(), brain, "ridge", "kfold")
        for score, other in zip(row, expected.values(), strict=True):
            assert score.value == pytest.approx(other.value, abs=1e-12)
    assert np.isfinite(shown.pixels).all()
    assert np.isnan(shown.untrained).all()


def test_a_model_is_scored_beside_its_untrained_twin_and_the_pixels():
    shown = scored(StandInModel(), [recordings("V4"), recordings("V1", shown=stimuli(30))]).latest
    assert (shown.value[:, 1] > 0.9).all()
    assert (shown.untrained[:, 1] < 0.5).all()
    assert "4,096 random units" in shown.convention


def test_without_images_there_is_no_row_of_pixels():
    assert np.isnan(scored(None, recordings(stimuli=None)).latest.pixels).all()


@pytest.mark.parametrize("splits", SPLITS)
def test_every_way_of_splitting_works_with_as_many_folds_as_there_are_categories(splits):
    work = scored(None, recordings(), "ridge", splits)
    assert work.error is None
    assert work.latest.scores[0][0].splits == splits


def test_corrections_that_need_maps_of_their_own_are_fitted_when_asked_for():
    work = scored(None, recordings(), "ridge", "kfold", "r2/(c*m)")
    assert np.isfinite(work.latest.corrected("r2/(c*m)")[0, 1])


def test_what_is_wrong_with_a_choice_is_said_and_the_last_scores_stay():
    work = scored(None, recordings(labels=None, stimuli=None))
    before = work.latest
    work.use("ridge", "brain-score")
    assert work.wait(30)
    assert "`splits='brain-score'` is stratified by object" in work.error
    assert work.latest is before
    work.use("ridge", "kfold")
    assert work.wait(30)
    assert work.error is None


class Slow(ActivationsAtRest):
    """Activations that are there when told so."""

    words = "fetching"

    def __init__(self):
        super().__init__(activations())
        self.asked, self.go = threading.Event(), threading.Event()

    def trained(self, recordings):
        self.asked.set()
        assert self.go.wait(30)
        return super().trained(recordings)


@pytest.mark.parametrize("kind", [scores_at_rest, match_at_rest])
def test_a_newer_choice_takes_the_place_of_one_under_way(kind):
    source = Slow()
    work = WorkAtRest(kind, source, recordings())
    work.use("ridge", "kfold")
    assert source.asked.wait(30)
    assert work.alive
    assert work.words == "fetching…"
    work.use("ridgecv", "kfold")
    source.go.set()
    assert work.wait(30)
    assert not work.alive
    assert work.words == ""
    assert work.latest.convention.startswith("RidgeCV")


@pytest.mark.parametrize("kind", [scores_at_rest, match_at_rest])
def test_what_is_closed_comes_to_nothing(kind):
    source = Slow()
    work = WorkAtRest(kind, source, recordings())
    assert not work.alive
    work.use("ridge", "kfold")
    assert source.asked.wait(30)
    work.close()
    source.go.set()
    assert work.wait(30)
    assert work.latest is None
    assert (work.alive, work.error, work.words) == (False, None, "")


def test_progress_tells_what_is_scored_and_how_long_it_may_take(monkeypatch):
    said = []
    work = WorkAtRest(scores_at_rest, source_of(activations()), recordings())
    original = type(work._job)._tell

    def tell(job, done, total):
        original(job, done, total)
        said.append(work.words)

    monkeypatch.setattr(type(work._job), "_tell", tell)
    work.use("ridge", "kfold")
    assert work.wait(30)
    assert said[0] == "scoring model area noise: 1 of 3…"
    assert said[1].startswith("scoring model area right: 2 of 3, ")
    assert said[2].startswith("scoring image pixels: 3 of 3, ")
    assert said[2].endswith("s left…")


def test_what_goes_wrong_in_computing_is_said_whatever_it_is():
    source, brains, asked = source_of(activations()), (recordings(),), []

    def compute(*arguments):
        asked.append(arguments[:5])
        return 1 / 0

    work = WorkAtRest(compute, source, brains)
    work.use("ridge", "kfold", "r2/(c*m)")
    assert work.wait(30)
    assert work.error == "Something went wrong here: ZeroDivisionError: division by zero."
    assert work.latest is None
    assert asked == [(source, brains, "ridge", "kfold", ("r2/(c*m)",))]


def test_choices_that_come_back_before_their_work_has_noticed_are_worked_out():
    begun, may_go_on = threading.Semaphore(0), threading.Semaphore(0)

    def compute(source, recordings, method, splits, corrections, tell):
        begun.release()
        may_go_on.acquire(timeout=10)
        return method if tell("scoring", 0, 0) else None

    work = WorkAtRest(compute, source_of(activations()), recordings())
    work.use("ridge", "kfold")
    begun.acquire(timeout=10)
    work.use("pls", "kfold")
    work.use("ridge", "kfold")
    may_go_on.release(3)
    assert work.wait(10)
    assert (work.latest, work.settled) == ("ridge", True)
