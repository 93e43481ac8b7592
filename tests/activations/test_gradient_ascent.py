"""Gradient ascent on pixels: it drives the unit, stays an image, and is the same for the same seed."""

from typing import Any

import numpy as np
import pytest

from hcnn_widgets.activations.gradient_ascent import _ascended, preferred_image, prepared_ascent
from hcnn_widgets.architecture import hcnn

SHAPE = (12, 12, 1)


@pytest.fixture(scope="module")
def ascend() -> Any:
    network = hcnn(areas=("V1", "V2"), n_kernels=4, input_shape=SHAPE, stride=1, initial_gain=1.0).build(seed=0)
    return prepared_ascent(network, ("V1", "V2"), "V1", SHAPE)


def test_the_unit_responds_more_to_the_image_than_to_the_beginning(ascend: Any) -> None:
    found = ascend(5, n_steps=12)
    assert found.image.shape == SHAPE
    assert 0 <= found.image.min() < found.image.max() <= 1
    assert len(found.responses) == 13
    assert found.responses.max() > 1.5 * found.responses[0]


def test_a_seed_makes_the_same_image_and_another_seed_another_one(ascend: Any) -> None:
    first, again, other = (ascend(5, n_steps=4, seed=seed).image for seed in (0, 0, 1))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_an_image_to_begin_from_is_begun_from(ascend: Any) -> None:
    start = np.full(SHAPE, 0.7, np.float32)
    np.testing.assert_allclose(ascend(5, n_steps=0, start=start).image, start)


def template(image: np.ndarray) -> tuple[np.ndarray, float]:
    """A unit whose response is how like a template the image is, whose gradient is known without Keras."""
    wanted = np.indices((16, 16)).sum(axis=0)[..., None] / 30.0 - 0.5
    return wanted.astype(np.float32), float((wanted * image).sum())


def test_a_linear_unit_gets_its_template() -> None:
    start = np.full((16, 16, 1), 0.5, np.float32)
    found = _ascended(template, start, 40, np.random.default_rng(0))
    wanted, _ = template(start)
    assert np.corrcoef(found.image.ravel(), wanted.ravel())[0, 1] > 0.8  # edges are at 0 and 1 by then
    assert found.responses.max() == pytest.approx(template(found.image)[1], rel=1e-5)


def test_a_silent_unit_leaves_the_image_where_it_was() -> None:
    start = np.full((8, 8, 1), 0.3, np.float32)
    found = _ascended(lambda image: (np.zeros_like(image), 0.0), start, 10, np.random.default_rng(0))
    np.testing.assert_array_equal(found.image, start)
    assert len(found.responses) == 1


def test_the_public_door_makes_the_same_image_and_refuses_what_is_not_there(ascend: Any) -> None:
    network = hcnn(areas=("V1", "V2"), n_kernels=4, input_shape=SHAPE, stride=1, initial_gain=1.0).build(seed=0)
    found = preferred_image(network, ("V1", "V2"), "V1", 5, n_steps=4)
    np.testing.assert_allclose(found.image, ascend(5, n_steps=4).image, atol=1e-5)
    with pytest.raises(ValueError, match=r"`area='IT'` is no area of the network. Accepted are 'V1', 'V2'"):
        preferred_image(network, ("V1", "V2"), "IT", 0)
    with pytest.raises(ValueError, match=r"`unit` is not in V1. Accepted is 0 to 143; received 144"):
        preferred_image(network, ("V1", "V2"), "V1", 144)
