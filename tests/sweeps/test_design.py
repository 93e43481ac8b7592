"""A design: three names that make a model, or a sentence that says why not; and what differs between two runs."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.sweeps import Choices, Design, SweepRow, difference

SMALL = Choices(architectures={"small": lambda **options: hw.architecture.hcnn(["V1", "IT"], 4, 3, **options)})


def test_the_names_make_the_model(images: hw.StimulusSet) -> None:
    model = Design("small", "position", "sign symmetry", SMALL).model(images, seed=3)
    assert (model.goal.name, model.rule.name, model.areas, model.seed) == ("position", "sign symmetry", ("V1", "IT"), 3)


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"`goal='positoin'` is unknown.*the nearest is 'position'"):
        Design(goal="positoin")
    with pytest.raises(TypeError, match=r"`goals` must be a mapping.*received \['position'\]"):
        Choices(goals=["position"])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("small", "categorization", "backpropagation"), ""),
        (("small", "categorization", "perceptron"), "PerceptronRule knows the mistakes of output units alone"),
        (("perceptron", "categorization", "sparse coding"), "works on what filters see"),
        (("perceptron", "nearest code", "backpropagation"), "no weight that training may change"),
    ],
)
def test_what_cannot_learn_says_why_before_it_is_built(images: hw.StimulusSet, names: Any, words: str) -> None:
    choices = Choices(architectures=SMALL.architectures | {"perceptron": hw.architecture.perceptron})  # type: ignore[operator]
    refusal = Design(*names, choices).refusal(images)
    assert words in refusal
    assert bool(words) == bool(refusal)


def test_a_refusal_is_what_training_says(images: hw.StimulusSet) -> None:
    bare = hw.StimulusSet.from_arrays(images.images)
    design = Design("small", choices=SMALL)
    with pytest.raises(ValueError, match="labels") as said:
        design.model(bare).train(bare)
    assert str(said.value) == design.refusal(bare)
    assert Design("small", "categorization", "competitive hebbian", SMALL).refusal(bare) == ""


def row(number: int, sites: Any) -> SweepRow:
    return SweepRow(number, best=float(np.median(sites, axis=1).mean()), sites=sites)


def test_a_difference_is_paired_over_sites_as_a_slow_loop_has_it() -> None:
    rng = np.random.default_rng(0)
    before = rng.uniform(0.1, 0.6, (1, 30))
    after = before + 0.05 + rng.normal(0, 0.01, (1, 30))
    found = difference(row(1, after), row(0, before))
    assert found is not None
    slow = []
    for _ in range(2000):
        drawn = rng.integers(30, size=30)
        slow.append(np.median(after[0, drawn]) - np.median(before[0, drawn]))
    low, high = np.quantile(slow, [0.025, 0.975])
    assert found.value == pytest.approx(np.median(after) - np.median(before))
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.02)
    assert found.low > 0
    assert found.n_sites == 30


def test_of_networks_that_differ_by_chance_alone_the_interval_holds_0_as_often_as_it_says() -> None:
    rng, holds = np.random.default_rng(1), 0
    for _ in range(40):
        found = difference(row(1, rng.normal(0, 0.1, (5, 40))), row(0, rng.normal(0, 0.1, (5, 40))))
        assert found is not None
        holds += found.low <= 0 <= found.high
    assert 34 <= holds <= 40


def test_sites_that_one_network_lacks_are_left_out_of_both() -> None:
    rng = np.random.default_rng(2)
    whole = rng.normal(0.3, 0.1, (5, 20))
    some = whole.copy()
    some[:, 3] = np.nan
    found = difference(row(1, some), row(0, whole))
    assert found is not None
    assert (found.value, found.n_sites) == (0.0, 19)
    assert difference(row(1, whole), SweepRow(0)) is None
    assert difference(row(1, whole), row(0, whole[:, :5])) is None


def test_sites_come_back_from_json_and_other_things_do_not() -> None:
    made = row(1, np.array([[0.5, np.nan], [0.25, 0.125]]))
    again = SweepRow.from_dict(made.to_dict())
    assert np.array_equal(again.sites, made.sites, equal_nan=True)
    for sites in ([[1, 2], [3]], [["a"]], [1]):
        with pytest.raises(ValueError, match="sites"):
            SweepRow.from_dict(made.to_dict() | {"sites": sites})
    assert replace(made, title="mine").sites.flags.writeable is False


def test_accuracies_of_other_kinds_are_not_laid_together(tmp_path: Path) -> None:
    for name, told in (("ada", {}), ("ben", {"by_readout": True})):
        (tmp_path / name).mkdir()
        (tmp_path / name / "sweep.json").write_text(json.dumps({"recordings": "V4, one", **told}))
    with pytest.raises(ValueError, match=r"the same quantity.*received both"):
        hw.sweeps.join([tmp_path / "ada", tmp_path / "ben"])
    assert hw.sweeps.join([tmp_path / "ben"]).settings["by_readout"]
