"""Patches, whitening, sparse answers and views, against loops, NumPy and scikit-learn."""

from typing import Any

import numpy as np
import pytest
from sklearn.decomposition import sparse_encode

from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.without_labels.patches import patches, whitening
from hcnn_widgets.learning.without_labels.simclr import contrast
from hcnn_widgets.learning.without_labels.sparse_coding import sparse_answers
from hcnn_widgets.learning.without_labels.views import view

RNG = np.random.default_rng(0)


@pytest.mark.parametrize("padding", ["same", "valid"])
@pytest.mark.parametrize("size", [2, 3])
def test_patches_are_what_the_filter_sees_in_the_kernel_s_order(padding: str, size: int) -> None:
    came = RNG.normal(size=(3, 5, 6, 2)).astype(np.float32)
    layer = keras.layers.Conv2D(1, size, padding=padding, use_bias=False)
    answers = set(np.round(np.asarray(layer(came)).ravel(), 4))
    drawn = np.asarray(patches(came, layer, 400, keras.random.SeedGenerator(1)))
    assert drawn.shape == (400, size * size * 2)
    seen = set(np.round(drawn @ np.asarray(layer.kernel).reshape(-1), 4))
    off = [one for one in seen if min(abs(one - other) for other in answers) > 2e-4]
    assert not off
    assert len(seen) > 0.8 * len(answers)  # from all over the maps


def test_white_patches_have_the_same_variance_in_every_strong_direction() -> None:
    axes = np.linalg.qr(RNG.normal(size=(6, 6)))[0]
    x = 3 + RNG.normal(size=(20_000, 6)) * np.array([9, 6, 4, 3, 2.5, 0.0]) @ axes.T
    z = (x - x.mean(axis=0)) @ np.asarray(whitening(x.mean(axis=0).astype("f"), (x.T @ x / len(x)).astype("f")))
    spread = np.sort(np.linalg.eigvalsh(np.cov(z.T)))
    variances = np.array([81, 36, 16, 9, 6.25, 0.0])
    expected = np.sort(variances / (variances + 0.1 * variances.mean()))
    np.testing.assert_allclose(spread, expected, atol=0.03)


def test_sparse_answers_are_the_lasso_s() -> None:
    basis = RNG.normal(size=(12, 8))
    basis /= np.linalg.norm(basis, axis=1, keepdims=True)
    x = RNG.normal(size=(30, 8))
    ours = np.asarray(sparse_answers(basis.astype("f"), x.astype("f"), 0.3, n_iterations=500))
    theirs = sparse_encode(x, basis, algorithm="lasso_cd", alpha=0.3, max_iter=20_000)

    def cost(answers: Any) -> Any:
        return np.square(x - answers @ basis).sum() / 2 + 0.3 * np.abs(answers).sum()

    assert cost(ours) == pytest.approx(cost(theirs), rel=1e-4)
    assert 0.1 < np.mean(ours != 0) < 0.8


def test_the_loss_of_simclr_is_the_cross_entropy_of_finding_the_partner() -> None:
    first, second = (RNG.normal(size=(5, 3)) for _ in range(2))
    first, second = (each / np.linalg.norm(each, axis=1, keepdims=True) for each in (first, second))
    both, losses, found = np.concatenate([first, second]), [], []
    for i in range(10):
        partner, others = (i + 5) % 10, [j for j in range(10) if j != i]
        likeness = np.exp([both[i] @ both[j] / 0.2 for j in others])
        losses.append(-np.log(likeness[others.index(partner)] / likeness.sum()))
        found.append(others[int(np.argmax(likeness))] == partner)
    loss, share = contrast(first.astype("f"), second.astype("f"), 0.2)
    assert float(loss) == pytest.approx(np.mean(losses), rel=1e-5)
    assert float(share) == pytest.approx(np.mean(found))


def corner(n: int = 200) -> Any:
    """Return images whose pixels say where they lie: rows in the first channel, columns in the second."""
    rows, columns = np.mgrid[:16, :16] / 15
    return np.repeat(np.stack([rows, columns], axis=-1)[None], n, axis=0).astype(np.float32)


def test_a_crop_shows_a_square_of_the_image_enlarged() -> None:
    seen = np.asarray(view(corner(), 0.5, 0.0, 0.0, keras.random.SeedGenerator(3)))
    heights, widths = (np.ptp(seen[..., channel], axis=(1, 2)) for channel in (0, 1))
    np.testing.assert_allclose(heights, widths, atol=1e-5)
    assert heights.min() < 0.55
    assert heights.max() > 0.95
    assert heights.min() >= 0.5 - 1e-5
    assert seen.min() >= 0
    assert seen.max() <= 1
    assert np.ptp(seen[:, 0, 0, 0]) > 0.3  # from here and there


def test_without_crop_light_and_noise_a_view_is_the_image() -> None:
    same = view(corner(3), 1.0, 0.0, 0.0, keras.random.SeedGenerator(3))
    np.testing.assert_allclose(same, corner(3), atol=1e-6)
    assert np.abs(np.asarray(view(corner(3), 1.0, 0.0, 0.1, keras.random.SeedGenerator(3))) - corner(3)).max() > 0.1
