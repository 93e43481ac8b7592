import numpy as np
import pytest
from scipy.signal import correlate2d

from hcnn_widgets.architecture.layers import DivisiveNormalization, LpPooling
from hcnn_widgets.classroom import STAGES, Motif, Stage, gabor_bank, grating
from hcnn_widgets.classroom.motif import relative_difference
from hcnn_widgets.keras_door import keras

POOLS = {"max": keras.layers.MaxPooling2D, "mean": keras.layers.AveragePooling2D}


def by_keras(name, x, motif):
    """Oracle: a stage in Keras; a filter on the mean of the channels in SciPy."""
    if name == "filter":
        bank = gabor_bank(motif.n_orientations)[:, :, 0]
        return np.stack([correlate2d(x.mean(-1), bank[..., k], "same") for k in range(bank.shape[-1])], axis=-1)
    batch = keras.ops.convert_to_tensor(x[None].astype("float32"))
    if name == "activate":
        result = getattr(keras.ops, motif.activation)(batch)
    elif name == "pool":
        pool = POOLS.get(motif.pooling, lambda size, **options: LpPooling(2.0, size, size, **options))
        result = pool(motif.pool_size, padding="same")(batch)
    else:
        result = DivisiveNormalization(formula="ratio", exponent=motif.exponent, sigma=motif.sigma)(batch)
    return keras.ops.convert_to_numpy(result)[0]


@pytest.mark.parametrize(
    "motif",
    [
        Motif(),
        Motif(("normalise", "filter", "pool", "pool", "activate"), 3, "tanh", "mean", 3, 0.2),
        Motif(["filter", "filter", "normalise"], 2, pooling="lp", exponent=3.0),
        Motif(("pool", "filter"), pooling="lp"),
        Motif(()),
    ],
)
def test_each_stage_makes_of_its_map_what_keras_and_scipy_make_of_it(motif) -> None:
    maps = motif.maps(grating(17, 30, 0.4))
    np.testing.assert_allclose(maps[0][..., 0], grating(17, 30, 0.4) - 0.5)
    assert len(maps) == 1 + len(motif.stages)
    for name, before, after in zip(motif.stages, maps, maps[1:], strict=False):
        np.testing.assert_allclose(after, by_keras(name, before, motif), rtol=1e-3, atol=1e-5)


def test_a_grating_has_its_contrast_its_wavelength_and_its_orientation() -> None:
    upright, lying = grating(32, 0, 0.25), grating(32, 90, 0.25)
    assert (upright == upright[:1]).all()
    np.testing.assert_allclose(lying, upright.T)
    assert 0.5 + 0.125 >= upright.max() > 0.61
    power = np.abs(np.fft.rfft(upright[0] - 0.5))
    assert 32 / power.argmax() == 8
    np.testing.assert_allclose(grating(16, phase=90)[0], 0.5 - 0.5 * np.sin(2 * np.pi * (np.arange(16) - 7.5) / 8))


def test_filters_are_blind_to_grey_and_tuned_to_their_gratings() -> None:
    bank = gabor_bank(6, 11)
    assert np.abs(bank.sum(axis=(0, 1))).max() < 1e-12
    answers = np.array([[(grating(11, 30 * n) * bank[:, :, 0, k]).sum() for k in range(6)] for n in range(6)])
    np.testing.assert_allclose(np.diag(answers), 1)
    assert (answers.argmax(axis=1) == np.arange(6)).all()
    assert answers.max() == pytest.approx(1)


def test_max_pooling_and_relu_can_change_places_but_normalisation_and_pooling_cannot() -> None:
    image = np.random.default_rng(0).random((16, 16))
    lecture = Motif().maps(image)[-1]
    swapped = Motif(("filter", "pool", "activate", "normalise")).maps(image)[-1]
    assert relative_difference(swapped, lecture) == 0
    late = Motif(("filter", "activate", "normalise", "pool")).maps(image)[-1]
    assert relative_difference(late, lecture) == pytest.approx(
        np.sqrt(((late - lecture) ** 2).sum() / (lecture**2).sum())
    )
    assert relative_difference(late, lecture) > 0.05
    assert relative_difference(late, lecture[:4]) is None
    assert relative_difference(late, 0 * lecture) is None


def test_the_response_to_contrast_saturates_and_a_second_grating_suppresses_it() -> None:
    def middle(contrast, mask):
        image = grating(32, 0, contrast) + grating(32, 90, mask) - 0.5
        return Motif().maps(image)[-1][4:12, 4:12, 0].max()

    assert middle(0.5, 0) / middle(0.25, 0) < 1.2
    assert middle(0.02, 0) / middle(0.01, 0) > 3
    assert middle(0.1, 0.3) < 0.5 * middle(0.1, 0)
    without = Motif(("filter", "activate", "pool"))
    low, high = (without.maps(grating(32, 0, c))[-1].max() for c in (0.1, 0.4))
    assert high / low == pytest.approx(4)


def test_a_new_stage_is_called_by_its_name(monkeypatch) -> None:
    new = Stage(lambda x, motif: -x, "the sign turned", "x = -x", "x = -x", lambda motif: "", lambda motif: "-x")
    monkeypatch.setitem(STAGES, "turn", new)
    image = grating(8)
    np.testing.assert_allclose(Motif(("turn",)).maps(image)[-1][..., 0], 0.5 - image)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"stages": ("filter", "normalize")}, "`stages='normalize'` is unknown. .* the nearest is 'normalise'"),
        ({"stages": "filter"}, "`stages` is no sequence. Accepted is one of names; received 'filter'"),
        ({"stages": None}, "`stages` is no sequence. Accepted is one of names; received None"),
        ({"activation": "rulu"}, "`activation='rulu'` is unknown"),
        ({"pooling": "median"}, "`pooling='median'` is unknown"),
        ({"n_orientations": 0}, "`n_orientations` is no count"),
        ({"sigma": -1}, "`sigma` is out of range"),
        ({"stage": ()}, "`stage` is no argument of Motif"),
    ],
)
def test_what_is_no_motif_is_refused(changes, words) -> None:
    with pytest.raises((TypeError, ValueError), match=words):
        Motif(**changes)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: grating(8, contrast=1.5), "`contrast` is out of range. Accepted is 0 to 1; received 1.5"),
        (lambda: grating(8, wavelength=0), "`wavelength` is no length"),
        (lambda: grating(8.5), "`size` is no count"),
        (lambda: gabor_bank(0), "`n_orientations` is no count"),
        (lambda: Motif().maps(np.ones(3)), "`image` is no image"),
    ],
)
def test_what_cannot_be_drawn_is_refused(make, words) -> None:
    with pytest.raises(ValueError, match=words):
        make()
