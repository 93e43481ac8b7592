import pytest

from hcnn_widgets.activations import taps_of
from hcnn_widgets.keras_door import keras


def test_names_or_a_mapping_give_area_to_layer(network) -> None:
    assert taps_of(network, ("V1", "IT")) == {"V1": "V1", "IT": "IT"}
    assert taps_of(network, {"early": "V1.pool", "late": "readout"}) == {"early": "V1.pool", "late": "readout"}


@pytest.mark.parametrize(
    ("areas", "says"),
    [
        ({}, "`areas` is empty; a mapping .* is accepted; received none"),
        (
            {"V1": "v1.pol"},
            r"`areas\['V1'\]` is not in the network; .* \(close to it are V1.pool.*\); received 'v1.pol'",
        ),
        (
            {"V1": "block5"},
            r"`areas\['V1'\]` is not in the network; .*its layers are .*V1\.filter.* and \d+ more\); received 'block5'",
        ),
        ({"V1": 3}, r"`areas\['V1'\]` is not in the network; .*; received 3"),
        ({"V1": ["V1"]}, r"`areas\['V1'\]` is not in the network; .*; received \['V1'\]"),
        ({"A": "V1", "B": "V1"}, r"`areas` gives a layer to two areas; .*; received V1 twice"),
    ],
)
def test_layers_that_cannot_be_tapped_are_refused(network, areas, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        taps_of(network, areas)


def test_a_single_text_is_refused(network) -> None:
    with pytest.raises(
        TypeError, match="`areas` is text; a mapping from area to layer name is accepted; received 'V1'"
    ):
        taps_of(network, "V1")


def test_a_layer_that_gives_several_arrays_is_refused() -> None:
    sound = keras.Input((8, 2))
    with_state = keras.layers.GRU(3, return_state=True, name="gru")(sound)
    with pytest.raises(ValueError, match=r"`areas\['A1'\]` has no single output; .*; received 'gru'"):
        taps_of(keras.Model(sound, with_state), {"A1": "gru"})
