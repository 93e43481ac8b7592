"""Colours of marks and focus are seen against the panel in both themes: WCAG 2, 3:1 for shapes, 4.5:1 for words."""

import re
from pathlib import Path

import pytest

from hcnn_widgets.widgets.scene.marks import ROLES

STYLE = Path(__file__).parents[3] / "labextension" / "style" / "panel.css"
PANEL = {"light": "#ffffff", "dark": "#212121"}
"""What JupyterLab lays behind a panel, --jp-layout-color1; below, --jp-brand-color1, in which the focus is drawn."""
FOCUS = {"light": "#1976d2", "dark": "#2196f3"}


def luminance(colour: str) -> float:
    """Return the relative luminance as WCAG 2 defines it."""
    codes = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [code / 12.92 if code <= 0.04045 else ((code + 0.055) / 1.055) ** 2.4 for code in codes]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def series() -> list[tuple[str, str, str]]:
    """Return theme, name and colour of the series of the page."""
    light, dark = re.findall(r"^body[^{]*\{([^}]*)\}", STYLE.read_text(), re.MULTILINE)[:2]
    return [
        (theme, *found)
        for theme, block in (("light", light), ("dark", dark))
        for found in re.findall(r"--hcnn-(series-\d): (#\w{6});", block)
    ]


def test_black_on_white_has_the_contrast_of_the_definition() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_both_themes_have_all_series() -> None:
    names = {name for name in ROLES if name.startswith("series-")}
    assert {(theme, name) for theme, name, _ in series()} == {(theme, name) for theme in PANEL for name in names}


@pytest.mark.parametrize(("theme", "name", "colour"), series())
def test_a_series_is_seen_on_the_panel(theme: str, name: str, colour: str) -> None:
    assert contrast(colour, PANEL[theme]) >= (4.5 if name in ("series-0", "series-1", "series-5") else 3)


@pytest.mark.parametrize("theme", PANEL)
def test_the_ring_of_the_focus_is_seen_on_the_panel(theme: str) -> None:
    assert contrast(FOCUS[theme], PANEL[theme]) >= 3


def test_still_pictures_have_the_series_and_the_focus_of_the_light_theme() -> None:
    light = {name: colour for theme, name, colour in series() if theme == "light"}
    assert {name: ROLES[name] for name in light} == light
    assert ROLES["focus"] == FOCUS["light"]


@pytest.mark.parametrize("name", ["ink", "text", "quiet"])
def test_words_are_read_on_paper(name: str) -> None:
    assert contrast(ROLES[name], ROLES["paper"]) >= 4.5
