from dataclasses import FrozenInstanceError
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import hcnn_widgets as hw
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

IMAGES = np.linspace(0, 1, 6 * 4 * 4 * 1, dtype=np.float32).reshape(6, 4, 4, 1)
IDS = np.array([f"image{number}" for number in range(6)])
LABELS = np.array(["cat", "dog", "cat", "eel", "dog", "cat"])


def a_set(**changes) -> StimulusSet:
    parts = {
        "images": IMAGES,
        "stimulus_ids": IDS,
        "labels": LABELS,
        "latents": {"angle": np.arange(6.0)},
        "latent_units": {"angle": "deg"},
    }
    return StimulusSet(**parts | changes)


def test_a_set_holds_what_it_was_given() -> None:
    stimuli = a_set(name="zoo", degrees=5)
    np.testing.assert_array_equal(stimuli.images, IMAGES)
    assert stimuli.categories == ("cat", "dog", "eel")
    assert stimuli.label_indices().tolist() == [0, 1, 0, 2, 1, 0]
    assert len(stimuli) == 6
    assert repr(stimuli) == "StimulusSet('zoo', 6 images of 4 x 4 x 1, 3 categories, 5 deg wide)"
    assert repr(a_set(labels=None)) == "StimulusSet(6 images of 4 x 4 x 1, no labels, 8 deg wide)"
    assert hw.StimulusSet is StimulusSet


def test_nothing_in_a_set_can_be_changed_and_the_callers_arrays_can() -> None:
    images, latent = IMAGES.copy(), np.arange(6.0)
    stimuli = a_set(images=images, latents={"angle": latent})
    assert stimuli.labels is not None
    for array in (stimuli.images, stimuli.stimulus_ids, stimuli.labels, stimuli.latents["angle"]):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = array[1]
    with pytest.raises(FrozenInstanceError):
        stimuli.degrees = 3.0  # type: ignore[misc]
    images[0] = latent[0] = 0


def test_the_dictionaries_of_a_set_are_its_own() -> None:
    latents, units = {"angle": np.arange(6.0)}, {"angle": "deg"}
    stimuli = a_set(latents=latents, latent_units=units)
    latents.clear()
    units.clear()
    assert set(stimuli.latents) == set(stimuli.latent_units) == {"angle"}


def test_other_float_types_become_float32() -> None:
    assert a_set(images=IMAGES.astype(np.float64)).images.dtype == np.float32
    assert a_set(images=IMAGES.astype(np.float16)).images.dtype == np.float32


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"images": (IMAGES * 255).astype(np.uint8)}, TypeError, r"`images` must hold numbers with a fraction.*uint8"),
        ({"images": IMAGES[..., 0]}, ValueError, r"`images` has the wrong shape. Accepted is .*received \(6, 4, 4\)"),
        ({"images": IMAGES[:, :0]}, ValueError, r"`images` has the wrong shape.*received \(6, 0, 4, 1\)"),
        ({"images": IMAGES * 2}, ValueError, r"`images` has values out of range. Accepted are .*; received 0 to 2\."),
        (
            {"images": IMAGES * 255},
            ValueError,
            r"`images` has values out of range.*; received 0 to 2\d\d.*Divide by 255\.",
        ),
        ({"images": IMAGES - 1}, ValueError, r"`images` has values out of range.*received -1 to 0\."),
        ({"images": np.where(IMAGES > 0.5, np.nan, IMAGES)}, ValueError, r"finite values from 0 to 1; received nan"),
        ({"stimulus_ids": np.arange(6)}, TypeError, r"`stimulus_ids` must be text. Accepted is .*received dtype int64"),
        (
            {"stimulus_ids": IDS[:5]},
            ValueError,
            r"`stimulus_ids` must have one value per stimulus.*\(6,\); rec.*\(5,\)",
        ),
        (
            {"stimulus_ids": np.array(["a", "b", "a", "c", "b", "d"])},
            ValueError,
            r"`stimulus_ids` must differ.*received 4 different ones, and more than once: a, b\.",
        ),
        (
            {"labels": np.arange(6)},
            TypeError,
            r"`labels` must be text. Accepted is an array of str; rec.*int64\. StimulusSet.from_arr",
        ),
        ({"labels": LABELS[:2]}, ValueError, r"`labels` must have one value per stimulus.*received \(2,\)"),
        ({"latent_units": {}}, ValueError, r"`latent_units` must name the unit of every.*\['angle'\]; received \[\]"),
        ({"latents": {}}, ValueError, r"`latent_units` must name .* of nothing else.*\[\]; received \['angle'\]"),
        ({"latents": {"angle": np.zeros(3)}}, ValueError, r"`latents\['angle'\]` must have one value.*received \(3,\)"),
        (
            {"latents": {"angle": np.array([0, np.nan, np.inf, 3, 4, 5])}},
            ValueError,
            r"`latents\['angle'\]` has values that are no numbers.*received 2 that are NaN or infinite",
        ),
        ({"degrees": 0}, ValueError, r"`degrees` is no visual angle of an image width.*above 0; received 0\."),
        ({"degrees": np.nan}, ValueError, r"`degrees` is no visual angle.*received nan"),
    ],
)
def test_what_is_no_stimulus_set_is_refused(changes, error, message) -> None:
    with pytest.raises(error, match=message):
        a_set(**changes)


def test_arrays_as_they_come_are_put_in_form() -> None:
    stimuli = StimulusSet.from_arrays(
        np.arange(32, dtype=np.uint8).reshape(2, 4, 4) * 8,
        labels=[3, 10],
        stimulus_ids=[7, 8],
        latents={"angle": [1, 2]},
        latent_units={"angle": "deg"},
        degrees=4,
        name="bytes",
    )
    np.testing.assert_allclose(stimuli.images[1, 0, :, 0], np.arange(16, 20) * 8 / 255, rtol=1e-6)
    assert stimuli.images.dtype == np.float32
    assert stimuli.labels is not None
    assert (stimuli.labels.tolist(), stimuli.stimulus_ids.tolist()) == (["3", "10"], ["7", "8"])
    assert stimuli.latents["angle"].tolist() == [1, 2]
    assert (stimuli.degrees, stimuli.name) == (4, "bytes")


def test_fractions_and_colour_are_taken_as_they_are() -> None:
    images = np.random.default_rng(0).random((3, 2, 5, 3))
    stimuli = StimulusSet.from_arrays(images)
    np.testing.assert_allclose(stimuli.images, images, rtol=1e-6)
    assert stimuli.labels is None
    assert stimuli.stimulus_ids.tolist() == ["stimulus-00000", "stimulus-00001", "stimulus-00002"]


def test_whole_numbers_other_than_bytes_are_refused_since_their_range_is_a_guess() -> None:
    with pytest.raises(TypeError, match=r"received dtype int64. StimulusSet.from_arrays turns bytes \(uint8\)"):
        StimulusSet.from_arrays(np.zeros((2, 4, 4), np.int64))


@pytest.mark.parametrize(
    "indices",
    [
        [4, 0, 2],
        np.array([4, 0, 2]),
        slice(1, 5, 2),
        np.array([True, False, True, False, False, True]),
        -1,
        np.int64(3),
    ],
)
def test_what_is_selected_stays_together(indices) -> None:
    part = a_set()[indices]
    rows = np.atleast_1d(np.arange(6)[indices])
    np.testing.assert_array_equal(part.images, IMAGES[rows])
    np.testing.assert_array_equal(part.stimulus_ids, IDS[rows])
    np.testing.assert_array_equal(part.labels, LABELS[rows])
    np.testing.assert_array_equal(part.latents["angle"], rows.astype(float))


def test_a_set_without_labels_can_be_selected_from_and_gone_through() -> None:
    bare = a_set(labels=None)
    assert bare[:2].labels is None
    assert [str(one.stimulus_ids[0]) for one in bare] == IDS.tolist()
    assert bare.categories == ()
    with pytest.raises(ValueError, match=r"`labels` is missing. Accepted is .* with labels; received one without"):
        bare.label_indices()


def test_what_is_not_there_nothing_and_the_same_twice_cannot_be_selected() -> None:
    with pytest.raises(IndexError, match="out of bounds"):
        a_set()[6]
    with pytest.raises(ValueError, match=r"received \(0, 4, 4, 1\)"):
        a_set()[6:]
    with pytest.raises(ValueError, match=r"more than once: image1"):
        a_set()[[1, 1]]


@given(st.integers(0, 10**6), st.floats(0.1, 0.5))
def test_a_split_parts_every_set_in_two_of_its_own_order(seed, fraction) -> None:
    stimuli = StimulusSet.from_arrays(
        np.zeros((40, 1, 1), np.uint8), labels=["abcd"[number % 4] for number in range(40)]
    )
    larger, smaller = stimuli.split(fraction, seed)
    assert len(smaller) == round(fraction * 40)
    assert sorted([*larger.stimulus_ids, *smaller.stimulus_ids]) == stimuli.stimulus_ids.tolist()
    for part in (larger, smaller):
        assert part.stimulus_ids.tolist() == sorted(part.stimulus_ids)
        numbers = np.unique(part.label_indices(), return_counts=True)[1]
        assert np.ptp(numbers) <= 1
    np.testing.assert_array_equal(stimuli.split(fraction, seed)[1].stimulus_ids, smaller.stimulus_ids)


def test_a_set_without_labels_is_split_at_random() -> None:
    stimuli = StimulusSet.from_arrays(np.zeros((50, 1, 1), np.uint8))
    first, other = stimuli.split(0.2, seed=0)[1], stimuli.split(0.2, seed=1)[1]
    assert len(first) == len(other) == 10
    assert first.stimulus_ids.tolist() != other.stimulus_ids.tolist()


def test_adapting_changes_the_pixels_and_nothing_else() -> None:
    stimuli = a_set()
    adapted = stimuli.adapted_to((2, 2, 3))
    assert adapted.images.shape == (6, 2, 2, 3)
    np.testing.assert_allclose(adapted.images.mean(axis=(1, 2, 3)), IMAGES.mean(axis=(1, 2, 3)), rtol=1e-5)
    np.testing.assert_array_equal(adapted.stimulus_ids, stimuli.stimulus_ids)
    np.testing.assert_array_equal(adapted.labels, stimuli.labels)
    assert stimuli.adapted_to((4, 4, 1)) is stimuli


def test_a_contact_sheet_shows_a_row_per_category_or_eight_in_a_row() -> None:
    assert a_set().contact_sheet(per_category=4).shape == (3 * 6 - 2, 4 * 6 - 2)
    assert a_set(labels=None).contact_sheet(per_category=4).shape == (2 * 6 - 2, 4 * 6 - 2)


@pytest.mark.parametrize("labels", ["given", None])
def test_a_notebook_shows_the_contact_sheet_enlarged_where_images_are_small(labels: str | None) -> None:
    stimuli = a_set() if labels else a_set(labels=None)
    shown = np.asarray(Image.open(BytesIO(stimuli._repr_png_())))
    sheet = stimuli.contact_sheet(per_category=12)
    np.testing.assert_array_equal(shown[::16, ::16], sheet)
    assert shown.shape == tuple(16 * size for size in sheet.shape)


@pytest.mark.parametrize(("labels", "said"), [(np.repeat(["cat", "dog"], 75), "24 of 150"), (None, "96 of 150")])
def test_a_notebook_says_how_many_of_the_images_it_shows_where_it_does_not_show_all(monkeypatch, labels, said) -> None:
    from PIL import ImageDraw

    drawn = []
    original = ImageDraw.ImageDraw.text

    def text(self, place, words, *rest):
        drawn.append(words)
        original(self, place, words, *rest)

    monkeypatch.setattr(ImageDraw.ImageDraw, "text", text)
    stimuli = StimulusSet.from_arrays(np.zeros((150, 4, 4), np.uint8), labels)
    shown = np.asarray(Image.open(BytesIO(stimuli._repr_png_())))
    height = 16 * (2 if labels is not None else 8) * 6 - 16 * 2
    assert drawn == [f"{said} images"]
    assert 24 <= len(shown) - height <= 60
    assert shown[height:].min() < 100
    assert np.median(shown[height:]) == 255
    drawn.clear()
    a_set()._repr_png_()
    assert drawn == []
