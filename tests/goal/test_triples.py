"""Architecture x goal x rule: each triple trains, or is refused by a sentence before anything is trained.

Of all triples the rule is asked whether it takes the network. Each architecture and each goal is trained beside
(`test_architectures_and_goals`); here each rule trains with two architectures, the goals in turn. `make triples` trains
them all.
"""

from functools import partial
from itertools import product
from typing import Any

import numpy as np
import pytest
from fitting import fitting

import hcnn_widgets as hw
from hcnn_widgets.architecture import ARCHITECTURES
from hcnn_widgets.goal import GOALS
from hcnn_widgets.learning import RULES
from hcnn_widgets.learning.network import build_network
from hcnn_widgets.saving.deferred import in_fresh_thread, without_memory
from hcnn_widgets.sweeps import Choices, Design

pytestmark = pytest.mark.no_cover  # each architecture, goal and rule trains in a test of its own as well


def refusals(objects: Any, sequences: Any) -> dict[tuple[str, str, str], str]:
    """Return what each rule says of each goal on each architecture, the layers being Keras's own."""
    found = {}
    for architecture, goal in product(ARCHITECTURES, GOALS):
        stimuli = sequences[goal].still(-1) if goal in sequences else objects
        made = GOALS[goal]()
        units = () if made.refusal(stimuli) else made.units(stimuli)
        spec, _ = fitting(architecture, stimuli)
        network = without_memory(partial(build_network, spec, made, hw.learning.Backpropagation(), units, 0))
        found |= {(architecture, goal, rule): RULES[rule]().refusal(network, made) for rule in RULES}
    return found


def test_of_all_triples_each_is_taken_or_refused_in_a_sentence(objects: Any, sequences: Any) -> None:
    found = in_fresh_thread(partial(refusals, objects, sequences))
    assert set(found) == set(product(ARCHITECTURES, GOALS, RULES))
    said = {triple: refusal for triple, refusal in found.items() if refusal}
    assert {triple: words for triple, words in said.items() if "ccepted" not in words or words[-1] != "."} == {}
    assert 0 < len(said) < len(found)


def triples() -> list[tuple[str, str, str]]:
    """Return each rule with each architecture once, the goals in turn."""
    goals = list(GOALS)
    return [
        (architecture, goals[(a + r) % len(goals)], rule)
        for r, rule in enumerate(RULES)
        for a, architecture in enumerate(ARCHITECTURES)
    ]


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
