import ml_dtypes
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.records import given_arrays
from hcnn_widgets.records.given_arrays import as_array, numbers, text
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

IDS = ["a", "b", "c"]
IMAGES = np.zeros((3, 4, 4, 1), np.float32)


def masked(values) -> np.ma.MaskedArray:
    """Hide the last value."""
    array = np.ma.array(values)
    array[(-1,) * array.ndim] = np.ma.masked
    return array


@given(arrays(np.bool_, (3, 4)), st.booleans())
@settings(max_examples=30, deadline=None)
def test_an_array_is_taken_if_and_only_if_nothing_in_it_is_hidden(mask, as_list) -> None:
    numbers = np.ma.array(np.arange(12.0).reshape(3, 4), mask=mask)
    given_array = list(numbers) if as_list else numbers
    if not mask.any():
        taken = as_array("x", given_array)
        assert type(taken) is np.ndarray
        np.testing.assert_array_equal(taken, np.arange(12.0).reshape(3, 4))
        return
    with pytest.raises(ValueError, match=rf"^`x` hides values behind a mask\. Accepted .*; received {mask.sum()} of"):
        as_array("x", given_array)


def test_what_is_hidden_is_found_behind_numbers_and_in_lists_of_lists() -> None:
    for values in ([1.0, 2.0, np.ma.masked], [[1.0, 2.0], [3.0, np.ma.masked]], ([1.0, 2.0], masked([3.0, 4.0]))):
        with pytest.raises(ValueError, match="received 1 of them"):
            as_array("x", values)


def test_of_a_list_of_numbers_not_every_single_one_is_looked_at(monkeypatch) -> None:
    looked_at: list[object] = []
    look = given_arrays._n_masked
    monkeypatch.setattr(given_arrays, "_n_masked", lambda one: (looked_at.append(one), look(one))[1])
    assert as_array("x", [[float(row)] * 50 for row in range(20)]).shape == (20, 50)
    assert len(looked_at) == 21


def test_rows_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match=r"`x` has rows of different lengths\. Accepted .*; received a list of 2\."):
        as_array("x", [[1, 2], [3]])


@pytest.mark.parametrize(
    ("argument", "make"),
    [
        (r"activations\['IT'\]", lambda: ActivationSet({"IT": masked(np.eye(3))}, IDS)),
        (r"activations\['IT'\]", lambda: ActivationSet({"IT": list(masked(np.eye(3)))}, IDS)),
        ("stimulus_ids", lambda: ActivationSet({"IT": np.eye(3)}, masked(IDS))),
        ("images", lambda: StimulusSet(masked(IMAGES), np.array(IDS))),
        ("images", lambda: StimulusSet.from_arrays(masked(IMAGES))),
        ("stimulus_ids", lambda: StimulusSet(IMAGES, masked(IDS))),
        ("stimulus_ids", lambda: StimulusSet.from_arrays(IMAGES, stimulus_ids=masked([1, 2, 3]))),
        ("labels", lambda: StimulusSet(IMAGES, np.array(IDS), masked(IDS))),
        ("labels", lambda: StimulusSet.from_arrays(IMAGES, masked([0, 1, 0]))),
        (
            r"latents\['x'\]",
            lambda: StimulusSet.from_arrays(IMAGES, latents={"x": masked([0, 1, 0])}, latent_units={"x": "deg"}),
        ),
    ],
)
def test_what_is_hidden_behind_a_mask_makes_no_record(argument, make) -> None:
    with pytest.raises(ValueError, match=rf"`{argument}` hides values behind a mask"):
        make()


@pytest.mark.parametrize("dtype", ["?", "i1", "u8", "f2", "f4", "f8", "g", ml_dtypes.bfloat16])
def test_numbers_of_every_real_type_are_numbers(dtype) -> None:
    values = np.array([0, 1, 1]).astype(dtype)
    assert numbers("x", values) is values


@pytest.mark.parametrize("values", [[1j], ["1.5"], [b"1"], np.array([1.5], "O"), np.array(["2020"], "M8[D]"), [None]])
def test_what_are_no_real_numbers_is_refused_whatever_numpy_could_make_of_it(values) -> None:
    with pytest.raises(TypeError, match=r"`x` must be numbers\. Accepted is a float array; received dtype "):
        numbers("x", values)


@pytest.mark.parametrize("dtype", [object, np.str_, np.dtypes.StringDType()])
def test_text_is_text_however_it_is_kept(dtype) -> None:
    taken = text("x", np.array([["a", "köter"]], dtype=dtype))
    assert taken.dtype == "<U5"
    assert taken.tolist() == [["a", "köter"]]
    assert text("x", []).dtype.kind == "U"


@pytest.mark.parametrize("values", [[1, 2], [b"a"], np.array(["a", 1], "O"), np.array(["a", None], "O"), [None]])
def test_what_is_no_text_is_refused(values) -> None:
    with pytest.raises(TypeError, match=r"`x` must be text\. Accepted is an array of str; received dtype \S+\. So\.$"):
        text("x", values, " So.")


@pytest.mark.parametrize("ids", [range(3), [1, 2, 3], np.arange(3)], ids=str)
def test_whole_numbers_in_place_of_text_are_refused_with_the_line_that_makes_text_of_them(ids) -> None:
    with pytest.raises(
        TypeError, match=r"received dtype int64\. np\.asarray\(\.\.\., dtype=str\) makes text of numbers\.$"
    ):
        text("stimulus_ids", ids)
    assert text("stimulus_ids", np.asarray(ids, dtype=str)).tolist() == [str(number) for number in ids]
