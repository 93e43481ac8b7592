"""The live score of a real run: what panels show while a network learns."""

import numpy as np
import pytest
from sklearn.datasets import load_digits
from stand_in_run import until

import hcnn_widgets as hw
from hcnn_widgets.mapping.live.score import LiveScore


def digits(first: int, last: int) -> hw.StimulusSet:
    bunch = load_digits()
    images = (bunch.images[first:last] / 16).astype(np.float32)
    return hw.StimulusSet.from_arrays(images, labels=bunch.target[first:last], name=f"digits {first}")


@pytest.mark.no_cover
def test_the_score_moves_while_a_network_learns_and_ends_as_the_trained_networks_own() -> None:
    seen = digits(400, 520)
    cortex = hw.mapping.simulated_cortex(seen, ("V1", "IT"), n_sites=10)
    spec = hw.architecture.hcnn(areas=("V1", "IT"), n_kernels=(4, 8), input_shape=(8, 8, 1))
    rule = hw.learning.Backpropagation(learning_rate=5e-3, batch_size=25)
    run = hw.GoalDrivenModel(spec, hw.goal.Categorization(), rule).train(digits(0, 400), validation=None, epochs=2000)
    score = LiveScore(run, cortex, n_units=40, n_stimuli=60, interval_s=0.0, share=1.0)
    try:
        assert until(lambda: len(score.history) > 2 or not score.alive, seconds=60)
    finally:
        run.stop()
        assert run.join(60)
    assert score.join(60)
    assert score.error is None
    first, last = score.history[0], score.latest.whole
    assert first.step < last.step == score.latest.step == run.steps_done
    assert (score.latest.n_stimuli, last.n_stimuli, first.n_stimuli) == (60, 120, 60)
    assert not np.array_equal(first.value, last.value)
    assert np.isfinite([last.value, last.untrained, last.error]).all()
    again = LiveScore(run, cortex, n_units=40)
    assert again.join(60)
    np.testing.assert_allclose(again.latest.value, last.value, atol=1e-3)

    after = hw.mapping.area_scores(run.model.record(seen), cortex, untrained=run.model.untrained().record(seen))
    assert after.model_areas == ("V1", "IT")
    assert after.simulated == (True, True)
    assert np.isfinite([after.trained, after.untrained]).all()
