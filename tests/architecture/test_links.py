import pytest

from hcnn_widgets.architecture import ArchitectureSpec, activate, area, filter, pool
from hcnn_widgets.architecture.links import Link

OPS = [filter(2, 3)]


def _spec(*stack, **options) -> ArchitectureSpec:
    return ArchitectureSpec(stack, **{"input_shape": (16, 16, 1), **options})


def test_areas_of_a_chain_take_the_area_before_and_the_first_one_the_image() -> None:
    chain = _spec(area("V1", OPS), area("V2", OPS))
    assert chain.links == {"V1": (Link("image", False),), "V2": (Link("V1", False),)}
    assert chain.output_names == ("V2",)
    said = _spec(area("V1", OPS, ["image"]), area("V2", OPS, ["V1"]))
    assert said.links == chain.links


def test_what_stands_later_is_taken_from_the_time_step_before() -> None:
    spec = _spec(area("V1", OPS, ["image", "IT", "V1"]), area("IT", OPS), time_steps=2)
    assert spec.links["V1"] == (Link("image", False), Link("IT", True), Link("V1", True))
    assert spec.output_names == ("IT",)


@pytest.mark.parametrize(("inputs", "first"), [(["image", "V1"], "V1"), (["image", "V2"], "V2")])
def test_a_loop_without_a_time_step_is_refused(inputs: list[str], first: str) -> None:
    says = (
        f"`inputs` of area 'V1' hold '{first}', which does not stand before it and is known from the time step before "
        "only; accepted are areas that stand before it, or time_steps of 2 or more; received time_steps=1"
    )
    with pytest.raises(ValueError, match=says):
        _spec(area("V1", OPS, inputs), area("V2", OPS))


def test_an_unknown_name_is_refused_and_the_nearest_named() -> None:
    says = "`inputs of area 'V2'='V11'` is no area and no input. Accepted are 'image', 'V1', 'V2'; the nearest is 'V1'"
    with pytest.raises(ValueError, match=says):
        _spec(area("V1", OPS), area("V2", OPS, ["V11"]))


def test_an_input_that_no_area_takes_is_refused() -> None:
    says = "`inputs` of architecture hold 'sound', which no area takes; .* are accepted; received areas that take image"
    with pytest.raises(ValueError, match=says):
        _spec(area("V1", OPS), inputs={"image": (16, 16, 1), "sound": (16, 16, 1)})


@pytest.mark.parametrize(
    ("stack", "lost"),
    [
        ([area("V1", OPS), area("V2", OPS, ["V2"])], "V2"),
        ([area("IT", OPS, ["V2"]), area("V2", OPS, ["V1"]), area("V1", OPS, ["image"])], "IT"),
    ],
)
def test_an_area_that_nothing_reaches_in_time_is_refused(stack: list, lost: str) -> None:
    says = f"area '{lost}' is not reached from an input within 2 time steps; accepted are .*; received `inputs` V2"
    with pytest.raises(ValueError, match=says):
        _spec(*stack, time_steps=2)


@pytest.mark.parametrize(
    ("join", "says"),
    [
        (
            "concatenate",
            "`inputs` of area 'IT' do not fit each other; maps of equal height and width are accepted for "
            "join='concatenate'; received 'V2' 8 x 8 x 2, 'V1' 16 x 16 x 3",
        ),
        (
            "add",
            "maps of equal height, width and n_channels are accepted for join='add'; received 'V2' 8 x 8 x 2, 'V1'",
        ),
    ],
)
def test_maps_that_do_not_fit_are_not_joined_and_their_areas_named(join: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        _spec(area("V1", [filter(3)]), area("V2", [filter(2), pool()]), area("IT", OPS, ["V2", "V1"], join))


def test_maps_of_different_numbers_of_channels_are_not_added() -> None:
    with pytest.raises(ValueError, match="received 'V2' 16 x 16 x 2, 'V1' 16 x 16 x 3"):
        _spec(area("V1", [filter(3)]), area("V2", OPS), area("IT", OPS, ["V2", "V1"], "add"))


def test_a_loop_over_a_smaller_map_is_refused() -> None:
    with pytest.raises(ValueError, match=r"`inputs` of area 'V1' do not fit each other; .* 'image' 16 x 16 x 1, 'V1' "):
        _spec(area("V1", [filter(2, 3, 2)], ["image", "V1"]), time_steps=3)


def test_a_map_that_grows_with_every_time_step_is_refused() -> None:
    says = (
        r"area 'V1' has more channels at each time step, .*; a loop with a filter in it, or with join='add', is "
        r"accepted; received \d+ channels, then \d+"
    )
    with pytest.raises(ValueError, match=says):
        _spec(area("V1", [activate("tanh")], ["image", "V1"]), time_steps=2)


def test_channels_that_come_round_by_a_loop_are_counted() -> None:
    stack = (area("V1", [activate("tanh")], ["image", "V2"]), area("V2", [filter(5)]))
    spec = _spec(*stack, input_shape=(16, 16, 3), time_steps=2)
    assert [info.output_shape[2] for info in spec.areas] == [3 + 5, 5]
    assert spec.n_parameters == 5 * (9 * 8 + 1)


@pytest.mark.parametrize("inputs", ["V1", 3, None, {"V1"}])
def test_inputs_that_are_no_list_of_names_are_refused(inputs) -> None:
    with pytest.raises(TypeError, match=r"`inputs` of area 'V2' are no names; a list or tuple of names .* received "):
        area("V2", OPS, inputs)


@pytest.mark.parametrize("name", ["", "contrast", "V1.filter", 3, None])
def test_a_name_that_no_input_can_have_is_refused(name) -> None:
    with pytest.raises(ValueError, match="`inputs` of area 'V2' hold a name that is not usable; accepted are 1 to 40"):
        area("V2", OPS, [name])


def test_an_input_that_is_taken_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="hold a name twice; each is accepted once; received V1, V1"):
        area("V2", OPS, ["V1", "V1"])


def test_an_unknown_join_is_refused() -> None:
    with pytest.raises(ValueError, match="`join` of area 'V2' is not known; accepted are concatenate, add; got 'sum'"):
        area("V2", OPS, join="sum")
