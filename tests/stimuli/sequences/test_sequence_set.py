"""Sequences as a record, and what they are refused by."""

import copy
from typing import Any

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.stimuli import SequenceSet

RNG = np.random.default_rng(0)
FRAMES = RNG.uniform(0, 1, (6, 3, 8, 10, 2)).astype(np.float32)


def some(**options: Any) -> SequenceSet:
    return SequenceSet(FRAMES, labels=np.array(["a", "b"] * 3), following=FRAMES[:, 0], **options)


def test_stills_and_channels_hold_the_frames_in_their_order_under_the_same_ids() -> None:
    sequences = some(name="s")
    beside = sequences.as_channels()
    assert beside.image_shape == (8, 10, 6)
    for frame in range(3):
        still = sequences.still(frame)
        np.testing.assert_array_equal(still.images, FRAMES[:, frame])
        np.testing.assert_array_equal(beside.images[..., 2 * frame : 2 * frame + 2], FRAMES[:, frame])
        assert still.stimulus_ids.tolist() == sequences.stimulus_ids.tolist() == beside.stimulus_ids.tolist()


def test_parts_keep_what_belongs_together() -> None:
    larger, smaller = some().split(1 / 3, seed=1)
    assert (len(larger), len(smaller)) == (4, 2)
    assert set(smaller.labels) == {"a", "b"}
    for part in (larger, smaller, some()[2], some()[np.array([5, 0])]):
        rows = [some().stimulus_ids.tolist().index(each) for each in part.stimulus_ids]
        np.testing.assert_array_equal(part.frames, FRAMES[rows])
        np.testing.assert_array_equal(part.following, FRAMES[rows, 0])


def test_frames_are_resized_as_images_are() -> None:
    small = some().adapted_to((3, 4, 5, 2))
    for frame in range(3):
        np.testing.assert_allclose(small.frames[:, frame], some().still(frame).adapted_to((4, 5, 2)).images, rtol=1e-6)
    assert small.following.shape == (6, 4, 5, 2)


def test_copies_cannot_be_written_to() -> None:
    for each in (some(), copy.deepcopy(some())):
        with pytest.raises(ValueError, match=r"read-only"):
            each.frames[0] = 0


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: SequenceSet(FRAMES[0]), "`frames` has the wrong shape. Accepted is .n_stimuli, n_frames, .*received"),
        (lambda: SequenceSet(FRAMES + 1), "values out of range"),
        (lambda: SequenceSet(FRAMES, following=FRAMES[1:, 0]), "`following` has the wrong shape. .*received"),
        (
            lambda: some().adapted_to((8, 10, 2)),
            "cannot be brought to this shape. Accepted is .* of 3 frames; received",
        ),
        (lambda: hw.StimulusSet(FRAMES), "`images` has the wrong shape"),
    ],
)
def test_what_is_no_sequence_is_refused(make: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        make()


def test_what_takes_images_refuses_sequences_and_what_takes_sequences_refuses_images() -> None:
    images = hw.StimulusSet(FRAMES[:, 0])
    recurrent = hw.architecture.recurrent_hcnn(areas=("V1",), input_shape=(3, 8, 10, 2))
    still = hw.architecture.hcnn(areas=("V1",), input_shape=(8, 10, 2))
    of_sequences, of_images = (hw.GoalDrivenModel(spec, hw.goal.Categorization()) for spec in (recurrent, still))
    for model in (of_sequences, of_images):
        model.build(("a", "b"))
    with pytest.raises(ValueError, match=r"are not what the network takes. Accepted are sequences.*received images"):
        of_sequences.record(images)
    with pytest.raises(ValueError, match=r"cannot be brought|are not what the network takes. Accepted are images"):
        of_images.record(some())
    with pytest.raises(ValueError, match=r"must be what the network takes, images of .*; received sequences"):
        of_images.train(some())
    labelled = hw.StimulusSet(FRAMES[:, 0], labels=np.array(["a", "b"] * 3))
    with pytest.raises(ValueError, match=r"must be what the network takes, sequences of .*; received images"):
        of_sequences.train(labelled)
    with pytest.raises(TypeError, match=r"Accepted is a StimulusSet.*; received SequenceSet"):
        hw.stimuli.masks(some())
    assert of_sequences.record(some())["V1"].shape[0] == 6


def test_the_picture_of_a_set_is_a_png() -> None:
    assert hw.stimuli.moving_digits(12)._repr_png_().startswith(b"\x89PNG")
