"""Specs to and from JSON. What comes in is checked before anything is made of it: it may come from anywhere."""

import json
from dataclasses import MISSING, asdict, fields
from typing import Any, cast

from .area_graph import AreaGraph
from .areas import Area
from .checked_fields import shown
from .operation import Operation
from .operations import OPERATIONS

FORMAT = "hcnn_widgets.architecture/1"
_LONGEST_TEXT = 200_000


def spec_to_json(spec: AreaGraph) -> str:
    """Return a spec as JSON text; a chain of areas without time says nothing of inputs, joins and time steps."""
    head = {"format": FORMAT, "name": spec.name, "input_shape": list(spec.input_shape), "degrees": spec.degrees}
    graph: dict[str, Any] = {"inputs": {name: list(shape) for name, shape in spec.inputs}} if spec.inputs else {}
    if spec.time_steps > 1:
        graph["time_steps"] = spec.time_steps
    areas = [_described_area(area) for area in spec.stack]
    return json.dumps({**head, "background": spec.background, **graph, "areas": areas}, indent=2)


def arguments_from_json(text: str) -> dict[str, Any]:
    """Return the arguments of the spec of a JSON text; every refusal is a ValueError that names the place in the text.

    Raises
    ------
    ValueError
        When the text is no JSON, too long, or a field is missing, unknown or wrong.
    """
    needed = ("format", "name", "input_shape", "degrees", "areas")
    described = _object("the text", _parsed(text), needed, ("background", "inputs", "time_steps"))
    if described["format"] != FORMAT:
        raise ValueError(f"`format` is not known; {FORMAT!r} is accepted; got {shown(described['format'])}.")
    areas = [_area(f"areas[{index}]", area) for index, area in enumerate(_list("areas", described["areas"]))]
    rest = {key: value for key, value in described.items() if key not in ("format", "areas")}
    return {"stack": tuple(areas), **rest}


def _described_area(area: Area) -> dict[str, Any]:
    described = {"name": area.name, "operations": [_described(operation) for operation in area.operations]}
    inputs = {"inputs": list(area.inputs)} if area.inputs else {}
    return described | inputs | ({} if area.join == Area.join else {"join": area.join})


def _described(operation: Operation) -> dict[str, Any]:
    return {"operation": operation.operation, **asdict(cast(Any, operation))}


def _parsed(text: Any) -> Any:
    if not isinstance(text, str):
        raise TypeError(f"`text` is not text; the JSON of a spec is accepted; got {type(text).__name__}.")
    if len(text) > _LONGEST_TEXT:
        raise ValueError(f"the text is too long; up to {_LONGEST_TEXT} characters are accepted; got {len(text)}.")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(
            f"the text is no JSON; the text of to_json() is accepted; got {shown(text)} ({error})."
        ) from None


def _area(place: str, described: Any) -> Area:
    found = _object(place, described, ("name", "operations"), ("inputs", "join"))
    operations = _list(f"{place}.operations", found["operations"])
    made = tuple(_operation(f"{place}.operations[{index}]", operation) for index, operation in enumerate(operations))
    try:
        return Area(**{**found, "operations": made})
    except (TypeError, ValueError) as error:
        raise ValueError(f"{place}: {error}") from None


def _operation(place: str, described: Any) -> Operation:
    word = described.get("operation") if isinstance(described, dict) else None
    if not isinstance(word, str) or word not in OPERATIONS:
        accepted = ", ".join(OPERATIONS)
        raise ValueError(f"{place}: the `operation` is not known; accepted are {accepted}; got {shown(described)}.")
    known = fields(cast(Any, OPERATIONS[word]))
    needed = tuple(item.name for item in known if item.default is MISSING)
    optional = tuple(entry.name for entry in known if entry.default is not MISSING)
    found = _object(place, described, ("operation", *needed), optional)
    values = {key: value for key, value in found.items() if key != "operation"}
    try:
        return OPERATIONS[word](**values)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{place}: {error}") from None


def _object(place: str, value: Any, needed: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return a JSON object that has every needed field, and none that is neither needed nor optional."""
    accepted = f"an object with {', '.join(needed)}" + (f" (and {', '.join(optional)})" if optional else "")
    if not isinstance(value, dict):
        raise ValueError(f"{place} is no object; {accepted} is accepted; got {shown(value)}.")
    missing = [key for key in needed if key not in value]
    extra = [key for key in value if key not in needed + optional]
    if missing or extra:
        what = f"lacks {', '.join(missing)}" if missing else f"has an unknown field {shown(extra[0])}"
        raise ValueError(f"{place} {what}; {accepted} is accepted; got {shown(sorted(value))}.")
    return value


def _list(place: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(f"`{place}` is no list; a list of objects is accepted; got {shown(value)}.")
    return value
