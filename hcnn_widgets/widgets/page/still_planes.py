"""Planes of bqplot as still pictures: a saved page holds the views of this package and of ipywidgets alone."""

from collections.abc import Iterable
from typing import Any

import ipywidgets
from ipywidgets.embed import dependency_state

from hcnn_widgets.widgets.classroom.plane.plane_lab import PlaneLab

State = dict[str, Any]
WITHOUT_VIEWS = ("bqplot", "bqscales")
"""Modules whose views are in no saved page."""


def with_still_planes(state: State, shown: Iterable[Any]) -> State:
    """Return the state of widgets with a picture in place of every plane, and nothing else of bqplot.

    Parameters
    ----------
    state : dict
        Id of a widget -> its state, as `ipywidgets.embed.dependency_state` gives it.
    shown : iterable of widgets
    """
    stills: State = {}
    for lab in plane_labs(shown):
        for plane, png in zip(lab.planes, lab.pictures_of_planes(), strict=True):
            stills |= _still(plane.figure, png, lab.sentence())
    others = {key: each for key, each in state.items() if each["model_module"] not in WITHOUT_VIEWS}
    return others | {key: each for key, each in stills.items() if key not in others}


def plane_labs(shown: Iterable[Any]) -> list[PlaneLab[Any]]:
    """List the labs with planes among widgets and within them."""
    return [
        lab
        for widget in shown
        for lab in ([widget] if isinstance(widget, PlaneLab) else plane_labs(getattr(widget, "children", ())))
    ]


def _still(figure: ipywidgets.DOMWidget, png: bytes, words: str) -> State:
    """Return the state of a picture by the id of the figure in whose place it stands, and of its layout."""
    look = {name: getattr(figure.layout, name) for name in ("width", "height")}
    picture = ipywidgets.Image(value=png, format="png", tooltip=words, layout=look)
    state: State = dependency_state([picture], drop_defaults=False)
    made = state.pop(picture.model_id)
    made["state"]["description"] = ""  # the view asks for its length before it shows the tooltip, and has no default
    picture.layout.close()
    picture.close()
    return {figure.model_id: made, **state}
