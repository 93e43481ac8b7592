import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.maps.splits import kfold
from hcnn_widgets.mapping.prediction.repeated_images import images_of, twin_note, without_twins
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

NUMBERS = st.lists(st.integers(0, 6), min_size=6, max_size=20)


@given(NUMBERS)
@settings(max_examples=40, deadline=None)
def test_stimuli_are_the_same_image_where_their_pixels_are(numbers) -> None:
    pixels = np.random.default_rng(0).random((7, 3, 4, 3))[numbers]
    images = images_of(StimulusSet.from_arrays(pixels))
    numbers = np.array(numbers)
    np.testing.assert_array_equal(images[:, np.newaxis] == images, numbers[:, np.newaxis] == numbers)


@given(NUMBERS)
@settings(max_examples=40, deadline=None)
def test_no_image_is_fitted_on_where_it_is_tested_on_and_nothing_else_is_lost(numbers) -> None:
    images = np.array(numbers)
    before = kfold(len(images), None, 3)
    for (train, test), (all_train, all_test) in zip(without_twins(before, images), before, strict=True):
        np.testing.assert_array_equal(test, all_test)
        assert set(train) == {row for row in all_train if images[row] not in images[test]}


def test_the_note_counts_stimuli_and_images() -> None:
    assert twin_note(np.arange(4)) is None
    assert twin_note(np.array([0, 1, 0, 2, 1, 0])).startswith("5 stimuli show 2 images under several ids")
