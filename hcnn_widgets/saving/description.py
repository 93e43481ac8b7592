"""What makes a model besides its network, as plain JSON: written, and checked when it comes back from anywhere."""

import json
from pathlib import Path
from typing import Any

from hcnn_widgets.architecture.spec import ArchitectureSpec
from hcnn_widgets.goal.goals import goal_from_dict, goal_to_dict
from hcnn_widgets.learning.rules import rule_from_dict, rule_to_dict

FORMAT = "hcnn_widgets model 1"
MOST_BYTES = 1_000_000
_KINDS: dict[str, tuple[type, ...]] = {
    "name": (str,),
    "seed": (int,),
    "taps": (dict,),
    "categories": (list,),
    "pixels": (list, str, type(None)),
    "architecture": (dict, type(None)),
    "goal": (dict, type(None)),
    "rule": (dict,),
}


def described(model: Any) -> str:
    """Return the description of a model.

    Raises
    ------
    ValueError
        If its goal or rule is in no registry, so that nobody could make it again.
    """
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
    return json.dumps(data, indent=1)


def read_description(text: bytes, source: Path) -> dict[str, Any]:
    """Return what a description says, with the architecture, the goal and the rule made again.

    Parameters
    ----------
    text : bytes
        JSON in UTF-8.
    source : pathlib.Path
        Where it stood, for errors.

    Returns
    -------
    dict
        Of the fields of `_KINDS`; "architecture" an ArchitectureSpec or None, "goal" a Goal or None, "rule" a Rule.

    Raises
    ------
    ValueError
        If it is no description, or a field is wrong.
    """
    data = _parsed(text, source)
    for field, kinds in _KINDS.items():
        if not isinstance(data[field], kinds) or isinstance(data[field], bool):
            accepted = " or ".join(kind.__name__ for kind in kinds)
            raise _no_description(
                source, f"the field {field!r} of another kind: {type(data[field]).__name__}", accepted
            )
    texts = [*data["taps"].values(), *data["categories"]]
    if not all(isinstance(text, str) for text in texts):
        raise _no_description(source, "taps or categories that are no text", "text for each of them")
    try:
        return data | {
            "architecture": data["architecture"] and ArchitectureSpec.from_json(json.dumps(data["architecture"])),
            "goal": data["goal"] and goal_from_dict(data["goal"]),
            "rule": rule_from_dict(data["rule"]),
        }
    except TypeError as error:
        raise _no_description(source, str(error), "a goal and a rule with fields of their own") from error


def is_description(text: bytes) -> bool:
    """Return whether a text is a description that this package wrote, of whatever version."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and str(data.get("format")).startswith("hcnn_widgets model ")


def _parsed(text: bytes, source: Path) -> dict[str, Any]:
    if len(text) > MOST_BYTES:
        raise ValueError(f"{source} must be at most {MOST_BYTES:,} bytes; it has {len(text):,}.")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _no_description(source, f"{type(error).__name__}: {str(error)[:200]}") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT or not data.keys() | {"pixels"} >= _KINDS.keys():
        came = data.get("format") if isinstance(data, dict) else type(data).__name__
        raise ValueError(f"{source} must be a description of format {FORMAT!r}; received {came!r}.")
    data.setdefault("pixels", [0, 1])  # files from before there was a choice: their network was shown [0, 1]
    return data


def _no_description(source: Path, received: str, accepted: str = f"JSON of the format {FORMAT!r}") -> ValueError:
    return ValueError(f"{source} is not the description of a model. Accepted is {accepted}; received {received}.")
