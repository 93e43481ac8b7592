"""The kernel's half and the page's half name the same models, views and messages, read from both."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import hcnn_widgets.widgets
from hcnn_widgets.widgets.panel.live_panel import LivePanel
from hcnn_widgets.widgets.panel.page_message import heard_by

PAGE = Path(__file__).parents[2] / "labextension" / "src" / "widgets"
KINDS = {"number": int, "string": str, "number[]": list[int]}
MESSAGE = re.compile(r"\{\s*kind: '(\w+)'((?:;\s*\w+: [\w\[\]]+)*);?\s*\}")


def panels() -> list[type[LivePanel]]:
    """Return every class of ours that has a twin in the page."""
    for module in pkgutil.walk_packages(hcnn_widgets.widgets.__path__, "hcnn_widgets.widgets."):
        importlib.import_module(module.name)
    found, unvisited = [], LivePanel.__subclasses__()
    while unvisited:
        panel = unvisited.pop()
        unvisited += panel.__subclasses__()
        if panel._twin and panel.__module__.startswith("hcnn_widgets."):
            found.append(panel)
    return sorted(set(found), key=lambda panel: panel.__name__)


def exported_by_the_page(file: Path = PAGE / "index.ts") -> set[str]:
    """Return the names that a file of the page exports, its own and those that it passes on."""
    code = file.read_text()
    names = set(re.findall(r"export (?:abstract )?class (\w+)", code))
    for listed in re.findall(r"export \{([^}]*)\}", code):
        names |= set(re.findall(r"\w+", listed))
    for path in re.findall(r"export \* from '([^']+)'", code):
        names |= exported_by_the_page((file.parent / path).with_suffix(".ts"))
    return names


def messages_of_view(twin: str) -> dict[str, dict[str, object]]:
    """Return what the view of a panel tells it beyond what all tell: the fields and their kinds, by kind of message."""
    found = re.compile(rf"class {twin}View extends \w+<[^,>]+(?:, (\w+))?>")
    ((code, declared),) = [
        (file.read_text(), match[1]) for file in PAGE.rglob("*.ts") if (match := found.search(file.read_text()))
    ]
    if declared is None:
        return {}
    (told,) = re.findall(rf"type {declared} =([^=]*?\}});", code)
    return {
        kind: {name: KINDS.get(of, of) for name, of in re.findall(r"(\w+): ([\w\[\]]+)", fields)}
        for kind, fields in MESSAGE.findall(told)
    }


@pytest.mark.parametrize("panel", panels(), ids=lambda panel: panel.__name__)
def test_the_page_has_the_model_and_the_view_that_a_panel_asks_for(page, clock, ticker, panel):
    names = exported_by_the_page()
    assert {f"{panel._twin}Model", f"{panel._twin}View"} <= names


def test_the_names_of_a_twin_go_to_the_page_and_a_subclass_keeps_them(page, clock, ticker):
    class Counter(LivePanel):
        pass

    class CountsTwice(Counter):
        pass

    class Base(LivePanel, page=""):
        pass

    class Canvas(Base, page="Grid"):
        pass

    class Shown(Base):
        pass

    kinds = {Counter: "Counter", CountsTwice: "Counter", Canvas: "Grid", Shown: "Shown"}
    for kind, name in kinds.items():
        state = kind(clock=clock, ticker=ticker).get_state()
        assert (state["_model_name"], state["_view_name"]) == (f"{name}Model", f"{name}View")


@pytest.mark.parametrize("panel", panels(), ids=lambda panel: panel.__name__)
def test_a_panel_hears_what_its_own_view_says_and_nothing_else(panel):
    heard = {kind: fields for kind, (_, fields) in heard_by(panel).items()}
    assert heard == messages_of_view(panel._twin)
