"""Masks of rendered objects against what the renderer itself lets show of two backgrounds."""

from pathlib import Path

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.stimuli.rendering import object_masks


def test_a_mask_is_what_a_white_and_a_black_background_do_not_show(draw) -> None:
    on_white, on_black = draw(background=1.0, pixels=32), draw(background=0.0, pixels=32)
    silhouettes = 1 - (on_white.images - on_black.images)[..., 0]
    np.testing.assert_allclose(hw.stimuli.masks(on_white), silhouettes, atol=2e-7)
    assert 0.1 < silhouettes.mean() < 0.3


def test_any_part_of_a_set_in_any_order_has_its_own_masks() -> None:
    stimuli = hw.stimuli.objects(100, variation="high", size=16)
    chosen = [70, 3, 99]
    np.testing.assert_array_equal(hw.stimuli.masks(stimuli[chosen]), hw.stimuli.masks(stimuli)[chosen])


def test_masks_are_of_the_size_of_the_images_also_where_these_are_no_squares() -> None:
    stimuli = hw.stimuli.objects(8, size=64)
    fine = hw.stimuli.masks(stimuli)
    small = hw.stimuli.masks(stimuli.adapted_to((16, 16, 3)))
    coarse = fine.reshape(8, 16, 4, 16, 4).mean(axis=(2, 4))
    assert np.abs(small - coarse).mean() < 0.03
    assert hw.stimuli.masks(stimuli.adapted_to((16, 32, 1))).shape == (8, 16, 32)


def test_masks_are_known_before_the_images_are_drawn() -> None:
    arriving = hw.stimuli.objects(64, size=16, wait=False)
    np.testing.assert_array_equal(hw.stimuli.masks(arriving), hw.stimuli.masks(arriving.whole()))


@pytest.mark.parametrize("change", [{"labels": None}, {"latents": {}, "latent_units": {}}, {"labels": ["tree"] * 4}])
def test_images_that_nobody_rendered_are_refused(change: dict) -> None:
    four = hw.stimuli.objects(4, size=8)
    own = hw.StimulusSet.from_arrays(
        four.images,
        **{"labels": four.labels, "latents": four.latents, "latent_units": four.latent_units, **change},
    )
    with pytest.raises(ValueError, match=r"`stimuli` must be rendered objects.*; received"):
        hw.stimuli.masks(own)


def test_what_is_no_set_of_stimuli_is_refused() -> None:
    with pytest.raises(TypeError, match="`stimuli`"):
        hw.stimuli.masks(np.zeros((2, 8, 8, 1)))


def test_masks_are_kept_on_disk_and_read_from_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HCNN_WIDGETS_CACHE", str(tmp_path))
    stimuli = hw.stimuli.objects(520, size=8, cache=False)
    drawn = hw.stimuli.masks(stimuli)
    assert len(list((tmp_path / "objects").glob("*.npz"))) == 2
    monkeypatch.setattr(object_masks, "object_patch", None)  # who draws again fails
    np.testing.assert_array_equal(hw.stimuli.masks(stimuli), drawn)
    assert hw.stimuli.empty_cache() > 0
