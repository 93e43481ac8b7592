"""Where a network in training stands: the same quantities as at its end, measured while it learns."""

import threading

import pytest
from sklearn.linear_model import RidgeClassifierCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import hcnn_widgets as hw
from hcnn_widgets.sweeps.live_place import MOST_IMAGES, LivePlace
from hcnn_widgets.sweeps.one_network import Task

WAIT_S = 120
UNITS = 24


@pytest.fixture(autouse=True)
def steps_one_by_one(uncompiled: None) -> None:
    """Have the steps done one by one: to compile them takes far longer than to do so few."""


def test_a_moment_has_the_readout_and_the_match_of_the_network_at_its_step() -> None:
    learnt, held_out = hw.stimuli.objects(80, size=16, seed=0).split(0.2, seed=0)
    v4 = hw.mapping.simulated_cortex(hw.stimuli.objects(48, size=16, seed=5), n_sites=6, seed=0)["V4"]
    model = hw.GoalDrivenModel(hw.architecture.hcnn(["V1", "IT"], 4, 3, input_shape=(16, 16, 1)), seed=0)
    run = model.train(learnt, validation=held_out, epochs=4, seed=0)
    run.pause()
    place = LivePlace(run, Task(learnt, held_out, v4, 4, UNITS, 0, by_readout=True))
    for _ in range(10 * WAIT_S):
        if place.latest is not None or place.error:
            break
        threading.Event().wait(0.1)
    assert place.error is None
    moment = place.latest
    assert moment is not None
    assert moment.step == run.steps_done
    by_hand = make_pipeline(StandardScaler(), RidgeClassifierCV(alphas=(1, 10, 100, 1_000, 10_000)))
    by_hand.fit(model.record(learnt, units=UNITS)["IT"], learnt.labels)
    assert moment.accuracy == by_hand.score(model.record(held_out, units=UNITS)["IT"], held_out.labels)
    match = hw.mapping.layer_area_match(model.record(v4.stimuli, units=UNITS), v4, n_folds=5)
    scores = dict(zip(match.model_areas, match.reporting[0], strict=True))
    assert moment.best == pytest.approx(scores[moment.best_area], abs=0.02)  # penalties stand closer together there
    assert place.words == "on all 80 images"
    run.resume()
    assert run.join(WAIT_S)
    assert place.join(WAIT_S)
    assert place.history[-1].step <= run.steps_done
    assert len({each.step for each in place.history}) == len(place.history)


def test_of_many_images_some_of_each_category_are_measured() -> None:
    images = hw.stimuli.objects(3 * MOST_IMAGES, size=8, seed=0)
    learnt, held_out = images.split(0.2, seed=0)
    v4 = hw.mapping.simulated_cortex(hw.stimuli.objects(48, size=8, seed=5), n_sites=6, seed=0)["V4"]
    model = hw.GoalDrivenModel(hw.architecture.hcnn(["V1"], 2, 3, input_shape=(8, 8, 1)), seed=0)
    run = model.train(learnt, validation=held_out, epochs=1, seed=0)
    run.stop()
    place = LivePlace(run, Task(learnt, held_out, v4, 1, UNITS, 0, by_readout=True))
    place.close()
    assert place.words == f"on {MOST_IMAGES + len(held_out)} of {len(images)} images"
    assert {str(label) for part in place._parts for label in part.labels} == set(images.categories)
    assert run.join(WAIT_S)
