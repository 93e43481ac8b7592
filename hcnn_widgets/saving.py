"""Models in files: a .keras archive read in safe mode, and plain JSON beside it."""

import json
from os import PathLike
from pathlib import Path
from typing import Any

import hcnn_widgets.architecture.layers  # noqa: F401  (registers our layers with Keras)
from hcnn_widgets.architecture.spec import ArchitectureSpec
from hcnn_widgets.goal.goals import goal_from_dict, goal_to_dict
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.rules import rule_from_dict, rule_to_dict

FORMAT = "hcnn_widgets model 1"
_MOST_BYTES = 1_000_000


def save(model: Any, path: "str | PathLike[str]") -> None:
    """Write ``<path>.keras`` and ``<path>.json``; see ``GoalDrivenModel.save``."""
    archive, description = _files(path)
    data = {
        "format": FORMAT,
        "name": model.name,
        "seed": model.seed,
        "taps": model.taps,
        "categories": list(model.categories),
        "pixels": model.pixels.given if model.pixels.told else None,
        "architecture": json.loads(model.spec.to_json()) if model.spec else None,
        "goal": None if model.goal is None else goal_to_dict(model.goal),
        "rule": rule_to_dict(model.rule),
    }
    model.network.save(archive)
    description.write_text(json.dumps(data, indent=1), encoding="utf-8")


def load(kind: Any, path: "str | PathLike[str]") -> Any:
    """Read what ``save`` wrote; see ``GoalDrivenModel.load``."""
    archive, description = _files(path)
    data = _read(description)
    if not archive.is_file():
        raise FileNotFoundError(f"`path` must name a saved model, {archive.name} and {description.name}; no {archive}.")
    network = keras.saving.load_model(archive, compile=False, safe_mode=True)
    goal = None if data["goal"] is None else goal_from_dict(data["goal"])
    model = kind.from_keras(
        network,
        data["taps"],
        goal,
        rule_from_dict(data["rule"]),
        data["categories"],
        name=data["name"],
        pixels=data.get("pixels", (0, 1)),  # files from before there was a choice: their network was shown [0, 1]
    )
    model._initial = None
    if data["architecture"] is not None:
        model.spec, model.seed = ArchitectureSpec.from_json(json.dumps(data["architecture"])), data["seed"]
        fresh = kind(model.spec, goal, model.rule, model.name, model.seed)
        fresh.build(model.categories)
        model._initial = fresh._initial
    return model


def _files(path: "str | PathLike[str]") -> tuple[Path, Path]:
    stem = Path(path)
    stem = stem.with_suffix("") if stem.suffix in {".keras", ".json"} else stem
    return stem.with_name(stem.name + ".keras"), stem.with_name(stem.name + ".json")


def _read(description: Path) -> dict[str, Any]:
    if not description.is_file():
        raise FileNotFoundError(f"`path` must name a saved model with its description; there is no {description}.")
    if description.stat().st_size > _MOST_BYTES:
        raise ValueError(f"{description} must be at most {_MOST_BYTES:,} bytes; it has {description.stat().st_size:,}.")
    data = json.loads(description.read_text(encoding="utf-8"))
    wanted = {"name", "seed", "taps", "categories", "architecture", "goal", "rule"}
    if not isinstance(data, dict) or data.get("format") != FORMAT or not wanted <= set(data):
        came = data.get("format") if isinstance(data, dict) else type(data).__name__
        raise ValueError(f"{description} must be a description of format {FORMAT!r}; received {came!r}.")
    return data
