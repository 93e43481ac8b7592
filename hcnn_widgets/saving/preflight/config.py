"""The configuration of a network in an archive of Keras: every class, number and text in it is looked at."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hcnn_widgets.keras_door import keras

from .known_classes import is_known_class, is_known_function
from .refusal import refusal

MOST_DEPTH = 100
MOST_NUMBER = 10**8
"""Largest whole number: a layer has fewer units, and a file may ask for more."""
_FREE_NUMBERS = frozenset({"seed", "shared_object_id"})
_ARRAYS = frozenset({"__tensor__", "__numpy__"})
_PLAIN = frozenset({"__keras_tensor__", "__ellipsis__", "__slice__", "__bytes__"}) | _ARRAYS
_DTYPE = re.compile(r"(float|bfloat|int|uint)(4|8|16|32|64)|bool")
_ELSEWHERE = re.compile(r"[/~\\]|[A-Za-z]:\\|.*(://|\.\.[/\\])")
"""Text that is a path: absolute, of a person's folder, an address, or up."""
_FILES = frozenset({"vocabulary", "idf_weights", "filepath"})
"""Fields that are a list, or the path of a file with such a list."""


def checked_config(text: bytes, path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a configuration in which everything is accepted, and the classes of the user's own that it names.

    Parameters
    ----------
    text : bytes
        JSON, as Keras writes it.
    path : pathlib.Path
        The archive, for errors.

    Returns
    -------
    config : dict
        Without what the network, and models inside it, were compiled with.
    own : dict of str to object
        Registered name -> class or function that the user has registered with Keras, in this thread too.

    Raises
    ------
    ValueError
        If it is no JSON, nested too deeply, or names a class, function, number or path that is not accepted.
    """
    config = _parsed(text, path)
    # What the network itself was compiled with is left alone by `compile=False`, and may be of the user's own.
    config["compile_config"] = None
    own: dict[str, Any] = {}
    objects = []
    for name, value in _walked(config, path):
        if fault := _fault(name, value, own):
            raise refusal(path, *fault)
        objects += [value] if isinstance(value, dict) and "compile_config" in value else []
    for model_inside in objects:
        model_inside["compile_config"] = None
    return config, own


def _parsed(text: bytes, path: Path) -> dict[str, Any]:
    try:
        config = json.loads(text)
    except (ValueError, RecursionError) as error:
        received = f"{type(error).__name__}: {str(error)[:200]}"
        raise refusal(path, "has a config.json that cannot be read", "JSON, as Keras writes it", received) from error
    if not isinstance(config, dict):
        raise refusal(path, "has a config.json without a network", "an object of JSON", type(config).__name__)
    return config


def _walked(config: dict[str, Any], path: Path) -> Iterator[tuple[str, Any]]:
    """Yield every value with the name of its field; what is in a list has the name of the list's."""
    waiting: list[tuple[str, Any, int]] = [("", config, 1)]
    while waiting:
        name, value, depth = waiting.pop()
        if depth > MOST_DEPTH:
            accepted = f"at most {MOST_DEPTH} levels"
            raise refusal(path, "has a config.json that is nested too deeply", accepted, "more")
        yield name, value
        if isinstance(value, dict):
            inner = {} if value.get("class_name") in _ARRAYS else value  # their numbers are data
            waiting += [(key, item, depth + 1) for key, item in inner.items()]
        elif isinstance(value, list):
            waiting += [(name, item, depth + 1) for item in value]


def _fault(name: str, value: Any, own: dict[str, Any]) -> tuple[str, str, str] | None:
    """Return what is wrong with a value, what is accepted, and what came; None where it is accepted."""
    if isinstance(value, dict):
        return _fault_of_object(value, own) if "class_name" in value else None
    if isinstance(value, str) and (name in _FILES or _ELSEWHERE.match(value)):
        return "leads elsewhere", "a network that holds all of its data itself", f"{name}={value[:200]!r}"
    whole = isinstance(value, int) and not isinstance(value, bool)
    if whole and abs(value) > MOST_NUMBER and name not in _FREE_NUMBERS:
        accepted = f"at most {MOST_NUMBER:,}"
        return "holds a number that is too large", accepted, f"{name} of {len(str(abs(value)))} digits"
    return None


def _fault_of_object(spec: dict[str, Any], own: dict[str, Any]) -> tuple[str, str, str] | None:
    name, module = spec["class_name"], spec.get("module")
    inner = spec.get("config")
    if name == "function":
        name = inner
        known = is_known_function(module, name) or _registered(name, None, own)
    elif isinstance(name, str) and name in _PLAIN:
        if name not in _ARRAYS or (isinstance(inner, dict) and _DTYPE.fullmatch(str(inner.get("dtype")))):
            return None
        known = False
    else:
        # Without "module" Keras takes an old way of its own, on which it looks in more places.
        known = "module" in spec and (
            (isinstance(name, str) and _registered(spec.get("registered_name"), name, own))
            or is_known_class(module, name)
        )
    if known:
        return None
    return (
        "names a class or function that is not accepted",
        "layers of Keras and of hcnn_widgets (no Lambda, no layer that runs code from elsewhere), and your own that "
        "you have registered with keras.saving.register_keras_serializable",
        f"{str(name)[:100]!r} of {str(module)[:100]!r}",
    )


def _registered(registered: Any, class_name: str | None, own: dict[str, Any]) -> bool:
    """Return whether a class of this name, or a function (None), is registered with Keras, and note the user's own."""
    found = keras.saving.get_registered_object(registered) if isinstance(registered, str) else None
    if found is None or (class_name is not None and getattr(found, "__name__", None) != class_name):
        return False
    if not str(getattr(found, "__module__", "")).startswith("hcnn_widgets."):
        own[registered] = found
    return True
