"""The table of few labels: a row a rule, with numbers for each share."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import hcnn_widgets as hw

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "labels.py"


@pytest.fixture(autouse=True)
def steps_one_by_one(uncompiled: None) -> None:
    """Have the steps done one by one: to compile them takes far longer than to do so few."""


@pytest.fixture(scope="module")
def script() -> Iterator[Any]:
    spec = importlib.util.spec_from_file_location("labels_benchmark", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(SCRIPT.parent)  # of `against_brains`
        spec.loader.exec_module(module)
        yield module


@pytest.mark.no_cover
def test_a_row_a_rule_has_accuracy_and_r_for_each_share(script: Any, capsys: pytest.CaptureFixture[str]) -> None:
    few = "--images 40 --new 20 --epochs 1 --seeds 1 --shares .2 1 --rules backpropagation oja"
    v4 = hw.mapping.simulated_cortex(hw.stimuli.objects(80, size=32, seed=5), n_sites=5, seed=0)["V4"]
    head, *rows = script.table(script.asked(few.split()), v4)
    assert head.count("accuracy") == 2
    assert [row.split()[0] for row in rows] == ["backpropagation", "oja"]
    for row in rows:
        numbers = [float(number) for number in re.findall(r"-?\d\.\d{3}(?= ±)", row)]
        assert len(numbers) == 4
        assert all(0 <= number <= 1 for number in numbers[::2])
    # Areas that learn without labels are the same whatever the share.
    assert rows[1].split()[4] == rows[1].split()[-3]
    assert "oja" in capsys.readouterr().out
