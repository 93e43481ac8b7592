"""A set whose images are still being made is a set like any other, except that its images are waited for."""

import copy
import pickle
import threading

import numpy as np
import pytest
from images_by_hand import Making

import hcnn_widgets as hw
from hcnn_widgets.stimuli.arriving_stimuli import ArrivingStimuli
from hcnn_widgets.stimuli.rendering.growing_images import GrowingImages
from hcnn_widgets.stimuli.rendering.object_blocks import BLOCK

N = 2 * BLOCK + 10
LABELS = np.array(["cat", "dog", "eel"])[np.arange(N) % 3]
IDS = np.array([f"image{number}" for number in range(N)])
IMAGES = np.random.default_rng(0).random((N, 4, 4, 1), dtype=np.float32)


@pytest.fixture
def making() -> Making:
    return Making(IMAGES)


@pytest.fixture
def arriving(making: Making) -> ArrivingStimuli:
    latents = {"angle": np.arange(float(N))}
    return ArrivingStimuli(making, np.arange(N), IDS, LABELS, latents, {"angle": "deg"}, 5.0, "zoo")


@pytest.fixture
def plain() -> hw.StimulusSet:
    return hw.StimulusSet(IMAGES, IDS, LABELS, {"angle": np.arange(float(N))}, {"angle": "deg"}, 5.0, "zoo")


def test_all_but_the_images_is_known_before_there_is_one(arriving, plain) -> None:
    assert isinstance(arriving, hw.StimulusSet)
    assert repr(arriving) == repr(plain).replace("StimulusSet", "StimulusSet", 1)
    assert (len(arriving), arriving.image_shape, arriving.categories) == (N, (4, 4, 1), ("cat", "dog", "eel"))
    np.testing.assert_array_equal(arriving.label_indices(), plain.label_indices())
    np.testing.assert_array_equal(arriving.latents["angle"], plain.latents["angle"])
    assert (arriving.n_ready, arriving.arriving) == (0, True)


def test_reading_the_images_waits_for_the_last(making, arriving) -> None:
    read: list[np.ndarray] = []
    reader = threading.Thread(target=lambda: read.append(arriving.images))
    reader.start()
    making.make(0, 1)
    reader.join(0.05)
    assert read == []
    making.make(2)
    reader.join(10)
    np.testing.assert_array_equal(read[0], IMAGES)
    assert not arriving.arriving
    with pytest.raises(ValueError, match="read-only"):
        read[0][0] = 0


def test_only_the_first_without_a_gap_count_as_there(making, arriving) -> None:
    making.make(1)
    assert arriving.n_ready == 0
    making.make(0)
    assert arriving.n_ready == 2 * BLOCK
    assert arriving.wait(2 * BLOCK, 0)
    assert not arriving.wait(2 * BLOCK + 1, 0)
    np.testing.assert_array_equal(arriving.images_from(3, 70), IMAGES[3:70])


def test_a_part_waits_for_its_own_images_alone(making, arriving) -> None:
    making.make(0)
    part = arriving[[40, 3, 2 * BLOCK, 7]]
    np.testing.assert_array_equal(arriving[[40, 3]].images, IMAGES[[40, 3]])
    assert part.n_ready == 2  # what stands behind one that is missing has to wait for it
    assert part.stimulus_ids.tolist() == ["image40", "image3", "image128", "image7"]
    making.make(1, 2)
    np.testing.assert_array_equal(part.images, IMAGES[[40, 3, 2 * BLOCK, 7]])
    np.testing.assert_array_equal(arriving[5].images, IMAGES[[5]])
    np.testing.assert_array_equal(arriving[LABELS == "cat"].images, IMAGES[LABELS == "cat"])


def test_it_is_split_as_the_same_set_is_when_all_is_there(arriving, plain) -> None:
    for part, of_plain in zip(arriving.split(0.2, seed=3), plain.split(0.2, seed=3), strict=True):
        np.testing.assert_array_equal(part.stimulus_ids, of_plain.stimulus_ids)
        np.testing.assert_array_equal(part.labels, of_plain.labels)
        np.testing.assert_array_equal(part.latents["angle"], of_plain.latents["angle"])


@pytest.mark.parametrize(
    ("indices", "words"),
    [([], "`images` has the wrong shape"), ([1, 1], "`stimulus_ids` must differ from one another")],
)
def test_what_no_set_may_be_is_refused_before_any_image_is_there(arriving, indices, words) -> None:
    with pytest.raises(ValueError, match=words):
        arriving.select(indices)


@pytest.mark.parametrize(
    "made", [copy.copy, copy.deepcopy, lambda it: pickle.loads(pickle.dumps(it)), lambda it: it.whole()],
    ids=["copy", "deepcopy", "pickle", "whole"],
)  # fmt: skip
def test_a_copy_is_a_plain_set(making, arriving, made) -> None:
    making.make(0, 1, 2)
    copied = made(arriving)
    assert type(copied) is hw.StimulusSet
    np.testing.assert_array_equal(copied.images, IMAGES)
    assert (copied.name, copied.degrees, copied.latent_units) == ("zoo", 5.0, {"angle": "deg"})


def test_it_is_adapted_once_all_is_there_and_left_alone_where_it_fits(making, arriving, plain) -> None:
    assert arriving.adapted_to((4, 4, 1)) is arriving
    making.make(0, 1, 2)
    adapted = arriving.adapted_to((2, 2, 3))
    np.testing.assert_array_equal(adapted.images, plain.adapted_to((2, 2, 3)).images)


def test_blocks_that_were_given_back_are_taken_on_again_in_their_order() -> None:
    growing = GrowingImages(4 * BLOCK, 4)
    taken = [growing.take() for _ in range(3)]
    growing.give_back([taken[2], taken[1]])
    assert [growing.take() for _ in range(4)] == [1, 2, 3, None]
