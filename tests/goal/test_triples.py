"""Architecture x goal x rule: each triple trains, or is refused by a sentence before anything is trained.

All pairs of a rule with an architecture, and of a rule with a goal, are looked at; each pair of rule and architecture
takes the goal that is next in turn, so that every three meet in some test without all of the thousand being built.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import tensorflow as tf

import hcnn_widgets as hw
from hcnn_widgets.architecture import ARCHITECTURES
from hcnn_widgets.goal import GOALS
from hcnn_widgets.learning import RULES
from hcnn_widgets.sweeps import Choices, Design


@pytest.fixture(scope="module")
def objects() -> hw.StimulusSet:
    return hw.stimuli.objects(16, size=16, cache=False)


@pytest.fixture
def uncompiled() -> Iterator[None]:
    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)


def triples() -> list[tuple[str, str, str]]:
    """Return each rule with each architecture once, the goals in turn."""
    goals = list(GOALS)
    return [
        (architecture, goals[(a + r) % len(goals)], rule)
        for r, rule in enumerate(RULES)
        for a, architecture in enumerate(ARCHITECTURES)
    ]


@pytest.mark.parametrize("rule", RULES)
def test_what_does_not_fit_is_a_sentence(rule: str, objects: hw.StimulusSet) -> None:
    for triple in triples():
        if triple[2] == rule:
            refusal = Design(*triple).refusal(objects)
            assert refusal == "" or (refusal.endswith(".") and "ccepted" in refusal), (triple, refusal)


def quick(name: str) -> Any:
    kind: Any = RULES[name]
    few = {"steps_per_area": 5, "n_patches": 20} if hasattr(kind, "steps_per_area") else {}
    return lambda: kind(learning_rate=1e-4, batch_size=8, **few)


@pytest.mark.parametrize("rule", RULES)
def test_what_fits_trains(rule: str, objects: hw.StimulusSet, uncompiled: None) -> None:
    place = list(RULES).index(rule)
    mine = [triple for triple in triples() if triple[2] == rule]
    for triple in (mine[place % len(mine)], mine[(place + 3) % len(mine)]):
        design = Design(*triple, Choices(rules=RULES | {rule: quick(rule)}))
        _, stimuli = design.fitted(objects)
        model = design.model(stimuli)
        refusal = design.refusal(objects)
        if refusal:
            with pytest.raises(ValueError, match=r"\.$"):
                model.train(stimuli)
            continue
        run = model.train(stimuli, validation=None, epochs=1)
        assert run.join(60)
        assert run.state == "finished", (triple, run.state_message)
        assert np.isfinite(run.history.series("loss").mean).all(), triple
