"""Specs to and from JSON. What comes in is checked before anything is made of it: it may come from anywhere."""

import json
from dataclasses import MISSING, asdict, fields
from typing import TYPE_CHECKING, Any, cast

from .checked_fields import shown
from .operation import Operation
from .operations import OPERATIONS

if TYPE_CHECKING:
    from .area_info import Area
    from .spec import ArchitectureSpec

FORMAT = "hcnn_widgets.architecture/1"
_LONGEST_TEXT = 200_000


def spec_to_json(spec: "ArchitectureSpec") -> str:
    """Return a spec as JSON text."""
    areas = [{"name": area.name, "operations": [_described(one) for one in area.operations]} for area in spec.stack]
    head = {"format": FORMAT, "name": spec.name, "input_shape": list(spec.input_shape), "degrees": spec.degrees}
    return json.dumps({**head, "background": spec.background, "areas": areas}, indent=2)


def spec_from_json(text: str) -> "ArchitectureSpec":
    """Return the spec of a JSON text; every refusal is a ValueError that names the place in the text."""
    from .spec import ArchitectureSpec

    described = _object(
        "the text", _parsed(text), ("format", "name", "input_shape", "degrees", "areas"), ("background",)
    )
    if described["format"] != FORMAT:
        raise ValueError(f"`format` is not known; {FORMAT!r} is accepted; got {shown(described['format'])}.")
    areas = [_area(f"areas[{index}]", one) for index, one in enumerate(_list("areas", described["areas"]))]
    rest = {key: described[key] for key in ("name", "input_shape", "degrees", "background") if key in described}
    try:
        return ArchitectureSpec(tuple(areas), **rest)
    except TypeError as error:
        raise ValueError(str(error)) from None


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


def _area(place: str, described: Any) -> "Area":
    from .area_info import Area

    found = _object(place, described, ("name", "operations"))
    operations = _list(f"{place}.operations", found["operations"])
    made = tuple(_operation(f"{place}.operations[{index}]", one) for index, one in enumerate(operations))
    try:
        return Area(found["name"], made)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{place}: {error}") from None


def _operation(place: str, described: Any) -> Operation:
    word = described.get("operation") if isinstance(described, dict) else None
    if not isinstance(word, str) or word not in OPERATIONS:
        accepted = ", ".join(OPERATIONS)
        raise ValueError(f"{place}: the `operation` is not known; accepted are {accepted}; got {shown(described)}.")
    known = fields(cast(Any, OPERATIONS[word]))
    needed = tuple(one.name for one in known if one.default is MISSING)
    optional = tuple(one.name for one in known if one.default is not MISSING)
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
