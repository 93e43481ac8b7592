"""Registry of the notebook's models: those in variables, and those in training; all held weakly."""

import sys
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from hcnn_widgets.learning.watched_models import is_keras_model, watched_as

from .description import describe
from .run_state import run_state

_LONGEST_CONTAINER = 64
_OF_THE_SHELL = frozenset({"In", "Out", "exit", "quit", "get_ipython", "open"})


@dataclass
class Entry:
    """One model: how the notebook reaches it, and what it is made of.

    Attributes
    ----------
    model : weakref.ref
        Gives None once the model is gone.
    variable : str or None
        What to type to get it: ``model``, ``models[0]``, ``run.model``; None where no variable reaches it.
    aliases : list of str
        Other variables that are the same model.
    description : dict
        As ``describe`` gives it.
    """

    model: "weakref.ref[Any]"
    variable: str | None
    aliases: list[str] = field(default_factory=list)
    description: dict[str, Any] = field(default_factory=dict)


class Registry:
    """The models of one kernel, as they were found at the last scan; keeps none of them alive."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []

    def scan(self, namespace: Mapping[str, Any]) -> None:
        """Look for models, and describe them.

        Parameters
        ----------
        namespace : mapping of str to object
            The variables of the notebook.
        """
        found: dict[int, Entry] = {}
        for expression, model in named_models(dict(namespace)):
            entry = found.setdefault(id(model), Entry(weakref.ref(model), expression))
            if entry.variable != expression and expression.isidentifier():
                entry.aliases.append(expression)
        for model in living_models():
            if id(model) not in found and model.run is not None and model.run.alive:
                found[id(model)] = Entry(weakref.ref(model), None)
        self._entries = [entry for entry in found.values() if _described(entry)]

    def snapshot(self) -> list[dict[str, Any]]:
        """Return descriptions of the models that still exist, each with its training as it stands now."""
        return [entry for entry in map(_snapshot, self._entries) if entry is not None]

    def stop(self, key: object) -> None:
        """Have the training of the model that was told under this key end after the steps under way."""
        for entry in self._entries:
            model = entry.model()
            run = None if model is None or _key(entry, model) != key else run_of(model)
            if run is not None:
                run.stop()

    def training(self) -> bool:
        """Whether any of the models found is being trained."""
        runs = [run_of(entry.model()) for entry in self._entries]
        return any(getattr(run, "alive", False) is True for run in runs)


def _described(entry: Entry) -> bool:
    """Describe a model; say whether it was still there, for another thread may just have let go of it."""
    model = entry.model()
    if model is None:
        return False
    entry.description = describe(model)
    return True


def _snapshot(entry: Entry) -> dict[str, Any] | None:
    model = entry.model()
    if model is None:
        return None
    return {
        **entry.description,
        "key": _key(entry, model),
        "variable": entry.variable,
        "aliases": entry.aliases,
        "training": run_state(run_of(model)),
    }


def run_of(model: Any) -> Any:
    """Return the latest training of a model, or of a Keras model the fit that is watched; None where there is none."""
    return getattr(watched_as(model) if is_keras_model(model) else model, "run", None)


def _key(entry: Entry, model: Any) -> str:
    return entry.variable or f"#{id(model):x}"


def living_models() -> list[Any]:
    """List the goal-driven models of this process, if the package has made any; loads nothing.

    What panels take for a Keras model that is watched is left out: people know the Keras model.
    """
    kind = getattr(sys.modules.get("hcnn_widgets.model"), "GoalDrivenModel", None)
    models = [] if kind is None else kind.instances()
    return [model for model in models if watched_as(getattr(model, "network", None)) is not model]


def named_models(namespace: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Find models by the variables that reach them: directly first, then one step on.

    Parameters
    ----------
    namespace : dict of str to object
        Not changed; names of the shell's own and names with a leading underscore are passed over.

    Yields
    ------
    (str, model)
        What to type for it, and the model. A model may come more than once.
    """
    variables = {name: value for name, value in namespace.items() if name[:1] != "_" and name not in _OF_THE_SHELL}
    living = {id(model): model for model in living_models()}
    yield from ((name, value) for name, value in variables.items() if _is_model(value, living))
    for name, value in variables.items():
        yield from ((name + step, inner) for step, inner in _one_step_on(value) if _is_model(inner, living))


def _is_model(value: object, living: dict[int, Any]) -> bool:
    return id(value) in living or is_keras_model(value)


def _one_step_on(value: Any) -> Iterator[tuple[str, Any]]:
    """Look into plain containers, and into what of ours holds a model: a run, a panel."""
    kind = type(value)
    if kind in (list, tuple) and len(value) <= _LONGEST_CONTAINER:
        yield from ((f"[{index}]", inner) for index, inner in enumerate(value))
    elif kind is dict and len(value) <= _LONGEST_CONTAINER:
        yield from ((f"[{key!r}]", inner) for key, inner in list(value.items()) if isinstance(key, str | int))
    elif str(kind.__module__).startswith("hcnn_widgets."):
        yield ".model", _attribute(value, "model")
        yield ".run.model", _attribute(_attribute(value, "run"), "model")


def _attribute(owner: object, name: str) -> Any:
    try:
        return getattr(owner, name, None)
    except Exception:  # a property that cannot answer now has nothing to list
        return None
