import subprocess
import sys

import pytest

from hcnn_widgets.architecture import ArchitectureSpec, area, filter, hcnn, normalise, pool

V1 = area("V1", [filter(4)])


@pytest.mark.parametrize("stack", [(), ("V1",), [V1.operations]])
def test_a_spec_without_areas_is_refused(stack) -> None:
    with pytest.raises(ValueError, match="`stack` holds no areas; 1 to 64 of area"):
        ArchitectureSpec(stack)


def test_an_area_that_comes_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="area 'V1' comes twice; each name is accepted once; received V1, V2, V1"):
        ArchitectureSpec((V1, area("V2", [filter(4)]), V1))


@pytest.mark.parametrize("shape", [(64, 64), 64, "abc", (64, 64, 1, 1)])
def test_an_input_that_is_no_image_is_refused(shape) -> None:
    with pytest.raises(ValueError, match="`input_shape` of architecture is no shape of an image"):
        ArchitectureSpec((V1,), shape)


@pytest.mark.parametrize(("shape", "field"), [((0, 64, 1), "0"), ((64, 4096, 1), "1"), ((64, 64, 0), "2")])
def test_a_side_of_the_image_out_of_bounds_is_refused(shape, field: str) -> None:
    with pytest.raises(ValueError, match=rf"`input_shape\[{field}\]` of architecture is out of range"):
        ArchitectureSpec((V1,), shape)


@pytest.mark.parametrize(("option", "value"), [("degrees", 0), ("degrees", float("inf")), ("background", 1.5)])
def test_a_number_of_the_architecture_out_of_bounds_is_refused(option: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"`{option}` of architecture is out of range"):
        ArchitectureSpec((V1,), **{option: value})


def test_too_many_weights_are_refused() -> None:
    wide = [filter(4096, 101, padding="same"), filter(4096, 101)]
    with pytest.raises(ValueError, match="too many weights; up to 200,000,000 are accepted"):
        ArchitectureSpec((area("V1", wide),), (16, 16, 1))


def test_the_table_has_a_line_an_area_with_its_numbers() -> None:
    areas = [area("V1", [normalise(3, over="own"), filter(8, 5, 2), pool("lp", 3, 2, p=3)]), "IT"]
    lines = str(hcnn(areas=areas, n_kernels=8, normalisation=None, input_shape=(32, 32, 3), degrees=16)).splitlines()
    assert len(lines) == 4
    assert "normalise 3x3 over own, filter 8 5x5 /2, L3 pool 3x3 /2" in lines[2]
    # Receptive field 3 + 4 + 2 * 2 = 11 px of half a degree; parameters 2 * 3 + 8 * (5 * 5 * 3 + 1) = 614.
    assert [cell.strip() for cell in lines[2].split("  ") if cell][2:] == [
        "8 x 8 x 8",
        "11 px (5.50 deg)",
        "4 px (2.00 deg)",
        "614",
    ]


def test_the_table_names_a_penalty_where_there_is_one() -> None:
    spec = hcnn(areas=("V1", "V2"), n_kernels=4, kernel_size=3, stride=1, l2_penalty=(0.02, 0), pooling=None)
    assert [line.split("  ")[2].strip() for line in str(spec).splitlines()[2:]] == [
        "filter 4 3x3 L2 0.02, relu, normalise 3x3 over all",
        "filter 4 3x3, relu, normalise 3x3 over all",
    ]


def test_the_table_of_a_chain_does_not_speak_of_inputs_even_where_they_are_said() -> None:
    plain = (area("V1", [filter(4)]), area("V2", [filter(4)]))
    said = (area("V1", [filter(4)], ["image"]), area("V2", [filter(4)], ["V1"]))
    assert str(ArchitectureSpec(said)) == str(ArchitectureSpec(plain))
    assert str(ArchitectureSpec(plain)) == (
        "hcnn: images 64 x 64 x 1, 8 deg, 188 parameters\n"
        "area  operations    map          receptive field  stride           parameters\n"
        "V1    filter 4 3x3  64 x 64 x 4  3 px (0.38 deg)  1 px (0.12 deg)  40\n"
        "V2    filter 4 3x3  64 x 64 x 4  5 px (0.62 deg)  1 px (0.12 deg)  148"
    )


def test_the_table_of_a_graph_says_what_an_area_takes_beside_the_area_before() -> None:
    v2 = area("V2", [filter(4)], ["V1", "V2"], join="add")
    stack = (
        V1,
        area("A1", [filter(4)], ["sound"]),
        v2,
        area("IT", [filter(4)]),
        area("STS", [filter(2)], ["IT", "A1"]),
    )
    spec = ArchitectureSpec(stack, time_steps=3, inputs={"image": (16, 16, 1), "sound": (3, 16, 16, 2)})
    title, *lines = str(spec).splitlines()
    assert title.startswith("hcnn: image 16 x 16 x 1, sound 3 x 16 x 16 x 2, 3 time steps, 8 deg, ")
    start, end = lines[0].index("inputs"), lines[0].index("operations")
    inputs = [line[start:end].rstrip() for line in lines]
    assert inputs == ["inputs", "", "sound", "V1 + V2(t-1)", "", "IT, A1"]


def test_number_of_units_is_the_product_of_the_shape() -> None:
    assert [info.n_units for info in hcnn().areas] == [
        h * w * c for h, w, c in (info.output_shape for info in hcnn().areas)
    ]


def test_equal_specs_are_equal_and_hash_alike() -> None:
    assert hcnn() == hcnn()
    assert hash(hcnn()) == hash(hcnn())
    assert hcnn() != hcnn(activation="tanh")


def test_specs_are_made_measured_and_written_without_loading_keras() -> None:
    code = (
        "import sys; import hcnn_widgets as hw; spec = hw.architecture.hcnn(); spec.to_json(); str(spec); "
        "hw.ActivationSet({'V1': [[1.0]]}, ['a']); print('keras' in sys.modules or 'tensorflow' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
