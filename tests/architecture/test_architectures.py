import pytest

from hcnn_widgets.architecture import (
    ARCHITECTURES,
    Activate,
    Filter,
    Normalise,
    Pool,
    activate,
    area,
    filter,
    hcnn,
    normalise,
    pool,
)


@pytest.mark.parametrize("name", [name for name in ARCHITECTURES if name not in ("mlp", "perceptron")])
def test_every_hierarchy_has_its_areas_with_fields_that_never_shrink_and_a_map_left(name: str) -> None:
    spec = ARCHITECTURES[name]()
    own = {"lenet5": ("C1", "S2", "C3", "S4", "C5", "F6"), "auditory-hcnn": ("A1", "belt", "parabelt")}
    expected = own.get(spec.name, ("V1", "V2", "V4", "IT"))
    ventral = [info for info in spec.areas if info.name in expected]
    assert tuple(info.name for info in ventral) == expected
    fields = [info.receptive_field for info in ventral]
    assert fields == sorted(fields)
    assert len(set(fields)) >= 3


def test_the_one_without_normalisation_differs_in_nothing_else() -> None:
    plain = ARCHITECTURES["hcnn without normalisation"](input_shape=(32, 32, 1))
    kept = [[one for one in area.operations if not isinstance(one, Normalise)] for area in hcnn().stack]
    assert [list(area.operations) for area in plain.stack] == kept


@pytest.mark.parametrize("order", [("normalise", "filter", "pool", "activate"), ("pool", "filter"), ("activate",)])
def test_operations_come_in_the_order_asked_for(order) -> None:
    for one in hcnn(order=order).stack:
        assert tuple(operation.operation for operation in one.operations) == order


@pytest.mark.parametrize("order", [(), ("filter", "filter"), ("filter", "dense"), "filter"])
def test_an_order_that_is_none_is_refused(order) -> None:
    with pytest.raises(
        ValueError, match="`order` of hcnn is no order of operations; accepted are filter, activate, pool"
    ):
        hcnn(order=order)


def test_an_area_of_ones_own_stands_between_named_ones() -> None:
    own = area("V2", [filter(5), activate("tanh")])
    spec = hcnn(areas=["V1", own, "IT"], n_kernels=(3, 4, 7))
    assert spec.stack[1] is own
    assert [one.operations[0].n_kernels for one in spec.stack] == [3, 5, 7]


def test_each_argument_is_one_for_all_areas_or_one_an_area() -> None:
    spec = hcnn(
        areas=("A", "B", "C"),
        n_kernels=6,
        kernel_size=(7, 3),
        initial_gain=(0.5, 1),
        l2_penalty=(0.02, 0),
        activation=["relu", activate("leaky_relu", 0.3), None],
        pooling=(None, "lp", pool("mean", 3)),
        normalisation=[normalise(9), None, "divisive"],
    )
    expected = [Filter(6, 7, 2, initial_gain=0.5, l2_penalty=0.02), Filter(6, 3, 1), Filter(6, 3, 1)]
    assert expected == [area.operations[0] for area in spec.stack]
    assert spec.stack[0].operations[1:] == (Activate("relu"), Normalise(9))
    assert spec.stack[1].operations[1] == Activate("leaky_relu", 0.3)
    assert spec.stack[1].operations[2].function == "lp"
    assert spec.stack[2].operations[1] == Pool("mean", 3)


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        (
            {"n_kernels": (1, 2, 3, 4, 5)},
            ValueError,
            "`n_kernels` of hcnn does not fit the areas; .* 1 to 4 .*; received 5 values",
        ),
        ({"pooling": []}, ValueError, "`pooling` of hcnn does not fit the areas"),
        (
            {"pooling": "median"},
            ValueError,
            "`pooling` of hcnn is not known; accepted are max, mean, lp, subsample; received 'median'",
        ),
        (
            {"normalisation": "batch"},
            ValueError,
            "`normalisation` of hcnn is not known; accepted are divisive; received 'batch'",
        ),
        ({"activation": 3}, TypeError, "hcnn was given no activate operation; .*; received 3"),
        ({"pooling": activate("relu")}, TypeError, "hcnn was given no pool operation"),
        (
            {"areas": "V1"},
            TypeError,
            "`areas` are no areas; names and area.* in a sequence are accepted; received 'V1'",
        ),
        ({"areas": [1]}, TypeError, "`areas` are no areas"),
        ({"areas": ()}, ValueError, "`stack` holds no areas"),
    ],
)
def test_what_hcnn_cannot_use_is_refused(options, error, says: str) -> None:
    with pytest.raises(error, match=says):
        hcnn(**options)
