import contextlib
import json

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hcnn_widgets.architecture import OPERATIONS, ArchitectureSpec, area, filter, hcnn, pool


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_spec_comes_back_from_json_equal_and_measured_alike(data, random_specs) -> None:
    spec = data.draw(random_specs)
    assume(spec is not None)
    again = ArchitectureSpec.from_json(spec.to_json())
    assert again == spec
    assert again.areas == spec.areas


@pytest.mark.no_cover
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(data=st.data())
def test_any_graph_comes_back_from_json_equal_and_measured_alike(data, random_graphs) -> None:
    spec = data.draw(random_graphs)
    assume(spec is not None)
    again = ArchitectureSpec.from_json(spec.to_json())
    assert again == spec
    assert again.areas == spec.areas
    assert again.links == spec.links
    assert str(again) == str(spec)


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text(max_size=5)
        | st.sampled_from(list(OPERATIONS)),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=8,
    ),
    st.sampled_from(["format", "name", "input_shape", "degrees", "background", "areas", "operations", "0"]),
)
def test_whatever_stands_in_a_field_is_read_or_refused_as_a_value(junk, field: str) -> None:
    described = json.loads(hcnn(areas=("V1",)).to_json())
    inner = described["areas"][0]
    place, key = {"operations": (inner, "operations"), "0": (inner["operations"], 0)}.get(field, (described, field))
    place[key] = junk
    text = json.dumps(described)
    spec = None
    with contextlib.suppress(ValueError):
        spec = ArchitectureSpec.from_json(text)
    if spec is None:
        with pytest.raises(ValueError, match=r"accepted.*; received .{,300}$"):
            ArchitectureSpec.from_json(text)
    else:
        assert ArchitectureSpec.from_json(spec.to_json()) == spec


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["V1", "image", "add"]),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=6,
    ),
    st.sampled_from(["inputs", "time_steps", "areas.inputs", "areas.join"]),
)
def test_whatever_stands_in_a_field_of_a_graph_is_read_or_refused_as_a_value(junk, field: str) -> None:
    described = json.loads(hcnn(areas=("V1",)).to_json())
    *inner, key = field.split(".")
    (described["areas"][0] if inner else described)[key] = junk
    text = json.dumps(described)
    spec = None
    with contextlib.suppress(ValueError):
        spec = ArchitectureSpec.from_json(text)
    if spec is None:
        with pytest.raises(ValueError, match=r"[Aa]ccepted"):
            ArchitectureSpec.from_json(text)
    else:
        assert ArchitectureSpec.from_json(spec.to_json()) == spec


def test_a_chain_is_written_without_a_word_of_inputs_joins_or_time() -> None:
    spec = ArchitectureSpec((area("V1", [pool("max", 2)]),), (16, 16, 1))
    operation = {"operation": "pool", "function": "max", "size": 2, "stride": 2, "padding": "same", "p": 2.0}
    described = {"format": "hcnn_widgets.architecture/1", "name": "hcnn", "input_shape": [16, 16, 1], "degrees": 8.0}
    described |= {"background": 0.0, "areas": [{"name": "V1", "operations": [operation]}]}
    assert spec.to_json() == json.dumps(described, indent=2)


def test_a_filter_written_when_there_were_no_penalties_has_none() -> None:
    described = json.loads(hcnn(areas=("V1",), l2_penalty=0.5).to_json())
    del described["areas"][0]["operations"][0]["l2_penalty"]
    assert ArchitectureSpec.from_json(json.dumps(described)) == hcnn(areas=("V1",), l2_penalty=0)


def test_a_graph_is_written_with_its_inputs_joins_and_time() -> None:
    stack = (area("V1", [filter(2)], ["left"]), area("V2", [filter(2)], ["V1", "V2"], "add"))
    spec = ArchitectureSpec(stack, time_steps=2, inputs={"left": (2, 8, 8, 1)})
    described = json.loads(spec.to_json())
    assert described["input_shape"] == [2, 8, 8, 1]
    assert described["inputs"] == {"left": [2, 8, 8, 1]}
    assert described["time_steps"] == 2
    assert [{key: value for key, value in area.items() if key != "operations"} for area in described["areas"]] == [
        {"name": "V1", "inputs": ["left"]},
        {"name": "V2", "inputs": ["V1", "V2"], "join": "add"},
    ]


def _changed(**changes) -> str:
    return json.dumps({**json.loads(hcnn(areas=("V1",)).to_json()), **changes})


def _with_operation(operation) -> str:
    return _changed(areas=[{"name": "V1", "operations": [operation]}])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "the text is no JSON; the text of to_json"),
        ("[" * 100_000, "the text is no JSON"),
        ("9" * 10_000, "the text is no JSON"),
        (" " * 200_001, "the text is too long; up to 200000 characters are accepted; received 200001"),
        ("[]", "the text is no object; an object with format, name, input_shape, degrees, areas"),
        ("{}", "the text lacks format, name"),
        (_changed(format="2"), "`format` is not known; 'hcnn_widgets.architecture/1' is accepted; received '2'"),
        (_changed(extra=1), "the text has an unknown field 'extra'"),
        (_changed(degrees="8"), "`degrees` of architecture is not a number"),
        (_changed(input_shape=[64, 64, 1.5]), r"`input_shape\[2\]` of architecture is not a whole number"),
        (_changed(areas={"V1": []}), "`areas` is no list"),
        (_changed(time_steps=2.5), "`time_steps` of architecture is not a whole number"),
        (_changed(inputs=[["image", [64, 64, 1]]]), "`inputs` of architecture are no inputs"),
        (
            _changed(areas=[{"name": "V1", "operations": [{"operation": "activate"}], "inputs": "image"}]),
            r"areas\[0\]: `inputs` of area 'V1' are no names; a list or tuple .*; received 'image'",
        ),
        (_changed(areas=[{"name": "V1"}]), r"areas\[0\] lacks operations"),
        (
            _changed(areas=[{"name": "V1", "operations": []}]),
            r"areas\[0\]: `operations` of area 'V1' are no operations",
        ),
        (
            _with_operation({"operation": "dense"}),
            r"areas\[0\].operations\[0\]: the `operation` is not known; accepted are",
        ),
        (_with_operation({"operation": ["filter"]}), "the `operation` is not known"),
        (_with_operation("filter"), "the `operation` is not known"),
        (
            _with_operation({"operation": "filter"}),
            r"areas\[0\].operations\[0\] lacks n_kernels; an object with operation",
        ),
        (_with_operation({"operation": "filter", "n_kernels": 4, "seize": 3}), "has an unknown field 'seize'"),
        (_with_operation({"operation": "filter", "n_kernels": "4"}), "`n_kernels` of filter is not a whole number"),
        (_with_operation({"operation": "filter", "n_kernels": 10**9}), "`n_kernels` of filter is out of range"),
    ],
)
def test_bad_json_is_refused_and_the_place_named(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        ArchitectureSpec.from_json(text)


def test_something_other_than_text_is_refused() -> None:
    with pytest.raises(TypeError, match="`text` is not text; the JSON of a spec is accepted; received bytes"):
        ArchitectureSpec.from_json(b"{}")


def test_what_json_leaves_out_takes_the_default() -> None:
    described = json.loads(hcnn(areas=("V1",)).to_json())
    del described["background"]
    described["areas"][0]["operations"] = [{"operation": "filter", "n_kernels": 3}]
    spec = ArchitectureSpec.from_json(json.dumps(described))
    assert spec.background == 0
    assert spec.stack[0].operations[0].size == 3
