import copy
import dataclasses
import pickle

import pytest

from hcnn_widgets.architecture import ArchitectureSpec, area, filter

V1 = area("V1", [filter(2)], ["image"])
BOTH = area("V1", [filter(2)], ["image", "sound"])


def test_a_single_input_is_an_image_unless_it_has_a_name() -> None:
    assert ArchitectureSpec((V1,), (8, 8, 3)).input_shapes == {"image": (8, 8, 3)}
    named = ArchitectureSpec((area("A1", [filter(2)]),), inputs={"sound": (8, 12, 1)})
    assert named.input_shapes == {"sound": (8, 12, 1)}
    assert named.input_shape == (8, 12, 1)


def test_a_spec_of_several_inputs_is_hashed_copied_and_changed_as_any_record() -> None:
    shapes = {"image": (8, 8, 1), "sound": (3, 8, 8, 2)}
    spec = ArchitectureSpec((BOTH,), time_steps=3, inputs=shapes)
    assert spec == pickle.loads(pickle.dumps(spec)) == copy.deepcopy(spec) == dataclasses.replace(spec)
    assert hash(spec) == hash(copy.deepcopy(spec))
    shapes["image"] = (4, 4, 1)
    assert spec.input_shapes["image"] == (8, 8, 1)
    assert spec != dataclasses.replace(spec, inputs={"image": (8, 8, 2), "sound": (8, 8, 1)}, input_shape=(8, 8, 2))


@pytest.mark.parametrize(
    "inputs", [[("image", (8, 8, 1))], None, 3, ("image",), {f"i{n}": (8, 8, 1) for n in range(17)}]
)
def test_inputs_that_are_no_mapping_are_refused(inputs) -> None:
    says = (
        "`inputs` of architecture are no inputs; a mapping from the names of up to 16 to their shapes is accepted; rec"
    )
    with pytest.raises(ValueError, match=says):
        ArchitectureSpec((V1,), inputs=inputs)


@pytest.mark.parametrize("name", ["readout", "", 3, "image.frames"])
def test_a_name_that_no_input_can_have_is_refused(name) -> None:
    with pytest.raises(
        ValueError, match="`inputs` of architecture hold a name that is not usable; accepted are 1 to 4"
    ):
        ArchitectureSpec((V1,), inputs={name: (8, 8, 1)})


def test_an_input_named_as_an_area_is_refused() -> None:
    says = (
        "`inputs` of architecture hold 'V1', which is an area, too; names of their own are accepted; received areas V1"
    )
    with pytest.raises(ValueError, match=says):
        ArchitectureSpec((area("V1", [filter(2)]),), inputs={"V1": (8, 8, 1)})


def test_a_shape_beside_inputs_that_says_otherwise_is_refused() -> None:
    says = (
        r"`input_shape` of architecture is not the shape of the first of its `inputs`; .* \(4, 8, 1\) and \(8, 8, 1\)"
    )
    with pytest.raises(ValueError, match=says):
        ArchitectureSpec((V1,), (4, 8, 1), inputs={"image": (8, 8, 1)})


@pytest.mark.parametrize("shape", [(8, 8), (3, 8, 8, 1, 1), "image", None])
def test_a_shape_of_no_image_and_no_sequence_is_refused(shape) -> None:
    says = (
        r"`inputs\['image'\]` of architecture is no shape of an image; \(height, width, n_channels\), or \(3, height, "
        r"width, n_channels\) of a sequence, is accepted; got "
    )
    with pytest.raises(ValueError, match=says):
        ArchitectureSpec((V1,), time_steps=3, inputs={"image": shape})


def test_a_sequence_of_fewer_frames_than_time_steps_is_refused() -> None:
    says = "`input_shape` of architecture has another number of time steps; as many as time_steps, 3, are .* received 2"
    with pytest.raises(ValueError, match=says):
        ArchitectureSpec((V1,), (2, 8, 8, 1), time_steps=3)


def test_a_sequence_of_more_frames_than_time_steps_is_refused() -> None:
    with pytest.raises(ValueError, match=r"`input_shape\[0\]` of architecture is out of range; .* 1 to 3 .*; got 4"):
        ArchitectureSpec((V1,), (4, 8, 8, 1), time_steps=3)


@pytest.mark.parametrize("time_steps", [0, 65, -1])
def test_a_number_of_time_steps_out_of_bounds_is_refused(time_steps: int) -> None:
    with pytest.raises(ValueError, match="`time_steps` of architecture is out of range; a whole number from 1 to 64"):
        ArchitectureSpec((V1,), time_steps=time_steps)
