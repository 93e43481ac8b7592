"""Panels saved as one HTML file that works offline: what they show, their views and their words."""

import html
import json
import os
import time
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import ipywidgets
from ipywidgets.embed import dependency_state, embed_data

from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.widgets.panel.live_panel import LivePanel
from hcnn_widgets.widgets.scene.scene_panel import DrawsScene

from .still_planes import with_still_planes

SCRIPT = Path(__file__).with_name("saved_page.js")
LARGEST_MB = 60.0
LONGEST_WAIT_S = 60.0
POLL_S = 0.1
VIEW, WIDTH = "saved page", 1_060
"""The name by which panels know the page's views, and their room in pixels."""
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ margin: 0 auto; max-width: 1100px; padding: 24px; font-family: system-ui, sans-serif; line-height: 1.5; }}
body {{ background: #ffffff; color: #000000; }}
figure {{ margin: 0 0 32px; }}
figcaption {{ color: #4d4d4d; }}
footer {{ color: #4d4d4d; font-size: 13px; }}
@media screen and (prefers-color-scheme: dark) {{
body {{ background: #212121; color: #ffffff; }}
figcaption, footer {{ color: #bdbdbd; }}
}}
</style>
<script>{script}</script>
</head>
<body>
<h1>{title}</h1>
{figures}
<footer>Saved from hcnn_widgets {version}. No kernel is behind this page: it shows what the panels showed last.</footer>
<script type="application/vnd.jupyter.widget-state+json">
{state}
</script>
</body>
</html>
"""
FIGURE = """<figure>
<script type="application/vnd.jupyter.widget-view+json">
{view}
</script>
<figcaption>{words}</figcaption>
</figure>"""


@checks_keywords
def save_html(
    panels: Any, path: "str | os.PathLike[str]", title: str = "hcnn_widgets", largest_mb: float = LARGEST_MB
) -> Path:
    """Save panels as one HTML file that works without a connection and stays interactive.

    Hover, keys, and sliders within what was sent go on working; what asks the kernel does not. The file holds all that
    it needs, about 4.5 MB besides what the panels show. A plane whose dots are dragged is a still picture in it. It is
    dark where the browser asks for dark, and light on paper.

    Parameters
    ----------
    panels : widget or sequence of widgets
        Panels of `hw.widgets`, in their order.
    path : path
        Of the file; ".html" is added where it has no ending.
    title : str
        Heading of the page.
    largest_mb : float
        A larger file is refused, and nothing is written.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    TypeError, ValueError
        If there are no panels, or the file would be too large.
    """
    shown = [panels] if isinstance(panels, ipywidgets.Widget) else list(panels) if isinstance(panels, Iterable) else []
    if not shown or not all(isinstance(each, ipywidgets.DOMWidget) for each in shown):
        raise TypeError(f"`panels` must be panels of hw.widgets, at least one; received {panels!r}.")
    panels_within = [panel for each in shown for panel in live_panels(each)]
    end = time.monotonic() + LONGEST_WAIT_S
    _wait_for(panels_within, end)
    for panel in panels_within:
        _show_now(panel, end)
    text = _page(shown, title)
    size = len(text.encode()) / 1e6
    if size > largest_mb:
        raise ValueError(
            f"`panels` would make a page of {size:,.0f} MB. Accepted are {largest_mb:g} (`largest_mb`): save "
            "fewer panels, or allow more."
        )
    target = Path(path)
    target = target if target.suffix else target.with_suffix(".html")
    target.write_text(text, encoding="utf-8")
    return target


def live_panels(widget: Any) -> list[LivePanel]:
    """List the panels within a widget, itself included."""
    within = [panel for child in getattr(widget, "children", ()) for panel in live_panels(child)]
    return [*([widget] if isinstance(widget, LivePanel) else []), *within]


def _wait_for(panels: list[LivePanel], end: float) -> None:
    """Wait a while for what is being computed beside the page; a training is not waited for."""
    while any(_computes(panel) for panel in panels) and time.monotonic() < end:
        time.sleep(0.05)


def _computes(panel: LivePanel) -> bool:
    return bool(panel.message) and not panel.wrong and not panel.source_over()


def _show_now(panel: LivePanel, end: float) -> None:
    """Have a panel's state hold the frame of now, laid out for the page; the last one, where no training goes on."""
    if isinstance(panel, DrawsScene):
        panel.fit(VIEW, WIDTH)
    while not (panel.show_now() or panel.training_goes_on()) and time.monotonic() < end:
        time.sleep(POLL_S)
    if isinstance(panel, DrawsScene):
        panel.fit(VIEW, 0)


def _page(shown: list[Any], title: str) -> str:
    # Without a state of its own, a page would hold every widget of the notebook. It holds what is as it was at first as
    # well: the view of ipywidgets' player has no default for a description, and is not drawn without one.
    state = with_still_planes(dependency_state(shown, drop_defaults=False), shown)
    data = embed_data(views=shown, state=state)
    figures = [
        FIGURE.format(view=_plain(view), words=html.escape(_words(widget)))
        for view, widget in zip(data["view_specs"], shown, strict=True)
    ]
    return PAGE.format(
        title=html.escape(title),
        script=_script(),
        figures="\n".join(figures),
        version=html.escape(_version()),
        state=_plain(data["manager_state"]),
    )


def _words(widget: Any) -> str:
    """Return what is seen, in the words of the panels."""
    said = (panel.saved_sentence().strip() for panel in live_panels(widget) if not _only_promises(panel))
    return " ".join(each if each.endswith((".", "!", "?")) else f"{each}." for each in said if each)


def _only_promises(panel: LivePanel) -> bool:
    return not panel.header and bool(panel.to_come) and panel.message == panel.to_come


def _script() -> str:
    if not SCRIPT.exists():
        raise FileNotFoundError(
            f"The script of saved pages is not there: {SCRIPT.name} comes with the package as it is installed; in a "
            "checkout, `jlpm build` makes it."
        )
    text = SCRIPT.read_text(encoding="utf-8")
    # Within strings of JavaScript these mean the same, and no script element ends or begins in them.
    return text.replace("</script", "<\\/script").replace("<!--", "\\x3c!--")


def _plain(data: Any) -> str:
    """Return plain data as JSON that no script element ends in."""
    return json.dumps(data).replace("<", "\\u003c")


def _version() -> str:
    try:
        return version("hcnn-widgets")
    except PackageNotFoundError:
        return ""
