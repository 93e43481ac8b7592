from keras_networks import CASES, SHAPE

from hcnn_widgets.activations.area_links import AreaLinks, area_links
from hcnn_widgets.activations.taps import taps_of
from hcnn_widgets.keras_door import keras

layers = keras.layers


def links_of(network, areas) -> AreaLinks:
    return area_links(network, taps_of(network, areas))


def test_areas_in_a_row_feed_one_another() -> None:
    case = CASES["sequential"]()
    assert links_of(case.network, case.areas) == ({"V1": (), "IT": ("V1",)}, ("IT",))


def test_two_branches_have_no_link_and_are_both_read_out() -> None:
    case = CASES["two branches"]()
    assert links_of(case.network, case.areas) == ({"V1": (), "V4": ()}, ("V1", "V4"))


def test_a_layer_that_is_applied_three_times_feeds_itself() -> None:
    case = CASES["layer shared three times"]()
    assert links_of(case.network, case.areas) == ({"V1": (), "V2": ("V1",), "IT": ("V2",)}, ("IT",))


def test_a_link_that_passes_over_an_area_is_one_of_its_own() -> None:
    image = keras.Input(SHAPE)
    first = layers.Conv2D(3, 3, padding="same", name="a")(image)
    second = layers.Conv2D(3, 3, padding="same", name="b")(first)
    third = layers.Conv2D(3, 3, name="c")(layers.Concatenate(name="join")([first, second]))
    network = keras.Model(image, layers.Dense(2)(layers.Flatten()(third)))
    assert links_of(network, list("abc")) == ({"a": (), "b": ("a",), "c": ("a", "b")}, ("c",))
