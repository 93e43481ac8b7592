"""A person's own images, recordings and model in Lab: chosen first, trained, scored; anything else is refused."""

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras
from hcnn_widgets.widgets.lab.lab_menu import standard_menu
from hcnn_widgets.widgets.lab.lab_own import OWN_IMAGES, OWN_RECORDINGS, menu_with_own

RNG = np.random.default_rng(0)
IMAGES = hw.StimulusSet.from_arrays(RNG.random((40, 8, 8)), labels=np.arange(40) // 20, name="mine")
V4 = hw.RecordingSet(RNG.normal(size=(2, 40, 5)), IMAGES.stimulus_ids, "V4", labels=IMAGES.labels, stimuli=IMAGES)


@pytest.fixture(scope="module")
def model():
    image = keras.Input((8, 8, 1))
    area = keras.layers.Conv2D(2, 3, name="conv")(image)
    network = keras.Model(image, keras.layers.Dense(2)(keras.layers.Flatten()(area)), name="mine")
    goal, rule = hw.goal.Categorization(dropout=0.0), hw.learning.Backpropagation(batch_size=20)
    return hw.GoalDrivenModel.from_keras(network, {"V4": "conv"}, goal, rule, categories=[0, 1])


def test_what_a_person_brings_is_chosen_first_and_the_rest_stays_on_offer(page, model) -> None:
    lab = hw.widgets.Lab(images=IMAGES, recordings=V4, model=model)
    setting, usual = lab.choices.setting, standard_menu()
    assert (setting.images, setting.recordings, setting.n_images) == (OWN_IMAGES, OWN_RECORDINGS, 64)
    assert (setting.architecture, setting.goal, setting.rule) == ("mine", "categorization", "backpropagation")
    assert set(usual.images) < set(lab._menu.images)
    assert set(usual.recordings) < set(lab._menu.recordings)
    assert len(lab._menu.architectures) == 1
    lab.close()


def test_own_model_images_and_recordings_are_trained_and_scored(page, model, ticker) -> None:
    before = np.array(model.network.get_weights()[0])
    scored = []
    lab = hw.widgets.Lab(
        images=IMAGES, recordings=[V4], model=model, ticker=ticker, score=lambda *given: scored.append(given)
    )
    page.change(lab.choices._epochs, value=2.0)
    page.click(lab._train)
    assert lab._work.wait(60)
    assert lab.run is not None, lab.monitor.panel.message
    assert lab.run.join(60)
    assert (lab.run.state, lab.run.model) == ("finished", model)
    assert lab.stimuli is IMAGES
    assert lab.recordings == [V4]
    assert scored == [(lab.run, [V4])] * 3, "trace, bars and brain map"
    assert np.abs(model.network.get_weights()[0] - before).max() > 0
    lab.close()


def test_images_of_another_size_are_adapted_to_the_model(model) -> None:
    own = menu_with_own(standard_menu(), None, None, model).architectures["mine"]
    assert own(input_shape=(8, 8, 1)) is own
    with pytest.raises(ValueError, match=r"`input_shape` is fixed\. Accepted is that of mine, \(8, 8, 1\); received"):
        own(input_shape=(16, 16, 3))
    assert own().input_shape == (8, 8, 1)


def test_a_model_that_is_not_built_yet_says_its_size_too() -> None:
    spec = hw.architecture.hcnn(input_shape=(16, 16, 1))
    menu = menu_with_own(standard_menu(), None, None, hw.GoalDrivenModel(spec))
    assert menu.architectures["hcnn"]().input_shape == (16, 16, 1)


def test_fewer_of_the_own_images_are_spread_over_the_set() -> None:
    make = menu_with_own(standard_menu(), IMAGES, None, None).images[OWN_IMAGES]
    assert make(64) is make(40) is IMAGES
    assert np.bincount(make(10).label_indices()).tolist() == [5, 5]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            {"images": IMAGES.images},
            r"`images` is of another kind\. Accepted is a StimulusSet, as hw\.StimulusSet\.from",
        ),
        ({"recordings": IMAGES}, r"`recordings` are none\. Accepted are a RecordingSet"),
        (
            {"model": "hcnn"},
            r"`model` is of another kind\. Accepted is a GoalDrivenModel, as .*from_keras.*received str",
        ),
        ({"modle": 1}, r"`modle` is no argument of Lab\. Accepted are .*; the nearest is 'model'"),
    ],
)
def test_what_is_not_of_its_kind_is_refused(page, given, words) -> None:
    with pytest.raises(TypeError, match=words):
        hw.widgets.Lab(**given)
