"""Panels saved as one HTML file: all that it needs lies in it, and nothing in it ends a script element early."""

import base64
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import ipywidgets
import numpy as np
import pytest
from PIL import Image

import hcnn_widgets as hw
from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.ticker import Ticker

ROOT = Path(__file__).parents[3]
STATE, VIEW = (f"application/vnd.jupyter.widget-{kind}+json" for kind in ("state", "view"))


class Scripts(HTMLParser):
    """The script elements of a page by their type, as a browser would find them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.addresses: list[str] = []
        self._type: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        given = dict(attributes)
        self.addresses += [given[name] for name in ("src", "href") if name in given]
        self._type = given.get("type", "text/javascript") if tag == "script" else None
        if self._type:
            self.found.append((self._type, ""))

    def handle_data(self, data: str) -> None:
        if self._type:
            kind, text = self.found.pop()
            self.found.append((kind, text + data))

    def handle_endtag(self, tag: str) -> None:
        self._type = None

    def of(self, kind: str) -> list[Any]:
        return [json.loads(text) for each, text in self.found if each == kind]


def frames_of(state: Any) -> list[Any]:
    """Return the headers of all panels in a page's state, where they lie as bytes."""
    lying = [each for widget in state["state"].values() for each in widget.get("buffers", ())]
    return [json.loads(base64.b64decode(each["data"])) for each in lying if each["path"] == ["header"]]


@pytest.fixture
def saved(page: Any, tmp_path: Path) -> Scripts:
    _another = hw.widgets.GateLab("XOR")  # shown in the same notebook, and no part of the page
    rdms = [hw.mapping.rdm(np.random.default_rng(number).random((8, 9)), name="</script><b>") for number in range(2)]
    panels = [hw.widgets.ConvolutionLab(), hw.widgets.TauCounter(*rdms)]
    return Scripts(hw.save_html(panels, tmp_path / "handed_in", title="<i>Ada & Ben").read_text())


def test_a_page_asks_nothing_of_the_network(saved: Scripts) -> None:
    assert saved.addresses == []
    assert [kind for kind, _ in saved.found].count("text/javascript") == 1


def test_it_holds_a_frame_of_every_panel_whether_or_not_a_page_was_there(saved: Scripts) -> None:
    (state,) = saved.of(STATE)
    frames = frames_of(state)
    assert len(frames) == 2
    assert all(frames)
    (convolution,) = (frame for frame in frames if frame.get("name") == "convolution")
    assert convolution["width"] == 1060
    assert [view["model_id"] in state["state"] for view in saved.of(VIEW)] == [True, True]


def test_names_that_look_like_the_end_of_a_script_are_data(saved: Scripts) -> None:
    (state,) = saved.of(STATE)
    assert any("</script><b>" in json.dumps(frame) for frame in frames_of(state))
    assert len(saved.found) == 4


def test_titles_and_words_are_text(page: Any, tmp_path: Path) -> None:
    text = hw.save_html(hw.widgets.ConvolutionLab(), tmp_path / "a.html", title="<i>Ada").read_text()
    assert "<h1>&lt;i&gt;Ada</h1>" in text
    assert "Cross-correlation of 3×3 pixels with a kernel of 2×2" in text.split("<figcaption>")[1]


def test_a_player_of_sound_has_all_that_its_view_reads(page: Any, tmp_path: Path) -> None:
    panel = hw.widgets.CochleagramPanel()
    (state,) = Scripts(hw.save_html(panel, tmp_path / "a.html").read_text()).of(STATE)
    players = [each for each in state["state"].values() if each["model_name"] == "AudioModel"]
    # The view asks for the length of a description that it has no default for.
    assert [each["state"]["description"] for each in players] == ["", ""]
    assert [[buffer["path"] for buffer in each["buffers"]] for each in players] == [[["value"]], [["value"]]]
    panel.close()


def test_a_score_that_is_being_computed_is_waited_for(page: Any, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    ids = [f"image {n}" for n in range(24)]
    activations = hw.ActivationSet({"V1": rng.standard_normal((24, 3))}, ids)
    recordings = hw.RecordingSet(rng.standard_normal((2, 24, 3)), ids, area="V4")
    panel = hw.widgets.LayerAreaMatrix(activations, recordings)
    (state,) = Scripts(hw.save_html(panel, tmp_path / "a.html").read_text()).of(STATE)
    frames = frames_of(state)
    assert any("V4" in json.dumps(frame) for frame in frames)
    panel.close()


@pytest.mark.parametrize("name", ["GateLab", "MlpLab"])
def test_planes_are_pictures_of_their_size_and_nothing_else_of_bqplot_is_in_the_page(
    name: str, page: Any, tmp_path: Path
) -> None:
    lab = getattr(hw.widgets, name)()
    before = set(ipywidgets.widgets.widget._instances)
    (state,) = Scripts(hw.save_html(lab, tmp_path / "a.html").read_text()).of(STATE)
    assert set(ipywidgets.widgets.widget._instances) == before
    assert {each["model_module"] for each in state["state"].values()} == {
        "hcnn-widgets",
        "@jupyter-widgets/base",
        "@jupyter-widgets/controls",
    }
    for plane in lab.planes:
        still = state["state"][plane.figure.model_id]
        (value,) = (buffer["data"] for buffer in still["buffers"] if buffer["path"] == ["value"])
        picture = Image.open(io.BytesIO(base64.b64decode(value)))
        assert (still["model_name"], picture.size) == ("ImageModel", (lab.side, lab.side))
        assert np.ptp(np.asarray(picture.convert("L"))) > 100
        look = state["state"][still["state"]["layout"].removeprefix("IPY_MODEL_")]["state"]
        assert look["width"] == f"{lab.side}px"
    lab.close()


def test_a_panel_whose_last_frame_is_due_is_asked_until_it_has_it(page: Any, tmp_path: Path) -> None:
    panel = Late(ticker=IdleTicker())
    (state,) = Scripts(hw.save_html(panel, tmp_path / "a.html").read_text()).of(STATE)
    (frame,) = frames_of(state)
    assert frame["asked"] == Late.LAST
    panel.close()


class Late(hw.widgets.LivePanel, page="Scene"):
    """A panel whose source is over, and whose answers come a while later."""

    LAST = 3

    def __init__(self, **options: Any) -> None:
        self.asked = 0
        super().__init__(**options)

    def source_over(self) -> bool:
        return True

    def make_frame(self) -> Frame:
        self.asked += 1
        return Frame({"asked": self.asked}, b"", final=self.asked == self.LAST)


class IdleTicker(Ticker):
    def add(self, panel: Any) -> None:
        pass


def test_a_dashboard_in_which_nothing_was_trained_says_so_and_invites_to_nothing(page: Any, tmp_path: Path) -> None:
    lab = hw.widgets.Lab(ticker=IdleTicker())
    text = hw.save_html(lab, tmp_path / "a.html").read_text()
    (state,) = Scripts(text).of(STATE)
    (line,) = (each["state"] for each in state["state"].values() if each["state"].get("saved"))
    assert (line["value"], line["saved"]) == (
        "Press Train to begin.",
        "No training was shown here when the page was saved.",
    )
    said = text.split("<figcaption>")[1].split("</figcaption>")[0]
    assert said.startswith("The ventral stream; no score yet. Nothing was guessed. ")  # and the runs of this process
    assert "Train to begin" not in said
    lab.close()


def test_a_page_that_grows_too_large_is_refused_and_not_written(page: Any, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="would make a page of"):
        hw.save_html(hw.widgets.ConvolutionLab(), tmp_path / "a.html", largest_mb=1)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("panels", [[], "lab", 3, [3], ipywidgets.Layout()])
def test_anything_but_panels_is_refused(panels: Any, tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="must be panels"):
        hw.save_html(panels, tmp_path / "a.html")


def test_a_checkout_that_was_not_built_says_how(page: Any, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("hcnn_widgets.widgets.page.saved_page.SCRIPT", tmp_path / "saved_page.js")
    with pytest.raises(FileNotFoundError, match="jlpm build"):
        hw.save_html(hw.widgets.ConvolutionLab(), tmp_path / "a.html")


def test_other_front_ends_get_every_view_that_jupyterlab_has() -> None:
    exported = set(re.findall(r"\b(\w+(?:Model|View))\b", (ROOT / "labextension/src/widgets/index.ts").read_text()))
    extension, package = (ROOT / folder / "index.js" for folder in ("hcnn_widgets/nbextension", "dist"))
    text = extension.read_text()
    assert len(exported) >= 14
    assert {name for name in exported if f"{name}:" not in text} == set()
    assert package.read_text() == text
    assert text.startswith("define([") or "define(" in text[:200]


def mapping_as_vs_code_reads_it(script: str) -> dict[str, str]:
    """Give what VS Code takes for the map of require.js: it cuts the text, and runs nothing of it."""
    begins = [script.find(f"{name}.config({{") for name in ("require", "requirejs", "['requirejs']", '["requirejs"]')]
    start = max(begins)
    assert start > 0
    call = script[script.index("{", start) : script.index(")", start)]
    innermost = call.rsplit("{", 1)[1].split("}")[0]
    pairs = [entry.split(":", 1) for entry in innermost.split(",") if ":" in entry]
    return {name.strip().strip("'\""): path.strip().strip("'\"") for name, path in pairs}


def test_the_script_of_the_extension_is_read_as_vs_code_reads_it() -> None:
    text = (ROOT / "hcnn_widgets/nbextension/extension.js").read_text()
    assert mapping_as_vs_code_reads_it(text) == {"hcnn-widgets": "nbextensions/hcnn-widgets/index"}
    assert json.loads((ROOT / "nbconfig.json").read_text()) == {"load_extensions": {"hcnn-widgets/extension": True}}
