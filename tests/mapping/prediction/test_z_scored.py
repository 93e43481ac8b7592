import numpy as np
from sklearn.preprocessing import StandardScaler

from hcnn_widgets.mapping.prediction.area_maps import z_scored

RNG = np.random.default_rng(0)


def test_it_is_scikit_learns_scaler_fitted_on_the_training_stimuli() -> None:
    fit, new = RNG.normal(3, 5, (20, 4)), RNG.normal(size=(6, 4))
    ours = z_scored(fit, new)
    scaler = StandardScaler().fit(fit)
    np.testing.assert_allclose(ours[0], scaler.transform(fit))
    np.testing.assert_allclose(ours[1], scaler.transform(new))


def test_units_that_are_constant_in_training_become_zero_in_both() -> None:
    fit, new = RNG.normal(size=(20, 3)), RNG.normal(size=(6, 3))
    fit[:, 1] = 0.3
    assert not z_scored(fit, new)[1][:, 1].any()


def test_single_precision_stays_single() -> None:
    fit = RNG.normal(size=(20, 3)).astype(np.float32)
    assert {part.dtype for part in z_scored(fit, fit)} == {np.dtype(np.float32)}
