"""Write the pages of the reference: one a package, from its public names, their docstrings and its registries."""

import importlib
import inspect
import re
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = "hcnn_widgets"
ORDER = (
    "",
    "stimuli",
    "architecture",
    "goal",
    "learning",
    "activations",
    "mapping",
    "classroom",
    "sweeps",
    "pretrained",
    "widgets",
    "explorer",
)
"""Packages in the order in which a model is made, trained, looked into and compared; others come last."""


def packages() -> list[str]:
    """Return the names of all public packages; "" is the door itself."""
    door = importlib.import_module(ROOT)
    there = [name for name in door.__all__ if isinstance(getattr(door, name), ModuleType)]
    return [*ORDER, *(name for name in there if name not in ORDER)]


def write(folder: Path) -> None:
    """Write all pages; those that are as they were keep their time, so that they are not read again."""
    folder.mkdir(exist_ok=True)
    told: dict[int, str] = {}
    texts = {"index.md": _index()} | {f"{package or ROOT}.md": _page(_module(package), told) for package in packages()}
    for old in folder.glob("*.md"):
        if old.name not in texts:
            old.unlink()
    for name, text in texts.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def groups_of(doc: str) -> dict[str, list[tuple[list[str], str]]]:
    r"""Return what a package's docstring lists: heading -> (names, what they are for).

    Examples
    --------
    >>> groups_of("About.\n\nFirst\n    f, g: to begin with.\nLast words.")
    {'First': [(['f', 'g'], 'to begin with.')]}
    """
    found: dict[str, list[tuple[list[str], str]]] = {}
    heading = ""
    for line in doc.splitlines():
        listed = re.fullmatch(r"    ([\w, ]+): (.+)", line)
        if listed:
            found.setdefault(heading, []).append((listed.group(1).split(", "), listed.group(2)))
        elif line and not line.startswith(" "):
            heading = line
    return found


def _module(package: str) -> ModuleType:
    return importlib.import_module(f"{ROOT}.{package}".rstrip("."))


def _index() -> str:
    rows = [
        f"| [`{_shown(_module(package).__name__)}`]({package or ROOT}.md) | {_about(_module(package))} |"
        for package in packages()
    ]
    toc = ["```{toctree}", ":hidden:", "", *(package or ROOT for package in packages()), "```"]
    words = "All that is public, by folder. `import hcnn_widgets as hw`; nothing is loaded before it is touched."
    head = ["# Reference", "", words, "", "| package | what it is about |", "| --- | --- |"]
    return "\n".join([*head, *rows, "", *toc, ""])


def _about(module: ModuleType) -> str:
    return (inspect.getdoc(module) or "").split("\n", 1)[0]


def _page(module: ModuleType, told: dict[int, str]) -> str:
    """Return a package's page; what an earlier page has told is named here, and linked to."""
    groups = groups_of(inspect.getdoc(module) or "")
    listed = dict.fromkeys(name for entries in groups.values() for names, _ in entries for name in names)
    order = [*(name for name in listed if name in module.__all__), *(n for n in module.__all__ if n not in listed)]
    parts = {name: getattr(module, name) for name in order if not isinstance(getattr(module, name), ModuleType)}
    new = {name: part for name, part in parts.items() if id(part) not in told}
    told |= {id(part): f"{module.__name__}.{name}" for name, part in new.items()}
    lines = [f"# {_shown(module.__name__)}", "", _about(module), ""]
    lines += _grouped(groups, parts, told) if groups else _table([(list(parts), "")], parts, told)
    for name, part in new.items():
        lines += _described(module, name, part)
    return "\n".join(lines)


def _shown(name: str) -> str:
    return name.replace(ROOT, "hw", 1)


def _grouped(groups: dict[str, Any], parts: dict[str, Any], told: dict[int, str]) -> list[str]:
    tables = [[f"**{heading}**", "", *_table(entries, parts, told)] for heading, entries in groups.items()]
    return [line for table in tables for line in table]


def _table(entries: list[tuple[list[str], str]], parts: dict[str, Any], told: dict[int, str]) -> list[str]:
    """Return a table of names with what they are for, a row each where nothing is said of several together."""
    rows = []
    for names, words in entries:
        known = [name for name in names if name in parts]
        if words:
            rows.append((", ".join(_link(name, parts, told) for name in known), words))
        else:
            rows += [(_link(name, parts, told), _first_line(parts[name])) for name in known]
    return ["| name | what it is |", "| --- | --- |", *(f"| {names} | {_cell(words)} |" for names, words in rows), ""]


def _link(name: str, parts: dict[str, Any], told: dict[int, str]) -> str:
    if not callable(parts[name]):
        return f"[`{name}`](#{name.lower()})"
    return f"{{py:obj}}`{name} <{told[id(parts[name])]}>`"


def _first_line(part: Any) -> str:
    return "A registry, by name." if isinstance(part, dict) else (inspect.getdoc(part) or "").split("\n", 1)[0]


def _described(module: ModuleType, name: str, part: Any) -> list[str]:
    if isinstance(part, dict):
        return _registry(module, name, part)
    if not callable(part):
        return [f"## {name}", "", f"`{_shown(module.__name__)}.{name}`: {type(part).__name__}.", ""]
    kind = "class" if inspect.isclass(part) else "function"
    members = ["   :members:", "   :show-inheritance:"] if kind == "class" else []
    where = ["```{eval-rst}", f".. currentmodule:: {module.__name__}", ""]
    return [f"## {name}", "", *where, f".. auto{kind}:: {name}", *members, "```", ""]


def _registry(module: ModuleType, name: str, registry: dict[str, Any]) -> list[str]:
    """Return a table of a registry's names, each in the words of its entry."""
    rows = [f"| `{key}` | {_cell(_words(entry))} |" for key, entry in registry.items()]
    head = [
        f"## {name}",
        "",
        f"`{_shown(module.__name__)}.{name}`, by name:",
        "",
        "| name | what it is |",
        "| --- | --- |",
    ]
    return [*head, *rows, ""]


def _words(entry: Any) -> str:
    words = getattr(entry, "words", "")
    return words if isinstance(words, str) and words else (inspect.getdoc(entry) or "").split("\n\n", 1)[0]


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|").replace("``", "`")
