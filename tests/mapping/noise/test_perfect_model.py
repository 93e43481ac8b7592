import numpy as np
import pytest

from hcnn_widgets.mapping.noise.perfect_model import perfect_r


@pytest.mark.parametrize("reliability", [0.3, 0.6, 0.9])
def test_it_is_the_r_of_the_true_signal_with_the_mean_over_trials(reliability) -> None:
    rng = np.random.default_rng(0)
    signal = rng.normal(size=(40, 4000))
    recorded = signal + np.sqrt(1 / reliability - 1) * rng.normal(size=signal.shape)
    r = np.mean([np.corrcoef(one, other)[0, 1] for one, other in zip(signal, recorded, strict=True)])
    assert perfect_r(reliability) == pytest.approx(r, abs=0.01)


@pytest.mark.parametrize("reliability", [0.0, -0.2, -118980.0, np.nan])
def test_what_is_not_reliable_has_none(reliability) -> None:
    assert np.isnan(perfect_r(reliability))
