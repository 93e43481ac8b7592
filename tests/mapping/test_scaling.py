import numpy as np
from sklearn.preprocessing import StandardScaler

from hcnn_widgets.mapping.scaling import on_one_scale, z_scored

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


def test_on_one_scale_units_keep_their_sizes_to_each_other_and_have_a_mean_variance_of_one() -> None:
    fit, new = RNG.normal(3, [1, 5, 0.01], (40, 3)), RNG.normal(size=(6, 3))
    ours, others = on_one_scale(fit, new)
    np.testing.assert_allclose(ours.var(axis=0).mean(), 1)
    np.testing.assert_allclose(ours.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(ours[:, 1] / ours[:, 0], (fit - fit.mean(axis=0))[:, 1] / (fit - fit.mean(axis=0))[:, 0])
    np.testing.assert_allclose(others - ours[:1], (new - fit[:1]) * (ours[0, 0] - ours[1, 0]) / (fit[0, 0] - fit[1, 0]))


def test_on_one_scale_units_that_are_all_constant_become_zero() -> None:
    assert not on_one_scale(np.full((5, 2), 0.5, np.float32), RNG.random((3, 2), np.float32))[1].any()
