"""What was chosen for a run, as plain data; and in words where runs differ."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, is_dataclass
from typing import Any

from hcnn_widgets.widgets.panel.words import short_name

Flat = dict[str, Any]
"""Words -> value: {"V1 filter size": 9, "learning rate": 0.002}"""

NAME = "network"
SILENT = frozenset({"architecture", "areas", "operations", "goal", "rule", "format", "nodes", "layers"})
"""Levels of the data that say nothing to a reader."""
MOST_SAID = 3


def choices_of(run: Any) -> Flat:
    """Return what was chosen for a run, flat.

    Parameters
    ----------
    run : TrainingRun

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> rule = SimpleNamespace(name="backpropagation", to_dict=lambda: {"rule": "backpropagation", "batch_size": 32})
    >>> model = SimpleNamespace(name="hcnn", spec=None, goal=None, rule=rule)
    >>> choices_of(SimpleNamespace(model=model, n_steps=30, steps_per_epoch=10))
    {'network': 'hcnn', 'rule': 'backpropagation', 'batch size': 32, 'epochs': 3.0}
    """
    model = run.model
    spec, goal, rule = (getattr(model, name, None) for name in ("spec", "goal", "rule"))
    found: Flat = {NAME: spec.name if spec is not None else getattr(model, "name", "")}
    if spec is not None:
        found |= {words: value for words, value in _flat(json.loads(spec.to_json())) if words != "name"}
    if is_dataclass(goal) and not isinstance(goal, type):
        found |= {"goal": getattr(goal, "name", ""), **dict(_flat(asdict(goal)))}
    if rule is not None and hasattr(rule, "to_dict"):
        settings = dict(rule.to_dict())
        found |= {"rule": settings.pop("rule", ""), **dict(_flat(settings))}
    images = getattr(getattr(run, "setup", None), "images", None)
    if images:
        found |= {"images": images.get("name", ""), "number of images": images.get("n_stimuli")}
    return found | ({"epochs": run.n_steps / run.steps_per_epoch} if run.steps_per_epoch else {})


def differing(choices: Sequence[Flat]) -> list[str]:
    """Return the words in which runs differ, in their order.

    Where the networks have different names these say enough of the architecture.

    Examples
    --------
    >>> differing([{"network": "a", "V1 filter size": 5, "seed": 0}, {"network": "a", "V1 filter size": 9, "seed": 0}])
    ['V1 filter size']
    """
    words = dict.fromkeys(name for each in choices for name in each)
    found = [name for name in words if any(each.get(name) != choices[0].get(name) for each in choices[1:])]
    if NAME not in found:
        return found
    others = [each for each in choices if set(each) != set(choices[0])]
    everywhere = {name for name in words if all(name in each for each in choices)} if others else set(words)
    return [NAME, *(name for name in found if name != NAME and name in everywhere)]


def in_words(choices: Flat, names: Sequence[str], most: int = MOST_SAID) -> str:
    """Return what was chosen of some things: "V1 filter size 9, learning rate 0.002".

    Examples
    --------
    >>> in_words({"network": "hcnn", "V1 filter size": 9, "padding": "same"}, ["network", "V1 filter size"])
    'hcnn, V1 filter size 9'
    """
    known = [name for name in names if choices.get(name) is not None]
    said = [_value(choices[name]) if name == NAME else f"{name} {_value(choices[name])}" for name in known]
    rest = len(said) - most
    return ", ".join([*said[:most], *([f"{rest} more"] if rest > 0 else [])])


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else short_name(str(value))


def _flat(value: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Yield the values of nested data with the words that lead to them."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("name", "operation") and words:  # said already, by the words that lead here
                continue
            yield from _flat(inner, words if key in SILENT else (*words, str(key).removeprefix("n_").replace("_", " ")))
    elif isinstance(value, list) and any(isinstance(inner, dict) for inner in value):
        for number, inner in enumerate(value, start=1):
            said = inner.get("name") or inner.get("operation") if isinstance(inner, dict) else None
            yield from _flat(inner, (*words, str(said or number)))
    elif words:
        yield " ".join(words), tuple(value) if isinstance(value, list) else value
