import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcnn_widgets.stimuli.stimulus_set import StimulusSet
from hcnn_widgets.widgets.panel import image_sheet as module
from hcnn_widgets.widgets.panel.image_sheet import HasImageSheet, image_sheet
from hcnn_widgets.widgets.panel.live_panel import LivePanel


def stimuli(n=5, height=12, width=12, n_channels=3, labels=True):
    images = np.random.default_rng(0).integers(0, 256, (n, height, width, n_channels), dtype=np.uint8)
    kinds = [f"kind {i % 2}" for i in range(n)] if labels else None
    return StimulusSet.from_arrays(images, kinds, [f"image {i}" for i in range(n)])


def as_array(header, pixels):
    return np.frombuffer(pixels, np.uint8).reshape([header[name] for name in ("n", "height", "width", "n_channels")])


def test_small_images_are_sent_as_they_are_in_the_order_asked_for_by_id():
    shown = stimuli()
    header, pixels = image_sheet(["image 3", "image 0"], shown)
    assert (header["ids"], header["labels"]) == (["image 3", "image 0"], ["kind 1", "kind 0"])
    assert np.array_equal(as_array(header, pixels), np.rint(shown.images[[3, 0]] * 255).astype(np.uint8))


def test_large_images_shrink_to_averages_over_areas_and_keep_their_shape():
    shown = stimuli(n=2, height=96, width=48)
    header, pixels = image_sheet(shown.stimulus_ids, shown, side=32)
    assert (header["height"], header["width"], header["n_channels"]) == (32, 16, 3)
    blocks = shown.images.reshape(2, 32, 3, 16, 3, 3).mean(axis=(2, 4)) * 255
    assert np.abs(as_array(header, pixels) - blocks).max() <= 0.51


def test_without_images_names_are_sent_alone():
    header, pixels = image_sheet(["cat", "car"], labels=["animal", "thing"])
    assert header == {
        "n": 2,
        "height": 0,
        "width": 0,
        "n_channels": 0,
        "ids": ["cat", "car"],
        "labels": ["animal", "thing"],
    }
    assert pixels == b""
    assert image_sheet(["cat"])[0]["labels"] == []
    assert image_sheet(["image 1"], stimuli(labels=False))[0]["labels"] == []


@given(
    st.integers(1, 40),
    st.tuples(st.integers(1, 40), st.integers(1, 40)),
    st.sampled_from([1, 3]),
    st.integers(1, 64),
    st.integers(60, 20_000),
)
def test_no_sheet_is_larger_than_its_budget_and_no_picture_than_its_stimulus(n, size, n_channels, side, budget):
    shown = stimuli(n, *size, n_channels, labels=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MAX_BYTES", budget)
        header, pixels = image_sheet(shown.stimulus_ids, shown, side=side)
    assert len(pixels) == header["n"] * header["height"] * header["width"] * header["n_channels"]
    assert max(header["height"], header["width"]) <= min(side, max(size))
    # A picture keeps one pixel of its shorter side, however long it is.
    assert len(pixels) <= budget or min(header["height"], header["width"]) == 1
    assert pixels == b"" or max(header["height"], header["width"]) >= min(8, side, max(size))


def test_so_many_stimuli_that_their_pictures_would_be_specks_are_named_alone(monkeypatch):
    monkeypatch.setattr(module, "MAX_BYTES", 5 * 7 * 7 * 3)
    shown = stimuli(height=40, width=40)
    header, pixels = image_sheet(shown.stimulus_ids, shown)
    assert (header["n"], header["height"], pixels) == (5, 0, b"")


def test_an_id_without_an_image_is_refused_and_named():
    with pytest.raises(ValueError, match=r"`stimuli` lacks 1 of 2 ids.*missing are dog"):
        image_sheet(["image 1", "dog"], stimuli())


def test_labels_that_do_not_go_with_the_stimuli_and_sides_without_a_pixel_are_refused():
    with pytest.raises(ValueError, match="`labels` must be one per stimulus, 2; received 1"):
        image_sheet(["a", "b"], labels=["cat"])
    with pytest.raises(ValueError, match=r"`side` leaves no pixel of a picture. Accepted is 1 or more; received 0"):
        image_sheet(["a"], side=0)


class Panel(HasImageSheet, LivePanel):
    """A panel with pictures and nothing else."""


def test_a_panel_sends_its_pictures_once_and_whole(page, ticker):
    panel = Panel(ticker=ticker)
    shown = stimuli()
    panel.show_images(shown.stimulus_ids, shown)
    header, pixels = image_sheet(shown.stimulus_ids, shown)
    updates = page.updates(panel)
    assert [state["sheet_header"] for state in updates if "sheet_header" in state] == [header]
    assert panel.sheet == pixels
