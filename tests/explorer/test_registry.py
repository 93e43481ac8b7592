"""Which models are listed, under which names, and that listing keeps none of them alive."""

import gc
import weakref
from types import SimpleNamespace
from typing import Any

import keras
import pytest
from stand_in_kernel import a_run

import hcnn_widgets as hw
from hcnn_widgets.explorer import registry
from hcnn_widgets.explorer.registry import Registry, living_models, named_models


def a_model(**values: Any) -> Any:
    return hw.GoalDrivenModel(architecture=hw.architecture.hcnn(), **values)


def names(namespace: dict[str, Any]) -> list[str]:
    return [name for name, _ in named_models(namespace)]


def listed(namespace: dict[str, Any]) -> list[str | None]:
    found = Registry()
    found.scan(namespace)
    return [model["variable"] for model in found.snapshot()]


def test_goal_driven_and_keras_models_are_found_by_their_variables() -> None:
    net = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(1)])
    assert names({"model": a_model(), "net": net, "x": 3}) == ["model", "net"]


@pytest.mark.parametrize(
    ("make", "expression"),
    [
        (lambda model: [model], "held[0]"),
        (lambda model: (1, model), "held[1]"),
        (lambda model: {"deep": model}, "held['deep']"),
        (lambda model: {4: model}, "held[4]"),
    ],
)
def test_a_model_in_a_plain_container_is_found(make: Any, expression: str) -> None:
    model = a_model()
    assert names({"held": make(model)}) == [expression]


@pytest.mark.parametrize(
    "make",
    [
        lambda model: [model] * 65,
        lambda model: dict.fromkeys(range(65), model),
        lambda model: {(1, 2): model},
        lambda model: [[model]],
        lambda model: SimpleNamespace(model=model),
    ],
)
def test_a_model_that_lies_deeper_or_among_many_is_not_looked_for(make: Any) -> None:
    model = a_model()
    assert names({"held": make(model)}) == []


def test_a_model_is_found_through_its_run_and_through_a_panel_of_that() -> None:
    ours = {"__module__": "hcnn_widgets.widgets.stand_in"}
    model = a_model()
    run = type("Run", (), ours)()
    run.model = model
    panel = type("Panel", (), ours)()
    panel.run = run
    assert names({"run": run}) == ["run.model"]
    assert names({"panel": panel}) == ["panel.run.model"]


def test_a_property_that_cannot_answer_has_nothing_to_list() -> None:
    def broken(self: object) -> None:
        raise RuntimeError("not now")

    kind = type("Panel", (), {"__module__": "hcnn_widgets.widgets.stand_in", "model": property(broken)})
    assert names({"panel": kind()}) == []


def test_names_of_the_shell_and_hidden_names_are_passed_over() -> None:
    model = a_model()
    assert names({"_": model, "_3": model, "Out": {1: model}, "In": [model]}) == []


def test_a_model_of_several_names_is_listed_once_with_the_others_as_aliases() -> None:
    model = a_model()
    found = Registry()
    found.scan({"a": model, "b": model, "many": [model]})
    (only,) = found.snapshot()
    assert (only["variable"], only["key"], only["aliases"]) == ("a", "a", ["b"])


def test_a_deleted_model_goes_at_once_and_is_freed() -> None:
    namespace = {"model": a_model()}
    found = Registry()
    found.scan(namespace)
    gone = weakref.ref(namespace["model"])
    del namespace["model"]
    gc.collect()
    assert gone() is None
    assert found.snapshot() == []
    assert not found.training()


def test_a_model_that_is_being_trained_is_listed_though_no_variable_reaches_it() -> None:
    model = a_model()
    model.run = a_run()
    found = Registry()
    found.scan({})
    (only,) = found.snapshot()
    assert only["variable"] is None
    assert only["key"].startswith("#")
    assert only["training"]["steps_done"] == 40
    assert found.training()
    model.run.alive = False
    assert not found.training()
    assert listed({}) == []


def test_a_models_training_is_told_as_it_stands_when_asked() -> None:
    model = a_model()
    model.run = a_run(steps_done=1)
    found = Registry()
    found.scan({"model": model})
    model.run.steps_done = 2
    assert found.snapshot()[0]["training"]["steps_done"] == 2


def test_a_keras_model_has_no_training_of_ours() -> None:
    net = keras.Sequential([keras.layers.Dense(1)])
    found = Registry()
    found.scan({"net": net})
    assert found.snapshot()[0]["training"] is None
    assert not found.training()


def test_before_the_package_has_made_a_model_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(registry.sys.modules, "hcnn_widgets.model", raising=False)
    assert living_models() == []


def test_a_model_that_another_thread_lets_go_of_during_the_scan_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = hw.GoalDrivenModel(hw.architecture.hcnn())

    def one_goes(_namespace: Any) -> Any:
        yield "gone", hw.GoalDrivenModel(hw.architecture.hcnn())
        yield "kept", kept

    monkeypatch.setattr(registry, "named_models", one_goes)
    found = Registry()
    found.scan({})
    assert [model["variable"] for model in found.snapshot()] == ["kept"]
