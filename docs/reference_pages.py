"""Write the pages of the reference: one a package, from its public names, their docstrings and its registries."""

import importlib
import inspect
from pathlib import Path
from types import ModuleType
from typing import Any

PACKAGES = (
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
"""In the order in which a model is made, trained, looked into and compared."""
ROOT = "hcnn_widgets"


def write(folder: Path) -> None:
    """Write all pages; those that are as they were keep their time, so that they are not read again."""
    folder.mkdir(exist_ok=True)
    told: set[int] = set()
    texts = {"index.md": _index()}
    for package in PACKAGES:
        module = importlib.import_module(f"{ROOT}.{package}".rstrip("."))
        texts[f"{package or ROOT}.md"] = _page(module, told)
    for old in folder.glob("*.md"):
        if old.name not in texts:
            old.unlink()
    for name, text in texts.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def _index() -> str:
    rows = [
        f"| [`{_shown(f'{ROOT}.{package}'.rstrip('.'))}`]({package or ROOT}.md) | {_about(package)} |"
        for package in PACKAGES
    ]
    toc = ["```{toctree}", ":hidden:", "", *(package or ROOT for package in PACKAGES), "```"]
    head = [
        "# Reference",
        "",
        "All that is public, by folder. `import hcnn_widgets as hw`; nothing is loaded before it is touched.",
        "",
    ]
    return "\n".join([*head, "| package | what it is about |", "| --- | --- |", *rows, "", *toc, ""])


def _about(package: str) -> str:
    module = importlib.import_module(f"{ROOT}.{package}".rstrip("."))
    return (inspect.getdoc(module) or "").split("\n", 1)[0]


def _page(module: ModuleType, told: set[int]) -> str:
    names = [name for name in module.__all__ if not isinstance(getattr(module, name), ModuleType)]
    parts = {name: getattr(module, name) for name in names}
    new = {name: part for name, part in parts.items() if id(part) not in told}
    told.update(map(id, new.values()))
    registries = {name: part for name, part in new.items() if isinstance(part, dict)}
    described = {name: part for name, part in new.items() if callable(part) and name not in registries}
    other = [name for name in names if name not in new]
    lines = [f"# {_shown(module.__name__)}", "", _about(module.__name__.removeprefix(ROOT).lstrip(".")), ""]
    lines += _summary(module, described)
    if other:
        lines += [f"Also here, and described elsewhere: {', '.join(f'`{name}`' for name in other)}.", ""]
    for name, registry in registries.items():
        lines += _registry(module, name, registry)
    for name, part in described.items():
        lines += _described(module, name, part)
    return "\n".join(lines)


def _shown(name: str) -> str:
    return name.replace(ROOT, "hw", 1)


def _summary(module: ModuleType, described: dict[str, Any]) -> list[str]:
    if not described:
        return []
    head = ["```{eval-rst}", f".. currentmodule:: {module.__name__}", "", ".. autosummary::", "   :nosignatures:", ""]
    return [*head, *(f"   {name}" for name in described), "```", ""]


def _described(module: ModuleType, name: str, part: Any) -> list[str]:
    kind = "class" if inspect.isclass(part) else "function"
    members = ["   :members:", "   :show-inheritance:"] if kind == "class" else []
    return [
        f"## {name}",
        "",
        "```{eval-rst}",
        f".. currentmodule:: {module.__name__}",
        "",
        f".. auto{kind}:: {name}",
        *members,
        "```",
        "",
    ]


def _registry(module: ModuleType, name: str, registry: dict[str, Any]) -> list[str]:
    """Return a table of a registry's names, each in the words of its entry."""
    rows = [f"| `{key}` | {_words(entry)} |" for key, entry in registry.items()]
    return [
        f"## {name}",
        "",
        f"`{_shown(module.__name__)}.{name}`, by name:",
        "",
        "| name | what it is |",
        "| --- | --- |",
        *rows,
        "",
    ]


def _words(entry: Any) -> str:
    words = getattr(entry, "words", "")
    doc = inspect.getdoc(entry) or ""
    return (
        (words if isinstance(words, str) and words else doc.split("\n\n", 1)[0]).replace("\n", " ").replace("|", "\\|")
    )
