import numpy as np
import pytest

from hcnn_widgets import StimulusSet

RNG = np.random.default_rng(0)


@pytest.mark.parametrize("largest", [1, 16])
def test_bytes_of_few_levels_are_refused_and_their_divisor_named(largest):
    images = RNG.integers(0, largest + 1, (6, 8, 8)).astype(np.uint8)
    with pytest.raises(
        ValueError, match=rf"`images` are bytes from 0 to {largest}, .* Divide them: images / {largest}\."
    ):
        StimulusSet.from_arrays(images)
    assert StimulusSet.from_arrays(images / largest).images.max() == 1


def test_bytes_of_pictures_and_black_ones_are_taken():
    assert StimulusSet.from_arrays(np.full((2, 4, 4), 255, np.uint8)).images.max() == 1
    assert StimulusSet.from_arrays(np.zeros((2, 4, 4), np.uint8)).images.max() == 0


@pytest.mark.parametrize(
    ("shape", "advice"),
    [
        ((4, 3, 8, 8), r"Channels come last here: np\.moveaxis\(images, 1, -1\)"),
        ((4, 1, 8, 8), r"Channels come last here"),
        ((4, 8, 8, 4), r"Leave the alpha channel out: images\[\.\.\., :3\]"),
        ((8, 8, 3), r"A single image is a set of one: images\[np\.newaxis\]"),
        ((8, 8, 4), r"A single image is a set of one"),
    ],
)
def test_axes_that_may_mean_something_else_are_refused_with_what_helps(shape, advice):
    with pytest.raises(ValueError, match=rf"`images` have axes that may mean something else.*{advice}"):
        StimulusSet.from_arrays(np.zeros(shape, np.float32))


@pytest.mark.parametrize("shape", [(4, 8, 8), (4, 8, 8, 1), (4, 8, 8, 3), (4, 3, 3, 3), (9, 8, 3), (4, 8, 8, 2)])
def test_other_shapes_are_taken(shape):
    assert len(StimulusSet.from_arrays(np.zeros(shape, np.float32))) == shape[0]


@pytest.mark.parametrize("names", [{"stimulus_ids": ["a", "b", "c"]}, {"labels": [0, 1, 1]}], ids=["ids", "labels"])
def test_as_many_names_as_images_tell_a_stack_from_a_single_image(names):
    assert StimulusSet.from_arrays(np.zeros((3, 3, 3)), **names).images.shape == (3, 3, 3, 1)


@pytest.mark.parametrize(
    "labels",
    [
        np.array([0.0, np.nan, 1.0]),
        ["cat", None, "dog"],
        np.array(["cat", np.nan, "dog"], dtype=object),
    ],
    ids=["nan among numbers", "None among text", "nan among text"],
)
@pytest.mark.parametrize("argument", ["labels", "stimulus_ids"])
def test_what_is_missing_is_no_category_and_no_id(argument, labels):
    words = rf"`{argument}` are missing for 1 of 3 stimuli, first in row 1\. Accepted is text or a number for each"
    with pytest.raises(ValueError, match=words):
        StimulusSet.from_arrays(np.zeros((3, 4, 4)), **{argument: labels})


def test_whole_numbers_are_named_without_a_point():
    stimuli = StimulusSet.from_arrays(np.zeros((3, 4, 4)), labels=[1.0, 2.0, 1.0], stimulus_ids=np.array([7.0, 8, 9]))
    assert stimuli.categories == ("1", "2")
    assert stimuli.stimulus_ids.tolist() == ["7", "8", "9"]


@pytest.mark.parametrize(
    "labels",
    [np.eye(3)[[2, 0, 1, 2]], np.eye(3, dtype=bool)[[2, 0, 1, 2]], [[2], [0], [1], [2]], np.array([2.0, 0, 1, 2])],
    ids=["one-hot", "one-hot of truth values", "a column", "floats"],
)
def test_labels_of_keras_are_taken_as_the_numbers_that_they_stand_for(labels):
    stimuli = StimulusSet.from_arrays(np.zeros((4, 4, 4)), labels=labels)
    assert stimuli.labels.tolist() == ["2", "0", "1", "2"]
    assert stimuli.stimulus_ids.tolist() == [f"stimulus-{number:05d}" for number in range(4)]


@pytest.mark.parametrize(
    "labels",
    [
        [[1, 1, 0], [0, 0, 1]],
        [[0.9, 0.1], [0.2, 0.8]],
        [[0, 0], [1, 0]],
        [["a", "b"], ["c", "d"]],
        [[[1, 0]], [[0, 1]]],
    ],
    ids=["two at once", "probabilities", "none", "texts", "three dimensions"],
)
def test_several_labels_an_image_are_refused(labels):
    with pytest.raises(ValueError, match=r"`labels` must have one value per stimulus\. Accepted is the shape \(2,\)"):
        StimulusSet.from_arrays(np.zeros((2, 4, 4)), labels=labels)


def test_the_record_itself_makes_ids_where_none_are_given():
    stimuli = StimulusSet(images=np.zeros((2, 4, 4, 1), np.float32), labels=["cat", "dog"], name="zoo")
    assert stimuli.stimulus_ids.tolist() == ["zoo-00000", "zoo-00001"]
    assert stimuli[[1]].stimulus_ids.tolist() == ["zoo-00001"]
