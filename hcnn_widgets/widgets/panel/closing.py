"""What goes with a widget that is closed: its children, layouts and styles, each of which has a comm of its own."""

from typing import Any

import ipywidgets
from ipywidgets.widgets.widget import _instances


def close_parts(widget: ipywidgets.Widget) -> None:
    """Close all that a widget is made of, down to the last layout; the widget itself stays for its own ``close``.

    A layout or style that another widget has, too, such as a layout given to several panels, stays with that widget.
    """
    for part in _parts(widget):
        close_parts(part)
        part.close()


def _parts(widget: ipywidgets.Widget) -> list[ipywidgets.Widget]:
    if widget.comm is None:  # closed before, with its parts
        return []
    looks = [getattr(widget, name, None) for name in ("layout", "style")]
    own = [look for look in looks if isinstance(look, ipywidgets.Widget) and not _is_shared(look, widget)]
    return [*getattr(widget, "children", ()), *own]


def _is_shared(look: ipywidgets.Widget, owner: ipywidgets.Widget) -> bool:
    others: list[Any] = [other for other in list(_instances.values()) if other is not owner]
    return any(look in (getattr(other, "layout", None), getattr(other, "style", None)) for other in others)
