"""Networks in time in panels that show images: of still images all is drawn, of sequences a sentence stands there."""

from typing import Any

import numpy as np
import pytest
from drawn_networks import settle

import hcnn_widgets as hw
from hcnn_widgets.explorer.description import describe

SMALL: dict[str, Any] = {"areas": ("V1", "V2", "IT"), "n_kernels": (3, 4, 5), "kernel_size": 3, "stride": 1}


@pytest.fixture(scope="module")
def still() -> hw.GoalDrivenModel:
    model = hw.GoalDrivenModel(hw.architecture.recurrent_hcnn(**SMALL, time_steps=2, input_shape=(16, 16, 1)))
    model.build([str(digit) for digit in range(10)])
    return model


def test_a_recurrent_network_is_drawn_with_its_areas_in_order(page: Any, clock: Any, ticker: Any, still: Any) -> None:
    view = hw.widgets.NetworkView(still, hw.stimuli.digits(24), clock=clock, ticker=ticker)
    settle(view.panel)
    assert view.panel.message == ""
    told = view.panel._told
    assert list(told.areas) == ["V1", "V2", "IT"]


def test_its_kernels_and_its_description_are_those_of_its_filters(still: Any) -> None:
    kernel, _ = still.network.get_layer("V1.filter").get_weights()
    np.testing.assert_array_equal(still.kernels("V1"), np.moveaxis(kernel, -1, 0))
    assert "recurrent-hcnn" in str(describe(still))


def test_its_control_has_its_initial_states(still: Any) -> None:
    images, twin = hw.stimuli.digits(5), still.untrained()
    np.testing.assert_allclose(twin.record(images)["IT"], still.record(images)["IT"], rtol=1e-5)


@pytest.mark.parametrize("panel", ["NetworkView", "AnswerStrip"])
def test_of_a_network_of_sequences_a_sentence_is_shown(page: Any, clock: Any, ticker: Any, panel: str) -> None:
    model = hw.GoalDrivenModel(hw.architecture.recurrent_hcnn(**SMALL, input_shape=(3, 16, 16, 1)))
    model.build(("different", "same"))
    view = getattr(hw.widgets, panel)(model, clock=clock, ticker=ticker)
    ticker.round()
    assert "This network takes sequences" in getattr(view, "panel", view).message
